"""The server of known truth, started for one run of one tool."""

import json
import os
import resource
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
BINARY = HERE / ".tools" / "server"


class Server:
    """A context: the server on its core; afterwards `truth(skip)` has its figures."""

    def __init__(self, log, core, *options):
        self.log = str(log)
        self.command = ["taskset", "-c", str(core), str(BINARY), "serve", "--port", "0", "--log", self.log, *map(str, options)]
        self.cpu_s = 0.0

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the server did not start: " + " ".join(self.command))
        self.url = f"http://127.0.0.1:{int(line)}"
        return self

    def __exit__(self, *_):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.process.terminate()
        self.process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def truth(self, skip_s=0, span_s=0):
        """Figures of the requests that were read `skip_s` after the first one or later; the log is then removed.

        `tokens_per_s` is over `span_s` from then on, or all that follows.
        """
        text = subprocess.run(
            [str(BINARY), "truth", self.log, "--skip-s", str(skip_s), "--span-s", str(span_s)],
            check=True, capture_output=True, text=True).stdout
        os.remove(self.log)
        return json.loads(text)
