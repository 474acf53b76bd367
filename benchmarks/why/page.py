"""Writes what was measured into docs/why.md, between its markers, and its pictures (docs/pictures/why-*.svg)."""

import json
import math
import re
from pathlib import Path

from picture import Log, Picture, tick_words, time

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = HERE / ".results"
PICTURES = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "why.md"
NAMES = {"k6": "k6", "locust": "Locust", "k6-rate": "k6, arrival rate", "candor": "Candor"}


def rank(values, q):
    values = sorted(value for value in values if value is not None)
    return values[max(0, math.ceil(q * len(values)) - 1)] if values else None


def read(act):
    return json.loads((RESULTS / f"{act}.json").read_text())


def percent(share, digits=1):
    return f"{share * 100:.{digits}f} %"


def change(share):
    """A change in percent, with a sign that is none of a hyphen."""
    return f"{share * 100:+.0f} %".replace("-", "−").replace("+0 %", "±0 %").replace("−0 %", "±0 %")


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |",
                      *("| " + " | ".join(row) + " |" for row in rows)])


def picture(name, text):
    return f"![{text}](pictures/why-{name}.svg)"


def chat(stalls):
    rows = stalls["k6"]["truth"]
    whole = [row for row in rows if row["complete"] and row["ttft"]]
    middle = lambda some: sorted(some, key=lambda row: row["e2e"])[len(some) // 2]
    shown = [("40 tokens", middle([r for r in whole if r["tokens"] == 40 and not r["faults"]])),
             ("400 tokens", middle([r for r in whole if r["tokens"] == 400 and not r["faults"]])),
             ("40 tokens, one stall", middle([r for r in whole if r["tokens"] == 40 and r["faults"]]))]
    top = max(row["e2e"] for _, row in shown)
    art = Picture(232, "Three answers as a user of a chat sees them",
                  "; ".join(f"{name}: first token after {time(row['ttft'])}, longest gap {time(row['gap'])}, whole answer {time(row['e2e'])}" for name, row in shown))
    x = lambda ms: 150 + ms / top * 470
    for index, (name, row) in enumerate(shown):
        y = 54 + index * 50
        art.text(142, y + 13, name, "ink", "end")
        art.line(x(0), y + 9, x(row["ttft"]), y + 9, "axis", 2, "2 3")
        last = None
        for at in row["came"]:
            if last is not None and at - last > 1000:
                art.bar(x(last), y, x(at) - x(last), 18, "bad", 0.25)
                art.text((x(last) + x(at)) / 2, y + 13, f"nothing for {time(at - last)}", "ink", "middle")
            art.line(x(at), y, x(at), y + 18, "candor", 1)
            last = at
        art.text(x(row["e2e"]) + 8, y + 13, time(row["e2e"]), "ink", bold=True)
    art.text(16, 18, "dotted: the wait for the first token; each stroke: a token")
    art.text(16, 36, "the number behind: what a tool says that waits for the whole answer")
    art.line(150, 204, 620, 204, "axis")
    for second in range(int(top // 1000) + 1):
        art.line(x(second * 1000), 204, x(second * 1000), 208, "axis")
        art.text(x(second * 1000), 222, f"{second} s", anchor="middle")
    art.write(PICTURES / "why-chat.svg")
    (_, short), (_, long), (_, stalled) = shown
    return "\n".join([
        picture("chat", art.desc), "",
        table(["answer", "first token", "pace, tokens a second", "longest gap", "whole answer"],
              [[name, time(row["ttft"]), f"{(row['tokens'] - 1) / (row['came'][-1] - row['came'][0]) * 1000:.0f}", time(row["gap"]), time(row["e2e"])]
               for name, row in shown]), "",
        f"By the last column the good long answer ({time(long['e2e'])}) is {'worse than' if long['e2e'] > stalled['e2e'] else 'about as bad as'} the one that "
        f"stopped in the middle ({time(stalled['e2e'])})."])


def lengths(sound):
    """Latency by length, of a server that does all answers alike."""
    def of(tool, long):
        return [row["ms"] for row in sound[tool]["points"] if row["ok"] and (row["n"] % 5 == 2) == long]
    mine = lambda long, key: [row[key] for row in sound["candor"]["points"] if row["ok"] and (row["class"] == "long") == long]
    true = lambda long, key: [row[key] for row in sound["candor"]["truth"] if row["complete"] and (row["tokens"] == 400) == long]
    pace = lambda long: rank([(row["came"][-1] - row["came"][0]) / (row["tokens"] - 1) for row in sound["candor"]["truth"]
                              if row["complete"] and (row["tokens"] == 400) == long], 0.5)
    rows = [["mock: first token", time(rank(true(False, "ttft"), 0.5)), time(rank(true(True, "ttft"), 0.5))],
            ["mock: time a token", time(pace(False)), time(pace(True))],
            ["k6: `http_req_duration`", time(rank(of("k6", False), 0.5)), time(rank(of("k6", True), 0.5))],
            ["Locust: response time", time(rank(of("locust", False), 0.5)), time(rank(of("locust", True), 0.5))],
            ["Candor: TTFT", time(rank(mine(False, "ttft"), 0.5)), time(rank(mine(True, "ttft"), 0.5))],
            ["Candor: TPOT", time(rank(mine(False, "tpot"), 0.5)), time(rank(mine(True, "tpot"), 0.5))]]
    factor = rank(of("k6", True), 0.5) / rank(of("k6", False), 0.5)
    return table(["median", "answers of 40 tokens", "of 400 tokens"], rows) + (
        f"\n\nThe server treats both alike, and k6's figure for the long ones is {factor:.1f} times that for the short ones, Locust's "
        f"{rank(of('locust', True), 0.5) / rank(of('locust', False), 0.5):.1f} times. Change the length of answers, and the \"latency\" changes, whatever the server does. k6 also knows the time to the first byte, `http_req_waiting`: its p(95) is "
        f"{time(sound['k6']['waiting_p95'])}, and the mock's first tokens of the same requests have {time(rank([r['ttft'] for r in sound['k6']['truth'] if r['complete']], 0.95))}, "
        "as this server sends its headers with the first token.")


def stalls(sound, bad):
    def row(name, get, kind, show=time):
        return name, get(sound), get(bad), kind, show
    latency = lambda key, q: lambda act: act["candor"]["latency"][key][q]
    figures = [row("k6: avg", lambda act: act["k6"]["mean"], "k6"), row("k6: p(95)", lambda act: act["k6"]["p95"], "k6"),
               row("k6: max", lambda act: act["k6"]["max"], "k6"),
               row("Locust: average", lambda act: act["locust"]["mean"], "locust"), row("Locust: 95%", lambda act: act["locust"]["p95"], "locust"),
               row("Locust: 99%", lambda act: act["locust"]["p99"], "locust"),
               row("Candor: TTFT p95", latency("ttft", "p95"), "candor"), row("Candor: longest gap p50", latency("max_gap", "p50"), "candor"),
               row("Candor: longest gap, worst", latency("max_gap", "max"), "candor")]
    art = Picture(60 + 24 * len(figures), "What each tool's figures make of stalls",
                  "Hollow: a sound server, filled: the same with stalls of 3 s. " +
                  "; ".join(f"{name} {time(a)} and {time(b)}" for name, a, b, _, _ in figures))
    scale = Log(10, 10_000, 190, 640)
    for tick in scale.ticks():
        art.line(scale(tick), 24, scale(tick), 30 + 24 * len(figures))
        art.text(scale(tick), 46 + 24 * len(figures), tick_words(tick), anchor="middle")
    art.text(190, 14, "hollow: a sound server; filled: one in 25 answers stops for 3 s (logarithmic)")
    for index, (name, a, b, kind, _) in enumerate(figures):
        y = 38 + 24 * index
        art.text(182, y + 4, name, "ink", "end")
        art.line(scale(a), y, scale(b), y, kind, 2)
        art.dot(scale(b), y, kind)
        art.dot(scale(a), y, kind, 4, hollow=True)
        art.text(704, y + 4, change(b / a - 1), "ink", "end")
    art.write(PICTURES / "why-stalls.svg")
    true = lambda act: [r for r in act["candor"]["truth"] if r["complete"] and r["tokens"] > 1]
    share = lambda act: sum(r["gap"] > 1000 for r in true(act)) / len(true(act))
    rows = [["mock: answers with a gap of over 1 s", percent(share(sound)), percent(share(bad))]]
    rows += [[name, show(a), show(b)] for name, a, b, _, show in figures]
    rows.append(["Candor: goodput (first token within 1 s, no gap over 1 s)", percent(sound["candor"]["goodput"]), percent(bad["candor"]["goodput"])])
    def moved(tool, figure, words):
        return f"{words} by {change(bad[tool][figure] / sound[tool][figure] - 1)}"
    changes = [moved("k6", "mean", "k6's average moves"), moved("k6", "p95", "its p(95)"), moved("k6", "max", "its max"),
               moved("locust", "mean", "Locust's average"), moved("locust", "p95", "its 95%"), moved("locust", "p99", "its 99%")]
    return "\n".join([picture("stalls", art.desc), "", table(["", "sound", "with stalls"], rows), "",
                      ", ".join(changes) + ". Whatever of that is the stalls' doing and what is chance, none of these figures tells a long answer, a slow start and a stop "
                      f"in the middle apart. Candor's longest gap goes from {time(sound['candor']['latency']['max_gap']['max'])} to "
                      f"{time(bad['candor']['latency']['max_gap']['max'])}, and the share of users who got what they should from "
                      f"{percent(sound['candor']['goodput'])} to {percent(bad['candor']['goodput'])}."])


def freeze(act):
    tools = ["k6", "locust", "k6-rate", "candor"]
    start = {tool: min(p["start"] for p in act[tool]["points"]) for tool in tools}
    length = max(p["start"] - start[tool] for tool in tools for p in act[tool]["points"])
    top = max(p["ms"] for tool in tools for p in act[tool]["points"])
    slow = {tool: sum(p["ms"] > 1500 for p in act[tool]["points"]) for tool in tools}
    count = {tool: len(act[tool]["points"]) for tool in tools}
    what = {"k6": "closed loop: 10 virtual users", "locust": "closed loop: 10 users", "k6-rate": "10 requests a second", "candor": "10 requests a second"}
    art = Picture(40 + 92 * 4, "What each tool notices of a freeze of five seconds",
                  "Each dot is a request, by when it was meant to start and how long it took. " +
                  "; ".join(f"{NAMES[t]}, {what[t]}: {slow[t]} of {count[t]} requests took over 1.5 s" for t in tools))
    x = lambda s: 60 + s / length * 640
    for index, tool in enumerate(tools):
        base = 96 + 92 * index
        y = lambda ms: base - ms / top * 66
        for second in range(0, int(top // 1000) + 1, 2):
            art.line(60, y(second * 1000), 700, y(second * 1000))
            art.text(54, y(second * 1000) + 4, f"{second} s", anchor="end")
        kind = "k6" if tool.startswith("k6") else tool
        for p in act[tool]["points"]:
            art.dot(x(p["start"] - start[tool]), y(p["ms"]), kind, 1.6)
        art.text(62, base - 72, f"{NAMES[tool]}, {what[tool]}: {slow[tool]} of {count[tool]} requests took over 1.5 s", "ink")
    for second in range(0, int(length) + 1, 5):
        art.text(x(second), 34 + 92 * 4, f"{second} s", anchor="middle")
    art.write(PICTURES / "why-freeze.svg")
    each = lambda tool: [p["ms"] for p in act[tool]["points"]]
    true = [r["e2e"] for r in act["candor"]["truth"] if r["complete"]]
    rows = [["mock, of Candor's requests", str(len(true)), str(sum(ms > 1500 for ms in true)), percent(sum(ms > 1500 for ms in true) / len(true)),
             time(rank(true, 0.5)), time(rank(true, 0.9)), time(rank(true, 0.95))]]
    own = {"k6": act["k6"], "locust": act["locust"], "k6-rate": act["k6-rate"]}
    for tool in tools:
        if tool == "candor":
            latency = act["candor"]["latency"]["e2e_intended"]
            shown = [latency["p50"], latency["p90"], latency["p95"]]
        else:
            shown = [own[tool]["p50"], own[tool]["p90"], own[tool]["p95"]]
        rows.append([f"{NAMES[tool]} ({what[tool]})", str(count[tool]), str(slow[tool]), percent(slow[tool] / count[tool]), *map(time, shown)])
    return "\n".join([picture("freeze", art.desc), "",
                      table(["", "requests", "of them over 1.5 s", "share", "p50", "p90", "p95"], rows), "",
                      f"Of the people who come during those {length:.0f} seconds, {percent(sum(ms > 1500 for ms in true) / len(true), 0)} wait. In the closed loop k6 "
                      f"knows of {slow['k6']} of them and Locust of {slow['locust']}: one a user, as a user who waits sends nothing else. Their p90 says "
                      f"{time(act['k6']['p90'])} and {time(act['locust']['p90'])}; the truth is {time(rank(true, 0.9))}. k6's own `constant-arrival-rate` executor is "
                      f"right here: {slow['k6-rate']} slow requests, p90 {time(act['k6-rate']['p90'])}"
                      + (f", with {act['k6-rate']['dropped']:.0f} iterations dropped." if act["k6-rate"]["dropped"] else ", no iteration dropped, as it was given 200 users beforehand.")])


def broken(act):
    kinds = [("none", "sound answers"), ("error", "status 503"), ("disconnect", "closed in the middle"), ("error-frame", "error event in the stream"),
             ("truncate", "body ends early, in order")]
    def counted(tool):
        ok = {str(p["n"]): p["ok"] for p in act[tool]["points"]}
        result = {}
        for row in act[tool]["truth"]:
            # What is refused at once has no fault of its own in the record.
            kind = "error" if row["status"] == 503 else row["faults"][0] if row["faults"] else "none"
            number = row["n"].split("/")[0]
            if number in ok:
                good, all_ = result.get(kind, (0, 0))
                result[kind] = (good + ok[number], all_ + 1)
        return result
    tools = ["k6", "locust", "candor"]
    found = {tool: counted(tool) for tool in tools}
    share = lambda tool, kind: found[tool].get(kind, (0, 0))
    art = Picture(44 + 62 * len(kinds), "Which answers each tool counts as a success",
                  "; ".join(f"{words}: " + ", ".join(f"{NAMES[t]} {share(t, kind)[0]} of {share(t, kind)[1]}" for t in tools) for kind, words in kinds))
    art.text(200, 16, "share of the answers that is counted as a success; all but the first row are broken")
    for index, (kind, words) in enumerate(kinds):
        top = 28 + 62 * index
        art.text(190, top + 28, words, "ink", "end")
        for each, tool in enumerate(tools):
            good, all_ = share(tool, kind)
            y = top + each * 16
            art.bar(200, y, 330 * good / max(1, all_), 12, tool)
            art.line(200, y, 200, y + 12, "axis")
            art.text(200 + 330 * good / max(1, all_) + 6, y + 10, f"{NAMES[tool]}: {good} of {all_}", "ink")
    art.write(PICTURES / "why-broken.svg")
    rows = [[words, *(f"{share(t, kind)[0]} of {share(t, kind)[1]}" for t in tools)] for kind, words in kinds]
    true = lambda tool: 1 - sum(1 for r in act[tool]["truth"] if r["complete"] and not r["faults"]) / max(1, len(act[tool]["truth"]))
    rows.append(["**failed, as the tool says**", *(f"**{percent(act[t]['failed'])}**" for t in tools)])
    rows.append(["failed, by the mock's truth", *(percent(true(t)) for t in tools)])
    plural = {"error": "a status 503", "disconnect": "a connection closed in the middle", "error-frame": "an error event in the stream", "truncate": "a body that ends early"}
    def verdicts(tool):
        taken = [plural[kind] for kind, _ in kinds[1:] if share(tool, kind)[0] > 0]
        noticed = [plural[kind] for kind, _ in kinds[1:] if share(tool, kind)[1] and share(tool, kind)[0] == 0]
        return (f"{NAMES[tool]} takes {' and '.join(taken) or 'nothing'} for a success, and notices {' and '.join(noticed) or 'nothing'}: it says that "
                f"{percent(act[tool]['failed'])} failed, and {percent(true(tool))} did. ")
    outcomes = ", ".join(f"`{key}` {count}" for key, count in sorted(act["candor"]["outcomes"].items()))
    return "\n".join([picture("broken", art.desc), "", table(["counted as a success", *(NAMES[t] for t in tools)], rows), "",
                      verdicts("k6") + verdicts("locust") + f"Candor reads the stream, and says what each was: {outcomes}."])


def starved(act):
    tools = ["k6", "locust", "candor"]
    added = {}
    for tool in tools:
        sent = {row["n"]: row["e2e"] for row in act[tool]["truth"] if row["complete"]}
        each = [point["ms"] - sent[str(point["n"])] for point in act[tool]["points"] if point["ok"] and str(point["n"]) in sent]
        added[tool] = [max(0, rank(each, q)) for q in (0.5, 0.9, 0.95, 0.99)]
    said = {tool: (act[tool]["said"] or ["nothing"])[0] for tool in ("k6", "locust")}
    said["candor"] = f"{act['candor']['verdict'].upper()}"
    art = Picture(150, "A load generator without enough CPU", "How much longer a request took by the tool's figure than the mock took to send the answer, p50 to p95. " +
                  "; ".join(f"{NAMES[tool]}: {time(added[tool][0])} to {time(added[tool][2])}" for tool in tools))
    scale = Log(1, 10_000, 90, 520)
    art.text(90, 16, "what the tool itself adds to an answer, from p50 (hollow) to p95 (filled), logarithmic")
    for tick in scale.ticks():
        art.line(scale(tick), 24, scale(tick), 122)
        art.text(scale(tick), 138, tick_words(tick), anchor="middle")
    for index, tool in enumerate(tools):
        y = 40 + 32 * index
        art.text(82, y + 4, NAMES[tool], "ink", "end")
        art.line(scale(added[tool][0]), y, scale(added[tool][2]), y, tool, 2)
        art.dot(scale(added[tool][2]), y, tool)
        art.dot(scale(added[tool][0]), y, tool, 4, hollow=True)
        art.text(534, y + 4, f"says {act['candor']['verdict'].upper()}" if tool == "candor" else
                 "says nothing of itself" if not act[tool]["said"] else "warns", "ink")
    art.write(PICTURES / "why-starved.svg")
    rows = [[NAMES[tool], *map(time, added[tool]), said[tool], str(act[tool]["exit"])] for tool in tools]
    return "\n".join([picture("starved", art.desc), "",
                      table(["added to a request by the tool", "p50", "p90", "p95", "p99", "what the tool says of itself", "exit code"], rows), "",
                      f"Candor's words: \"{act['candor']['reason']}\""])


def about(facts):
    acts = ["sound", "stalls", "freeze", "broken"]
    busy = [act for act in acts if read(act)["candor"]["verdict"] == "invalid"]
    return (f"k6 {facts['versions']['k6']}, Locust {facts['versions']['locust']}, {facts['day']}, {facts['cores']} cores; the mock has one of them, the tool the "
            "other. " + (f"**The machine was busy with other things: Candor calls {len(busy)} of its own {len(acts)} runs of parts 1 to 4 INVALID, and nobody's "
                         "times should be believed to a tenth. Measure again where it is quiet.**" if busy else
                         "By Candor's verdict on itself, the tool's core was not the bottleneck in parts 1 to 4."))


def main():
    sound, bad = read("sound"), read("stalls")
    parts = {"chat": chat(bad), "lengths": lengths(sound), "stalls": stalls(sound, bad), "freeze": freeze(read("freeze")),
             "broken": broken(read("broken")), "starved": starved(read("starved")), "about": about(read("about"))}
    text = PAGE.read_text()
    for name, part in parts.items():
        text, count = re.subn(rf"(<!-- why:{name} -->\n).*?(<!-- /why:{name} -->)", lambda m: m[1] + part + "\n" + m[2], text, flags=re.S)
        if count != 1:
            raise SystemExit(f"docs/why.md: markers of {name} found {count} times, must be there once")
    PAGE.write_text(text)
    for act in ("sound", "stalls", "freeze", "broken"):
        verdict = read(act)["candor"]["verdict"]
        if verdict == "invalid":
            print(f"careful: Candor calls its run of '{act}' INVALID, the machine was not quiet: {read(act)['candor']['reason']}")


if __name__ == "__main__":
    main()
