"""Runs a command on one core and writes what it and all its descendants took.

measure.py FIGURES.json CORE SECONDS COMMAND...

Descendants that their parent did not wait for come to this process (a child subreaper), so that their CPU time counts too.
Twice a second it notes the CPU time that they have used so far, so that start-up and end can be told from the load itself.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
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


def used_so_far(root):
    """CPU seconds of a process and its descendants, of those too that it has waited for."""
    children, times = {}, {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(int(fields[1]), []).append(int(pid))
        times[int(pid)] = sum(map(int, fields[11:15]))
    total, left = 0, [root]
    while left:
        pid = left.pop()
        total += times.get(pid, 0)
        left += children.get(pid, [])
    return total / os.sysconf("SC_CLK_TCK")


def sample(root, samples, stop):
    while not stop.wait(0.5):
        samples.append((time.monotonic_ns(), used_so_far(root)))


def main():
    out, core, seconds, command = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begin = time.monotonic()
    child = subprocess.Popen(
        command, start_new_session=True, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    samples, stop = [], threading.Event()
    sampler = threading.Thread(target=sample, args=(child.pid, samples, stop))
    sampler.start()
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
    stop.set()
    sampler.join()
    reap_all(child.pid, time.monotonic() + 2)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, "w") as file:
        json.dump({
            "status": status,
            "timed_out": timed_out,
            "wall_s": time.monotonic() - begin,
            "cpu_s": used.ru_utime + used.ru_stime,
            "samples": samples,  # [CLOCK_MONOTONIC ns, CPU s]
            "peak_mib": used.ru_maxrss / 1024,
        }, file)


main()
