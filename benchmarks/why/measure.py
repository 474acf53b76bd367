"""Lets k6, Locust and Candor load one mock, act by act, and keeps what each says of it beside what the mock did (.results/)."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = HERE / ".tools"
OUT = HERE / ".results"
TOOL_CORE = os.environ.get("WHY_TOOL_CORE", "0")
MOCK_CORE = os.environ.get("WHY_MOCK_CORE", "1")
PORT = int(os.environ.get("WHY_PORT", "18431"))
URL = f"http://127.0.0.1:{PORT}"
SHORT, LONG = 40, 400
PROMPT = "Tell me, in plain words and one step after another, what an open loop is and why a load test needs one. " * 4

CLOSED_USERS, STARVED_USERS, FREEZE_USERS, FREEZE_RATE = 60, 200, 10, 10
STALL = {"fault": "stall", "after": 20, "stall_for": "3s", "share": "4%"}
FREEZE_FROM, FREEZE_FOR = 10, 5
BROKEN = [
    {"fault": "error", "status": 503, "share": "5%"},
    {"fault": "error-frame", "after": 15, "share": "5%"},
    {"fault": "truncate", "after": 15, "share": "5%"},
    {"fault": "disconnect", "after": 15, "share": "5%"},
]


def call(method, path, body=None):
    request = urllib.request.Request(URL + path, method=method, data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read().decode()


def freeze():
    """For some seconds nothing is answered: who comes waits for what is left of them."""
    parts = FREEZE_FOR * 4
    return [{"fault": "slow-headers", "delay": f"{round(1000 * (FREEZE_FOR - (i + 0.5) / 4))}ms",
             "from": f"{round(1000 * (FREEZE_FROM + i / 4))}ms", "for": "250ms"} for i in range(parts)]


def mock():
    command = ["taskset", "-c", MOCK_CORE, "./candor", "mock", "--port", str(PORT), "--ttft", "lognormal(300ms, 0.3)",
               "--itl", "gamma(10ms, 0.2)", "--seed", "7"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=open(OUT / "mock.log", "w"), stderr=subprocess.STDOUT)
    for _ in range(300):
        try:
            call("GET", "/health")
            return process
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("the mock did not start; see .results/mock.log")


def bodies(mixed):
    file = OUT / f"bodies-{'mixed' if mixed else 'short'}.json"
    lengths = [SHORT, SHORT, LONG, SHORT, SHORT] if mixed else [SHORT]
    file.write_text(json.dumps([{"model": "mock-model", "stream": True, "max_tokens": tokens,
                                 "messages": [{"role": "user", "content": PROMPT}]} for tokens in lengths]))
    return file


def pinned(command, **environment):
    return subprocess.run(["taskset", "-c", TOOL_CORE, *command], cwd=ROOT, env={**os.environ, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=150)


def k6(place, mixed, seconds, users=None, rate=None):
    load = ({"executor": "constant-vus", "vus": users, "duration": f"{seconds}s"} if rate is None else
            {"executor": "constant-arrival-rate", "rate": rate, "timeUnit": "1s", "duration": f"{seconds}s", "preAllocatedVUs": 200})
    done = pinned([str(TOOLS / "k6"), "run", "--quiet", "--no-color", "--out", f"json={place}/points.json", str(HERE / "k6.js")],
                  WHY_BODIES=str(bodies(mixed)), WHY_LOAD=json.dumps(load), WHY_URL=URL, WHY_OUT=f"{place}/summary.json")
    (place / "log").write_text(done.stdout)
    metrics = json.loads((place / "summary.json").read_text())["metrics"]
    each = {}
    with open(place / "points.json") as lines:
        for line in lines:
            point = json.loads(line)
            if point["type"] == "Point" and point["metric"] in ("http_req_duration", "http_req_waiting", "http_req_failed"):
                data = point["data"]
                row = each.setdefault(int(data["tags"]["n"]), {"n": int(data["tags"]["n"])})
                row[point["metric"]] = data["value"]
                if point["metric"] == "http_req_duration":
                    row["start"] = datetime.fromisoformat(data["time"]).timestamp() - data["value"] / 1000
    duration = metrics["http_req_duration"]["values"]
    return {
        "mean": duration["avg"], "p50": duration["med"], "p90": duration["p(90)"], "p95": duration["p(95)"],
        "p99": duration["p(99)"], "max": duration["max"], "waiting_p95": metrics["http_req_waiting"]["values"]["p(95)"],
        "failed": metrics["http_req_failed"]["values"]["rate"], "dropped": metrics.get("dropped_iterations", {}).get("values", {}).get("count", 0),
        "said": [line.strip() for line in done.stdout.splitlines() if "level=warning" in line or "level=error" in line][:3], "exit": done.returncode,
        "points": [{"n": row["n"], "start": row["start"], "ms": row["http_req_duration"], "ok": row["http_req_failed"] == 0}
                   for row in each.values() if "start" in row],
    }


def locust(place, mixed, seconds, users):
    done = pinned([str(TOOLS / "locust/bin/locust"), "-f", str(HERE / "locustfile.py"), "--headless", "--host", URL, "-u", str(users), "-r",
                   str(users), "-t", f"{seconds}s", "--stop-timeout", "20", "--csv", str(place / "stats"), "--only-summary"],
                  WHY_BODIES=str(bodies(mixed)), WHY_POINTS=str(place / "points.jsonl"))
    (place / "log").write_text(done.stdout)
    with open(place / "stats_stats.csv") as file:
        row = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    return {
        "mean": float(row["Average Response Time"]), "p50": float(row["50%"]), "p90": float(row["90%"]), "p95": float(row["95%"]),
        "p99": float(row["99%"]), "max": float(row["Max Response Time"]),
        "failed": int(row["Failure Count"]) / max(1, int(row["Request Count"])),
        "said": [line.split("]", 1)[-1].strip() for line in done.stdout.splitlines() if "CPU usage" in line][:1], "exit": done.returncode,
        "points": [json.loads(line) for line in (place / "points.jsonl").read_text().splitlines()],
    }


def candor(place, mixed, seconds, users=None, rate=None):
    mix = f"{{name: short, share: 4, input: 100, output: {SHORT}}}"
    if mixed:
        mix += f", {{name: long, share: 1, input: 100, output: {LONG}}}"
    load = f"{{users: {users}, for: {seconds}s}}" if rate is None else f"{{rate: {rate}/s, for: {seconds}s, arrivals: constant}}"
    (place / "scenario.yaml").write_text(f"""name: why
target: {{url: {URL}/v1, model: mock-model}}
workload: {{mix: [{mix}]}}
load: [{load}]
slo: {{ttft: 1s, max_gap: 1s}}
""")
    run = place / f"run-{time.time_ns()}"
    done = pinned(["./candor", "run", str(place / "scenario.yaml"), "--out", str(run), "--json", "--yes"])
    (place / "log").write_text(done.stdout)
    summary = json.loads((run / "summary.json").read_text())
    overall = summary["overall"]
    began = datetime.fromisoformat(json.loads((run / "run.json").read_text())["start"]).timestamp()
    rows = duckdb.sql(f"SELECT request, class, intended_ns, first_ns, last_ns, end_ns, output_tokens, outcome FROM '{run}/attempts.parquet'").fetchall()
    return {
        "verdict": summary["verdict"], "reason": summary["verdict_reason"], "latency": overall["latency"], "goodput": overall["goodput"]["ratio"],
        "failed": overall["requests"]["failed"] / max(1, overall["requests"]["intended"]), "exit": done.returncode,
        "outcomes": {key: count for key, count in overall["requests"]["outcomes"].items() if count},
        "points": [{"n": n, "start": began + intended / 1e9, "ms": ((end or intended) - intended) / 1e6, "ok": outcome == "completed",
                    "ttft": None if first is None or first < 0 else (first - intended) / 1e6, "class": of, "outcome": outcome,
                    "tpot": (last - first) / 1e6 / (tokens - 1) if outcome == "completed" and tokens > 1 else None}
                   for n, of, intended, first, last, end, tokens, outcome in rows],
    }


def truth():
    """What the mock did, a request each, times in milliseconds."""
    rows = []
    for line in call("GET", "/truth?last=100000").splitlines():
        each = json.loads(line)
        if "arrival_ns" not in each:
            continue
        came = each.get("emitted_ns", [])
        rows.append({"n": str(each.get("request")), "arrival": each["arrival_ns"] / 1e6, "ttft": (came[0] - each["arrival_ns"]) / 1e6 if came else None,
                     "e2e": (each["end_ns"] - each["arrival_ns"]) / 1e6 if each.get("end_ns") else None,
                     "gap": max([(b - a) / 1e6 for a, b in zip(came, came[1:])], default=0), "tokens": len(came), "status": each.get("status"),
                     "faults": each.get("faults", []), "complete": each.get("complete"),
                     "came": [round((at - each["arrival_ns"]) / 1e6, 1) for at in came]})
    return rows


def hogs(count, seconds):
    loop = f"import time\nend = time.monotonic() + {seconds}\nwhile time.monotonic() < end: pass"
    return [subprocess.Popen(["taskset", "-c", TOOL_CORE, sys.executable, "-c", loop]) for _ in range(count)]


def act(name, tools, faults, mixed, busy):
    results = {}
    for tool, (go, settings) in tools.items():
        place = OUT / name / tool
        place.mkdir(parents=True, exist_ok=True)
        call("DELETE", "/truth")
        if faults:
            call("PUT", "/admin/faults", {"faults": faults})
        else:
            call("DELETE", "/admin/faults")
        others = hogs(busy, settings["seconds"] + 20)
        begin = time.time()
        print(f"{name}: {tool} …", end=" ", flush=True)
        try:
            results[tool] = go(place, mixed, **settings)
        finally:
            for other in others:
                other.kill()
                other.wait()
        results[tool]["truth"] = truth()
        print(f"{len(results[tool]['points'])} requests, {time.time() - begin:.0f} s", flush=True)
    (OUT / f"{name}.json").write_text(json.dumps(results))


def closed(users, seconds):
    settings = {"users": users, "seconds": seconds}
    return {"k6": (k6, settings), "locust": (locust, settings), "candor": (candor, settings)}


def acts(of):
    """By name: tools with their settings, faults of the mock, whether answers differ in length, busy processes beside the tool."""
    open_loop = {"k6": (k6, {"users": FREEZE_USERS, "seconds": of(25)}), "locust": (locust, {"users": FREEZE_USERS, "seconds": of(25)}),
                 "k6-rate": (k6, {"rate": FREEZE_RATE, "seconds": of(25)}), "candor": (candor, {"rate": FREEZE_RATE, "seconds": of(25)})}
    return {
        "sound": (closed(CLOSED_USERS, of(10)), [], True, 0),
        "stalls": (closed(CLOSED_USERS, of(22)), [STALL], True, 0),
        "freeze": (open_loop, freeze(), False, 0),
        "broken": (closed(20, of(10)), BROKEN, False, 0),
        "starved": (closed(STARVED_USERS, of(10)), [], True, 3),
    }


def main():
    chosen = sys.argv[1:]
    scale = float(os.environ.get("WHY_SCALE", "1"))
    of = lambda seconds: max(4, round(seconds * scale))
    begin = time.time()
    process = mock()
    try:
        # The JIT compilers of the mock are warm before anything is measured.
        (OUT / "warm").mkdir(exist_ok=True)
        k6(OUT / "warm", True, of(6), users=CLOSED_USERS)
        for name, (tools, faults, mixed, busy) in acts(of).items():
            if not chosen or name in chosen:
                act(name, tools, faults, mixed, busy)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    versions = {"k6": subprocess.run([TOOLS / "k6", "version"], capture_output=True, text=True).stdout.split()[1],
                "locust": subprocess.run([TOOLS / "locust/bin/locust", "--version"], capture_output=True, text=True).stdout.split()[1]}
    (OUT / "about.json").write_text(json.dumps({"seconds": time.time() - begin, "day": time.strftime("%Y-%m-%d"), "versions": versions,
                                                "cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
