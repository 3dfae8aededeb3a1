// A receiver as an agency would write one. Reads one delivery from standard input, verifies it, and says what it found.
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const { headers, body, secret, publicKey } = JSON.parse(readFileSync(0, 'utf8'));
const event = new Webhook(secret).verify(body, headers);

// The npm package verifies shared secrets only; Ed25519 is Node's own.
const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey.slice('whpk_'.length), 'base64')]);
const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
const asymmetric = headers['webhook-signature'].split(' ').filter(s => s.startsWith('v1a,'))
  .some(s => verify(null, content, key, Buffer.from(s.slice('v1a,'.length), 'base64')));

process.stdout.write(JSON.stringify({ name: event.data.name, asymmetric }));
