// Pulls a subscription in pages, with nothing but fetch. TOKEN is an access token (POST /token).
//   BUS=http://127.0.0.1:5080 TOKEN=… SUBSCRIPTION=G18.pulled node subscribe-http.mjs [how many]
import { CloudEvent } from 'cloudevents';

const { BUS, TOKEN, SUBSCRIPTION } = process.env;
const most = Number(process.argv[2] ?? Infinity);
let next = `/subscriptions/${SUBSCRIPTION}/events?limit=100`;

for (let done = 0; done < most;) {
  const answer = await fetch(new URL(`${next}&wait=30`, BUS), { headers: { authorization: `Bearer ${TOKEN}` } });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  for (const body of await answer.json()) {
    const event = new CloudEvent(body);
    // Your work: remember source and id in the same transaction, because an event may come again.
    console.log(JSON.stringify({ sequence: event.sequence, type: event.type, subject: event.subject, withheld: event.withheldfields, data: event.data }));
    done++;
  }
  // To ask for what follows is the acknowledgement of what came before.
  next = answer.headers.get('link').match(/<([^>]+)>/)[1];
}
await fetch(new URL(`${next}&limit=1`, BUS), { headers: { authorization: `Bearer ${TOKEN}` } });
