"""Runs a command on one core and writes what it and all its descendants took.

measure.py FIGURES.json CORE SECONDS COMMAND...

Descendants that their parent did not wait for come to this process (a child subreaper), so that their CPU time counts too.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36


def reap_all(session, deadline):
    """Waits for every descendant; those that outstay the deadline are ended."""
    told = False
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            if time.monotonic() > deadline:
                try:
                    os.killpg(session, signal.SIGKILL if told else signal.SIGTERM)
                except ProcessLookupError:
                    return
                told, deadline = True, time.monotonic() + 3
            time.sleep(0.05)


def main():
    out, core, seconds, command = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begin = time.monotonic()
    child = subprocess.Popen(
        command, start_new_session=True, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    timed_out = False
    try:
        status = child.wait(seconds)
    except subprocess.TimeoutExpired:
        timed_out = True
        os.killpg(child.pid, signal.SIGTERM)
        try:
            status = child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            status = child.wait()
    reap_all(child.pid, time.monotonic() + 2)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, "w") as file:
        json.dump({
            "status": status,
            "timed_out": timed_out,
            "wall_s": time.monotonic() - begin,
            "cpu_s": used.ru_utime + used.ru_stime,
            "peak_mib": used.ru_maxrss / 1024,
        }, file)


main()
