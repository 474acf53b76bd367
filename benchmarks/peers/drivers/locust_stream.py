"""Locust users that measure TTFT and every gap between tokens, as a careful user would: the events' instants in a list.

PEER_CLIENT: fast (FastHttpUser, the response read line by line), iter (FastHttpUser, its own iter_lines) or requests
(HttpUser). PEER_BODY: the request's body; PEER_SKIP: seconds of warm-up whose requests are left out; PEER_OUT: the figures.
No JSON is parsed: an event with text is told by its bytes.
"""

import json
import os
import time

from locust import FastHttpUser, HttpUser, constant, events

CLIENT = os.environ["PEER_CLIENT"]
BODY = open(os.environ["PEER_BODY"], "rb").read()
SKIP = float(os.environ["PEER_SKIP"])
PATH = "/v1/chat/completions"
HEADERS = {"Content-Type": "application/json"}

ttfts, gaps, tokens, failures = [], [], 0, 0
first_request = None


def record(sent, instants):
    global tokens
    if not instants:
        return
    tokens += len(instants)
    if sent >= first_request + SKIP:
        ttfts.append(instants[0] - sent)
        gaps.extend([b - a for a, b in zip(instants, instants[1:])])


def lines(client):
    """The lines of one answer as bytes, in the way that the client offers."""
    if CLIENT == "iter":
        for line in client.iter_lines(PATH, "POST", data=BODY, headers=HEADERS):
            yield line.encode()
        return
    with client.post(PATH, data=BODY, headers=HEADERS, stream=True, catch_response=True) as response:
        if CLIENT == "requests":
            yield from response.iter_lines()
        else:
            while line := response._response.readline(b"\n"):
                yield line
        response.success()


def ask(user):
    global first_request, failures
    instants = []
    sent = time.perf_counter()
    first_request = first_request or sent
    try:
        for line in lines(user.client):
            if b'"content":"' in line:
                instants.append(time.perf_counter())
            elif line.startswith(b"data: [DONE]"):
                record(sent, instants)
    except Exception:  # a stream that is cut off, at the end of the run for one
        failures += 1


class Stream(HttpUser if CLIENT == "requests" else FastHttpUser):
    wait_time = constant(0)
    tasks = [ask]


def ranks(values):
    values.sort()
    return {f"p{p}": values[-(-p * len(values) // 100) - 1] * 1000 for p in (50, 99)} if values else None


@events.quit.add_listener
def write(**_):
    with open(os.environ["PEER_OUT"], "w") as file:
        json.dump({"ttft": ranks(ttfts), "itl": ranks(gaps), "tokens": tokens, "failures": failures}, file)
