"""Receives a subscription from its queue, with pika (Debian: python3-pika) and nothing of ExchangeBus.

    BROKER=amqp://G18.adapter:<password>@127.0.0.1:5672/ SUBSCRIPTION=G18.births python3 subscribe_amqp.py [how many]
"""
import json
import os
import sys
from urllib.parse import unquote, urlsplit

import pika

BROKER, SUBSCRIPTION = os.environ["BROKER"], os.environ["SUBSCRIPTION"]
most = int(sys.argv[1]) if len(sys.argv) > 1 else sys.maxsize
user = unquote(urlsplit(BROKER).username)

connection = pika.BlockingConnection(pika.URLParameters(BROKER))
channel = connection.channel()
channel.confirm_delivery()
channel.basic_qos(prefetch_count=100)
done = 0
for method, _, body in channel.consume(f"sub.{SUBSCRIPTION}"):
    event = json.loads(body)
    # Your work: remember source and id in the same transaction, because an event may come again.
    print(json.dumps({"sequence": event["sequence"], "type": event["type"], "subject": event.get("subject"), "data": event.get("data")}, ensure_ascii=False), flush=True)
    done += 1
    # What is outside of the chain, such as a replay, has no place to acknowledge.
    if "previoussequence" in event:
        # First the word to the bus, which is the receipt, then the broker: the other way round, a crash in between would leave the word unsaid.
        word = {"subscription": SUBSCRIPTION, "partition": 0, "after": int(event["previoussequence"]), "sequence": int(event["sequence"])}
        properties = pika.BasicProperties(content_type="application/json", delivery_mode=2, user_id=user)
        channel.basic_publish("exchangebus.acks", "", json.dumps(word), properties)
    channel.basic_ack(method.delivery_tag)
    if done == most:
        break
channel.cancel()
connection.close()
