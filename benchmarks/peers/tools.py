"""The load testers: how each is installed, run, and what it reports.

A tool's `run` gives a dict of what the tool itself says, in milliseconds: `ttft` and `itl` ({p50, p99}; absent where it does
not measure it), `itl_kind` ("gap": between two tokens; "mean": one mean a request), `note`.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = HERE / ".tools"
DRIVERS = HERE / "drivers"


class NotInstalled(Exception):
    pass


class Failed(Exception):
    """The tool ran and gave no figures."""


@dataclass
class Load:
    """Closed loop: `users` of which each asks again when its answer is complete; they start over `warmup` seconds."""

    users: int
    warmup: int
    seconds: int
    url: str
    folder: Path
    body: Path
    prompt_tokens: int
    tokens: int
    core: int

    @property
    def total(self):
        return self.warmup + self.seconds

    def measured(self, command, env=None, stop_after=60):
        """Runs the tool on its core; its figures of CPU go to `self.cost`, its output to log.txt."""
        figures = self.folder / "cost.json"
        with open(self.folder / "log.txt", "w") as log:
            subprocess.run(
                [sys.executable, str(HERE / "measure.py"), str(figures), str(self.core), str(self.total + stop_after),
                 *map(str, command)],
                cwd=self.folder, env={**os.environ, **(env or {})}, stdout=log, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, check=True)
        self.cost = json.loads(figures.read_text())
        return self.cost["status"]

    def last_line(self):
        lines = [line.strip() for line in (self.folder / "log.txt").read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1][:160] if lines else "no output"

    def read(self, file):
        path = self.folder / file
        if self.cost["timed_out"]:
            raise Failed(f"did not end within {self.cost['wall_s']:.0f} s")
        if not path.exists():
            raise Failed(self.last_line())
        return json.loads(path.read_text())


def step(name, command, **options):
    """A step of an installation; its output goes to .tools/NAME.log."""
    with open(TOOLS / f"{name}.log", "a") as log:
        done = subprocess.run(
            list(map(str, command)), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        lines = (TOOLS / f"{name}.log").read_text(errors="replace").strip().splitlines()
        raise NotInstalled((lines[-1] if lines else "failed")[:160])


class Tool:
    version = ""
    package = ""  # what .tools/NAME holds; several tools may share one
    itl_kind = "gap"
    can = {"streams", "rate", "ingest", "prompts"}

    def install(self):
        """Installs the tool unless this version is there; NotInstalled says why it is not."""
        name = self.package or self.name
        mark = TOOLS / name / f".installed-{self.version}"
        if mark.exists():
            return
        shutil.rmtree(TOOLS / name, ignore_errors=True)
        (TOOLS / name).mkdir(parents=True)
        (TOOLS / f"{name}.log").unlink(missing_ok=True)
        try:
            self.fetch(TOOLS / name, name)
        except FileNotFoundError as missing:
            raise NotInstalled(f"needs {missing.filename}") from None
        mark.touch()

    def fetch(self, folder, name):
        raise NotImplementedError


class Python(Tool):
    def fetch(self, folder, name):
        step(name, [sys.executable, "-m", "venv", folder])
        step(name, [folder / "bin" / "pip", "install", "--quiet", f"{name}=={self.version}"])

    @property
    def bin(self):
        return TOOLS / (self.package or self.name) / "bin"


class Candor(Tool):
    """Draws and tokenizes a new prompt for each request, on the same core."""

    name = "candor"

    def workload(self, load):
        return {"mix": [{"name": "chat", "share": 1, "input": load.prompt_tokens, "output": load.tokens}]}

    def install(self):
        done = subprocess.run([ROOT / "candor", "--version"], capture_output=True, text=True)
        if done.returncode != 0:
            raise NotInstalled((done.stderr.strip().splitlines() or ["./candor failed"])[-1])
        self.version = done.stdout.split()[-1]

    def run(self, load):
        scenario = load.folder / "scenario.yaml"
        scenario.write_text(json.dumps({  # JSON is YAML
            "name": "peers",
            "target": {"url": load.url + "/v1", "model": "peer-model", "loops": 1},
            "workload": self.workload(load),
            "load": [
                {"users": load.users, "ramp_from": 1, "for": f"{load.warmup}s", "warmup": True},
                {"users": load.users, "for": f"{load.seconds}s"},
            ],
            "output": {"dir": str(load.folder / "run")},
        }))
        status = load.measured([ROOT / "candor", "run", scenario, "--quiet"])
        latency = load.read("run/summary.json")["phases"][0]["latency"]
        note = "exit 4: it says itself that the client was measured" if status == 4 else ""
        return {"ttft": latency["ttft"], "itl": latency["itl"], "note": note}


class CandorMessages(Candor):
    """Sends the body that the peers send, over and over."""

    name = "candor-messages"
    can = {"prompts"}

    def workload(self, load):
        body = json.loads(load.body.read_text())
        (load.folder / "messages.jsonl").write_text(json.dumps({"messages": body["messages"], "max_tokens": load.tokens}) + "\n")
        return {"messages": {"file": "messages.jsonl"}, "salt": False}


class Locust(Python):
    package = "locust"
    version = "2.47.0"
    client = ""

    def run(self, load):
        load.measured(
            [self.bin / "locust", "-f", DRIVERS / "locust_stream.py", "--headless", "--only-summary", "--host", load.url,
             "-u", load.users, "-r", max(1, load.users / load.warmup), "-t", f"{load.total}s", "--stop-timeout", "5"],
            env={"PEER_CLIENT": self.client, "PEER_BODY": str(load.body), "PEER_SKIP": str(load.warmup), "PEER_OUT": "out.json"})
        return load.read("out.json")


class LocustFast(Locust):
    name = "locust-fast"
    client = "fast"


class LocustIter(Locust):
    name = "locust-iter"
    client = "iter"


class LocustRequests(Locust):
    name = "locust-requests"
    client = "requests"


class LlmLocust(Tool):
    name = "llm-locust"

    def install(self):
        raise NotInstalled("no package of that name; it is a source repository only")


class Gatling(Tool):
    name = "gatling"
    version = "3.14.9"

    def fetch(self, folder, name):
        java = subprocess.run([ROOT / "candor", "--java-home"], check=True, capture_output=True, text=True).stdout.strip()
        step(name, ["mvn", "-B", "-q", "-f", DRIVERS / "gatling" / "pom.xml", "dependency:build-classpath",
                    f"-Dmdep.outputFile={folder / 'classpath'}"])
        step(name, [f"{java}/bin/javac", "-proc:none", "-d", folder / "classes", "-cp", (folder / "classpath").read_text(),
                    DRIVERS / "gatling" / "StreamSimulation.java"])
        shutil.copy(DRIVERS / "gatling" / "logback.xml", folder / "classes")
        (folder / "java").write_text(java)

    def run(self, load):
        folder = TOOLS / "gatling"
        properties = {"peer.users": load.users, "peer.skip": load.warmup, "peer.seconds": load.seconds, "peer.url": load.url,
                      "peer.body": load.body, "peer.out": load.folder / "out.json"}
        load.measured([
            (folder / "java").read_text() + "/bin/java", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=false", "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Xmx4g", *(f"-D{key}={value}" for key, value in properties.items()),
            "-cp", f"{folder / 'classes'}:{(folder / 'classpath').read_text()}", "io.gatling.app.Gatling",
            "--simulation", "StreamSimulation", "--results-folder", load.folder / "results", "--no-reports"])
        return load.read("out.json")


class K6(Tool):
    name = "k6"
    can = {"streams", "ingest"}

    def install(self):
        if not shutil.which("k6"):
            raise NotInstalled("no k6 on the PATH (AGPL: used where you have it, not fetched)")
        self.version = subprocess.run(["k6", "version"], capture_output=True, text=True).stdout.split()[1]

    def run(self, load):
        load.measured(["k6", "run", "--quiet", "--no-usage-report", DRIVERS / "k6.js"], env={
            "PEER_BODY": str(load.body), "PEER_SKIP": str(load.warmup), "PEER_SECONDS": str(load.seconds),
            "PEER_USERS": str(load.users), "PEER_URL": load.url})
        if load.cost["status"] != 0:
            raise Failed(load.last_line())
        return {"note": "measures neither"}


class Wrk(Tool):
    name = "wrk"
    version = "4.1.0"
    can = {"streams", "ingest"}

    def fetch(self, folder, name):
        # Debian's packages, unpacked in place: nothing is installed on the machine.
        step(name, ["apt-get", "download", "wrk", "libluajit-5.1-2"], cwd=folder)
        for package in sorted(folder.glob("*.deb")):
            step(name, ["dpkg", "-x", package, folder])

    def run(self, load):
        folder = TOOLS / "wrk"
        libraries = ":".join(str(path.parent) for path in folder.glob("usr/lib/*/libluajit*.so.2"))
        load.measured(
            [folder / "usr/bin/wrk", "-t1", f"-c{load.users}", f"-d{load.total}s", "--timeout", "60s", "-s", DRIVERS / "wrk.lua",
             load.url + "/v1/chat/completions"],
            env={"LD_LIBRARY_PATH": libraries, "PEER_BODY": str(load.body)})
        if load.cost["status"] != 0:
            raise Failed(load.last_line())
        return {"note": "counts bytes"}


def tokenizer(python):
    folder = TOOLS / "tokenizer"
    if not (folder / "tokenizer_config.json").exists():
        step("tokenizer", [python, DRIVERS / "tokenizer.py", folder])
    return folder


class AiPerf(Python):
    name = "aiperf"
    version = "0.13.0"

    def fetch(self, folder, name):
        super().fetch(folder, name)
        tokenizer(self.bin / "python")

    def run(self, load):
        load.measured(
            [self.bin / "aiperf", "profile", "--model", "peer-model", "--url", load.url, "--endpoint-type", "chat", "--streaming",
             "--concurrency", load.users, "--warmup-duration", load.warmup, "--warmup-concurrency-ramp-duration", load.warmup,
             "--concurrency-ramp-duration", 2, "--benchmark-duration", load.seconds, "--tokenizer", TOOLS / "tokenizer",
             "--use-server-token-count", "--synthetic-input-tokens-mean", load.prompt_tokens, "--output-tokens-mean", load.tokens,
             "--num-dataset-entries", 100, "--artifact-dir", load.folder / "out", "--ui", "none",
             "--export-level", "summary"],
            stop_after=180)
        figures = load.read("out/profile_export_aiperf.json")
        gaps = figures.get("inter_chunk_latency")
        return {"ttft": figures["time_to_first_token"], "itl": gaps or figures["inter_token_latency"],
                "itl_kind": "gap" if gaps else "mean"}


class GuideLlm(Python):
    name = "guidellm"
    version = "0.8.1"
    itl_kind = "mean"

    def fetch(self, folder, name):
        super().fetch(folder, name)
        tokenizer(self.bin / "python")

    def run(self, load):
        load.measured(
            [self.bin / "guidellm", "run",
             "--backend", f"kind=openai_http,target={load.url},model=peer-model,request_format=/v1/chat/completions",
             "--profile", f"kind=concurrent,streams={load.users},warmup={load.warmup},rampup_duration={load.warmup}",
             "--constraint", f"kind=max_duration,seconds={load.total}",
             "--tokenizer", f"kind=huggingface_auto,model={TOOLS / 'tokenizer'}",
             "--data", f"kind=synthetic_text,prompt_tokens={load.prompt_tokens},output_tokens={load.tokens}",
             "--metrics", "kind=generative,sample_size=0",
             "--output", f"kind=json,path={load.folder / 'out.json'}", "--disable-console"],
            env={"HF_HUB_OFFLINE": "1"}, stop_after=180)
        metrics = load.read("out.json")["benchmarks"][0]["metrics"]
        figures = [metrics[key]["successful"]["percentiles"] for key in ("time_to_first_token_ms", "inter_token_latency_ms")]
        return {"ttft": figures[0], "itl": figures[1]}


class Vllm(Tool):
    name = "vllm"

    def install(self):
        raise NotInstalled("`vllm bench serve` comes with vllm, which needs torch and CUDA libraries of several GB")


ALL = [Candor(), CandorMessages(), LocustFast(), LocustIter(), LocustRequests(), LlmLocust(), Gatling(), K6(), Wrk(), AiPerf(),
       GuideLlm(), Vllm()]
