"""A chat load as Locust's own documentation writes one: a user posts, waits for the answer, posts again.

WHY_BODIES: the requests' bodies, gone through round and round; WHY_POINTS: a JSON line a request, from Locust's own event.
"""

import itertools
import json
import os

from locust import HttpUser, events, task

BODIES = json.load(open(os.environ["WHY_BODIES"]))
POINTS = open(os.environ["WHY_POINTS"], "w")
numbers = itertools.count()


class Chat(HttpUser):
    @task
    def ask(self):
        n = next(numbers)
        # The number lets the mock give each tool's n-th request the same fate, and the script find it again.
        self.client.post("/v1/chat/completions", json=BODIES[n % len(BODIES)], name="chat",
                         headers={"x-candor-request": str(n)}, context={"n": n})


@events.request.add_listener
def told(start_time, response_time, exception, context, **_):
    POINTS.write(json.dumps({"n": context["n"], "start": start_time, "ms": response_time, "ok": exception is None}) + "\n")


@events.quit.add_listener
def end(**_):
    POINTS.close()
