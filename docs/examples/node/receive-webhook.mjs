// Receives a webhook: allows the bus to deliver, checks the signature, reads the event. KEY is the shared key of the subscription.
//   KEY=whsec_… PORT=8080 node receive-webhook.mjs [how many]
import { createServer } from 'node:http';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';

const { KEY, PORT, ORIGIN = 'exchangebus' } = process.env;
const webhook = new Webhook(KEY);
const most = Number(process.argv[2] ?? Infinity);
let done = 0;

const server = createServer(async (request, response) => {
  if (request.method === 'OPTIONS') {
    // CloudEvents HTTP webhook 1.0: who may deliver, and how many a minute.
    const mine = request.headers['webhook-request-origin'] === ORIGIN;
    response.writeHead(mine ? 200 : 403, mine ? { 'WebHook-Allowed-Origin': ORIGIN, 'WebHook-Allowed-Rate': '60000' } : {}).end();
    return;
  }

  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  try {
    webhook.verify(body, request.headers);
  } catch {
    response.writeHead(401).end();
    return;
  }

  const event = HTTP.toEvent({ headers: request.headers, body });
  // Your work: remember webhook-id, or source and id, in the same transaction, because an event may come again. Then answer: 2xx is your acknowledgement.
  console.log(JSON.stringify({ sequence: event.sequence, type: event.type, subject: event.subject, withheld: event.withheldfields, data: event.data }));
  response.writeHead(204).end();
  if (++done >= most) server.close(() => process.exit(0));
});
server.listen(Number(PORT), '127.0.0.1');
