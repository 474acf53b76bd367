"""The works: which load each tool gets, what counts as right, and the tables. Started by `run`."""

import argparse
import datetime
import json
import os
import resource
import shutil
import sys
from pathlib import Path

from tools import ALL, HERE, Failed, Load, NotInstalled
from truth import Server

CLIENT_CORE = int(os.environ.get("PEERS_CLIENT_CORE", 0))
SERVER_CORE = int(os.environ.get("PEERS_SERVER_CORE", 1))
PACED = ["--ttft-ms", 200, "--itl-ms", 20, "--tokens", 100]
# One answer of 100 tokens takes 200 ms and 99 gaps of 20 ms, and half a gap of spread.
TOKENS_A_SECOND_A_STREAM = 100 / (0.2 + 0.01 + 99 * 0.02)
RIGHT_MS = 5
RATES = [9_000, 18_000, 43_000, 60_000, 90_000, 120_000, 150_000]


def busy_s():
    """CPU seconds that this machine has worked, all cores together, stolen time included."""
    user, nice, system, _, _, irq, softirq, steal = map(int, open("/proc/stat").readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def in_load(samples, truth, arguments):
    """CPU seconds a million tokens while the load was measured: without the tool's start, warm-up and report."""
    begin = truth["begin_ns"] + arguments.warmup * 10**9
    inside = [s for s in samples if begin <= s[0] <= begin + arguments.seconds * 10**9]
    if len(inside) < 2 or truth["tokens_per_s"] == 0:
        return None
    seconds = (inside[-1][0] - inside[0][0]) / 1e9
    return (inside[-1][1] - inside[0][1]) / seconds * 1e6 / truth["tokens_per_s"]


def cost(result, digits=1):
    """All of it / in the load."""
    return " / ".join(number(result.get(key), f".{digits}f") for key in ("cpu_s_per_million", "cpu_s_per_million_in_load"))


def body(folder, words):
    text = " ".join(["token"] * words)
    path = folder / "body.json"
    path.write_text(json.dumps({
        "model": "peer-model", "stream": True, "stream_options": {"include_usage": True}, "max_tokens": 100,
        "messages": [{"role": "user", "content": text}]}))
    return path


def measure(tool, where, server_options, users, arguments, prompt_tokens=20, tokens=100):
    """One run of one tool against a server of its own: what it reports, the truth of the same requests, and its cost."""
    folder = where / f"{tool.name}-{users}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result = {"tool": tool.name, "version": tool.version, "users": users}
    busy = busy_s()
    with Server(folder / "truth.log", SERVER_CORE, *server_options) as server:
        load = Load(users, arguments.warmup, arguments.seconds, server.url, folder, body(folder, prompt_tokens), prompt_tokens,
                    tokens, CLIENT_CORE)
        try:
            reported = tool.run(load)
            result["kind"] = reported.get("itl_kind", tool.itl_kind)
            result["note"] = reported.get("note", "")
            for metric in ("ttft", "itl"):
                if reported.get(metric):
                    result[metric] = {p: reported[metric][p] for p in ("p50", "p99")}
        except Failed as failure:
            result["failed"] = str(failure)
        result["cost"] = getattr(load, "cost", None)
    if result["cost"]:
        # What is left was taken by others: it disturbs the tool, the server, or both.
        others = busy_s() - busy - server.cpu_s - result["cost"]["cpu_s"]
        result["others_cores"] = max(0.0, others / result["cost"]["wall_s"])
    truth = server.truth(arguments.warmup, arguments.seconds)
    result["truth"], result["server_cpu_s"] = truth, server.cpu_s
    if truth["requests"] == 0 and "failed" not in result:
        result["failed"] = "no answer was complete in the measured time" if truth["tokens_all"] else load.last_line()
    true = {"ttft": truth["ttft"], "itl": truth["itl" if result.get("kind") != "mean" else "itl_mean"]}
    for metric, figures in true.items():
        if metric in result and figures:
            result[metric + "_true"] = {p: figures[p] for p in ("p50", "p99")}
            result[metric + "_error"] = {
                p: None if result[metric][p] is None else result[metric][p] - figures[p] for p in ("p50", "p99")}
    if result["cost"] and truth["tokens_all"] > 0:
        result["cpu_s_per_million"] = result["cost"]["cpu_s"] * 1e6 / truth["tokens_all"]
        result["cpu_s_per_million_in_load"] = in_load(result["cost"].pop("samples"), truth, arguments)
    (folder / "result.json").write_text(json.dumps(result, indent=1))
    return result


# ---- tables ----


def pair(figures, digits=1):
    return "–" if not figures else " / ".join(number(figures[p], f".{digits}f") for p in ("p50", "p99"))


def number(value, form=".1f"):
    return "–" if value is None else format(value, form)


def name(result):
    return f"{result['tool']} {result['version']}".strip()


def remark(result):
    parts = [result.get("failed") and "no figures: " + result["failed"], result.get("note")]
    if result.get("kind") == "mean":
        parts.append("its ITL is a mean a request; so is the truth beside it")
    late = (result.get("truth") or {}).get("late")
    if late and late["p99"] > 1:
        parts.append(f"server late, p99 {late['p99']:.1f} ms")
    if result.get("others_cores", 0) > 0.1:
        parts.append(f"disturbed: others took {result['others_cores']:.1f} cores")
    return "; ".join(part for part in parts if part)


def table(heads, rows):
    widths = [max(len(str(row[i])) for row in [heads, *rows]) for i in range(len(heads))]
    lines = ["| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |" for row in [heads, *rows]]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def absent(tool, reason, columns):
    return [tool.name, *["–"] * (columns - 2), f"not installed: {reason}"]


# ---- works ----


def streams(installed, missing, where, arguments):
    """1,000 streams of 50 tokens a second: TTFT 200 ms and a spread of one gap, ITL 20 ms, one token a write."""
    users = arguments.users or 1000
    rows = []
    for tool in installed:
        r = measure(tool, where, PACED, users, arguments)
        rows.append([
            name(r), pair(r.get("ttft")), pair(r.get("ttft_true")), number(r.get("ttft_error", {}).get("p99")),
            pair(r.get("itl")), pair(r.get("itl_true")), number(r.get("itl_error", {}).get("p99")),
            number(r["truth"]["tokens_per_s"], ",.0f"), cost(r), remark(r)])
        progress(rows[-1])
    heads = ["tool", "TTFT p50 / p99, ms", "true", "error p99", "ITL p50 / p99, ms", "true", "error p99", "tokens/s",
             "CPU s / M tokens: all / in load", ""]
    rows += [absent(tool, reason, len(heads)) for tool, reason in missing]
    return f"{users:,} streams × 50 tokens/s", table(heads, rows)


def misses(result, asked):
    """Why a rate does not hold; empty if it does."""
    error, got = result.get("itl_error", {}).get("p99"), result["truth"]["tokens_per_s"]
    reasons = [
        result.get("failed") or error is None and "no ITL",
        error is not None and abs(error) >= RIGHT_MS and f"ITL p99 off by {error:.1f} ms",
        got < 0.9 * asked and f"{got:,.0f} tokens/s came",
        result.get("note"),
    ]
    return [reason for reason in reasons if reason]


def rate(installed, missing, where, arguments):
    """Rising streams until, twice, the reported ITL p99 is 5 ms off, or the tool no longer keeps the streams going."""
    rows = []
    for tool in installed:
        held, missed, costs = None, "", []
        for asked in arguments.rates:
            for _ in range(2):  # a miss may be the machine's: the second one counts
                r = measure(tool, where, PACED, round(asked / TOKENS_A_SECOND_A_STREAM), arguments)
                progress([name(r), f"{asked:,}", f"{r['truth']['tokens_per_s']:,.0f} tokens/s",
                          f"ITL error p99 {number(r.get('itl_error', {}).get('p99'))}",
                          f"CPU s/M {cost(r)}", remark(r)])
                why = misses(r, asked)
                if not why:
                    break
            if why:
                missed = f"{asked:,}: " + "; ".join(why)
                break
            held = asked
            costs.append(cost(r))
        rows.append([name({"tool": tool.name, "version": tool.version}), number(held, ",") if held else "none",
                     costs[-1] if costs else "–", missed or "none missed", "mean a request" if tool.itl_kind == "mean" else "gaps"])
    heads = ["tool", "holds, tokens/s", "CPU s / M tokens there: all / in load", "first miss", "ITL"]
    rows += [absent(tool, reason, len(heads)) for tool, reason in missing]
    return f"Highest rate with an ITL error p99 below {RIGHT_MS} ms", table(heads, rows)


def ingest(installed, missing, where, arguments):
    """32 unpaced streams of 6,400 tokens, 64 events a write: what a tool can take in, all that it measures measured."""
    rows = []
    for tool in installed:
        r = measure(tool, where, ["--unpaced", "--events-per-write", 64, "--tokens", 6400], arguments.users or 32, arguments,
                    tokens=6400)
        rows.append([name(r), f"{r['truth']['tokens_per_s'] / 1e6:.3f}", cost(r, 2), remark(r)])
        progress(rows[-1])
    heads = ["tool", "M tokens/s", "CPU s / M tokens: all / in load", ""]
    rows += [absent(tool, reason, len(heads)) for tool, reason in missing]
    return "Unpaced ingest, 64 events a write", table(heads, rows)


def prompts(installed, missing, where, arguments):
    """32 users with prompts of 50,000 tokens, answers of 50: what the tool adds to TTFT."""
    # A p99 wants more than 1,000 requests, of which these users make 27 a second.
    arguments = argparse.Namespace(**{**vars(arguments), "seconds": max(arguments.seconds, 45)})
    rows = []
    for tool in installed:
        r = measure(tool, where, ["--ttft-ms", 200, "--itl-ms", 20, "--tokens", 50], arguments.users or 32, arguments,
                    prompt_tokens=50_000, tokens=50)
        rows.append([name(r), pair(r.get("ttft")), pair(r.get("ttft_true")), number(r.get("ttft_error", {}).get("p99")),
                     number(r["truth"]["body_mean"] / 1000, ",.0f"), f"{r['truth']['requests']:,}", remark(r)])
        progress(rows[-1])
    heads = ["tool", "TTFT p50 / p99, ms", "true", "added at p99", "kB a request", "requests", ""]
    rows += [absent(tool, reason, len(heads)) for tool, reason in missing]
    return "Prompts of 50,000 tokens, 32 users", table(heads, rows)


WORKS = {work.__name__: work for work in (streams, rate, ingest, prompts)}


def progress(cells):
    print("   ", "  ".join(str(cell) for cell in cells if cell), file=sys.stderr, flush=True)


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{datetime.date.today()}, {os.cpu_count()} cores of {model}, load at the start {os.getloadavg()[0]:.2f}"


def install(chosen):
    installed, missing = [], []
    for tool in chosen:
        print(f"installing {tool.name} …", file=sys.stderr, flush=True)
        try:
            tool.install()
            installed.append(tool)
        except NotInstalled as reason:
            missing.append((tool, str(reason)))
    return installed, missing


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/peers/run")
    parser.add_argument("work", choices=["all", "install", *WORKS])
    parser.add_argument("tools", nargs="*", metavar="TOOL")
    parser.add_argument("--seconds", type=int, default=30, help="measured, after the warm-up")
    parser.add_argument("--warmup", type=int, default=8, help="seconds over which users start; left out of the figures")
    parser.add_argument("--users", type=int, help="in place of the work's own number")
    parser.add_argument("--rates", type=lambda text: [int(r) for r in text.split(",")], default=RATES)
    arguments = parser.parse_args()
    names = [tool.name for tool in ALL]
    for unknown in set(arguments.tools) - set(names):
        parser.error(f"no tool {unknown}; there are {', '.join(names)}")
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    head = machine()
    installed, missing = install([tool for tool in ALL if not arguments.tools or tool.name in arguments.tools])
    if arguments.work == "install":
        print(table(["tool", "version", ""], [[t.name, t.version, "installed"] for t in installed] +
                    [absent(t, reason, 3) for t, reason in missing]))
        return
    begun = f"{datetime.datetime.now():%Y%m%d-%H%M%S}"
    where = HERE / ".results" / begun
    texts = [head]
    for work in WORKS if arguments.work == "all" else [arguments.work]:
        print(f"{work}: {WORKS[work].__doc__}", file=sys.stderr, flush=True)
        able = [tool for tool in installed if work in tool.can]
        title, text = WORKS[work](able, missing, where / work, arguments)
        texts.append(f"### {title}\n\n{text}")
    where.mkdir(parents=True, exist_ok=True)
    (where / "table.md").write_text("\n\n".join(texts) + "\n")
    print("\n\n".join(texts))
    print(f"\n{where}/table.md", file=sys.stderr)


main()
