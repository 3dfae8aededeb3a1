// Receives a subscription from its queue, with amqplib and nothing of ExchangeBus.
//   BROKER=amqp://G18.adapter:<password>@127.0.0.1:5672/ SUBSCRIPTION=G18.births node subscribe-amqp.mjs [how many]
import amqp from 'amqplib';
import { CloudEvent } from 'cloudevents';

const { BROKER, SUBSCRIPTION } = process.env;
const most = Number(process.argv[2] ?? Infinity);
const user = decodeURIComponent(new URL(BROKER).username);
const connection = await amqp.connect(BROKER);
const channel = await connection.createConfirmChannel();
await channel.prefetch(100);
let done = 0;

async function handle(message) {
  if (done >= most) return;
  const event = new CloudEvent(JSON.parse(message.content.toString('utf8')));
  // Your work: remember source and id in the same transaction, because an event may come again.
  console.log(JSON.stringify({ sequence: event.sequence, type: event.type, subject: event.subject, withheld: event.withheldfields, data: event.data }));

  // What is outside of the chain, such as a replay, has no place to acknowledge.
  if (event.previoussequence !== undefined) {
    // First the word to the bus, which is the receipt, then the broker: the other way round, a crash in between would leave the word unsaid.
    const word = { subscription: SUBSCRIPTION, partition: 0, after: Number(event.previoussequence), sequence: Number(event.sequence) };
    channel.publish('exchangebus.acks', '', Buffer.from(JSON.stringify(word)), { persistent: true, contentType: 'application/json', userId: user });
    await channel.waitForConfirms();
  }
  channel.ack(message);
  if (++done === most) {
    await channel.close();
    await connection.close();
  }
}

// One after the other: amqplib calls back for the next message before an asynchronous handler has ended.
let last = Promise.resolve();
await channel.consume(`sub.${SUBSCRIPTION}`, (message) => { if (message !== null) last = last.then(() => handle(message)); });
