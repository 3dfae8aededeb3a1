"""Pulls a subscription in pages, with nothing but Python's own library. TOKEN is an access token (POST /token).

    BUS=http://127.0.0.1:5080 TOKEN=... SUBSCRIPTION=G18.pulled python3 subscribe_http.py [how many]
"""
import json
import os
import re
import sys
import urllib.request

BUS, TOKEN, SUBSCRIPTION = os.environ["BUS"], os.environ["TOKEN"], os.environ["SUBSCRIPTION"]
most = int(sys.argv[1]) if len(sys.argv) > 1 else sys.maxsize


def get(path):
    request = urllib.request.Request(BUS.rstrip("/") + path, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer), re.search(r"<([^>]+)>", answer.headers["Link"]).group(1)


after, done = f"/subscriptions/{SUBSCRIPTION}/events?limit=100", 0
while done < most:
    events, after = get(after + "&wait=30")
    for event in events:
        # Your work: remember source and id in the same transaction, because an event may come again.
        print(json.dumps({"sequence": event["sequence"], "type": event["type"], "subject": event.get("subject"), "data": event.get("data")}, ensure_ascii=False))
        done += 1
    # To ask for what follows is the acknowledgement of what came before.
get(after + "&limit=1")
