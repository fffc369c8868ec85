#!/usr/bin/env python3
"""start.py BUILD [--count N] [--state FOLDER] [--bar SECONDS]: how long a daemon with a large store takes to be ready.

Needs COPYTASTER_BENCH=1 swift build -c release --product storefill. Fills a store with N articles (unless the folder has
one), then starts the daemon three times: without an image, with one, and with one that a SIGKILL left behind. Prints the
time until READY, the resident size, the size of the image and the time of the stop that wrote it. Exits with 1 when a
start with an image takes longer than the bar."""
import argparse
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("build", help="the folder of copytasterd and storefill")
parser.add_argument("--count", type=int, default=200_000)
parser.add_argument("--state", help="a state folder to use and keep; else one that is thrown away")
parser.add_argument("--bar", type=float, default=5)
parser.add_argument("--once", action="store_true", help="the first start only, with the folder as it is")
options = parser.parse_args()
build = pathlib.Path(options.build)
scratch = tempfile.TemporaryDirectory()
root = pathlib.Path(scratch.name)
state = pathlib.Path(options.state) if options.state else root / "state"
state.mkdir(parents=True, exist_ok=True)
for name in ("drop", "digests"):
    (root / name).mkdir()
image = state / "copytaster.image"


def run(how):
    """Starts the daemon and ends it; gives the seconds until it was ready."""
    path = root / "notify"
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(path))
    listener.settimeout(1800)
    command = [build / "copytasterd", "--drop", root / "drop", "--digests", root / "digests", "--state", state]
    begin = time.monotonic()
    with open(root / "log", "ab") as log:
        daemon = subprocess.Popen(command, env={**os.environ, "NOTIFY_SOCKET": str(path)}, stdout=log, stderr=log)
    while b"READY=1" not in listener.recv(4096):
        pass
    ready = time.monotonic() - begin
    ticks = open(f"/proc/{daemon.pid}/stat").read().rsplit(")", 1)[1].split()
    cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    status = dict(line.split(":", 1) for line in open(f"/proc/{daemon.pid}/status") if ":" in line)
    sizes = [int(status[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]
    # A stop that comes with READY finds nobody who listens to signals yet.
    time.sleep(1)
    begin = time.monotonic()
    daemon.send_signal(signal.SIGKILL if how == "kill" else signal.SIGTERM)
    daemon.wait()
    stop = time.monotonic() - begin
    size = image.stat().st_size / 1e6 if image.exists() else 0
    print(f"ready {ready:6.2f} s (CPU {cpu:6.2f} s)   resident {sizes[0]} MB (most {sizes[1]} MB)   stop {stop:5.2f} s   "
          f"image {size:.0f} MB", flush=True)
    for line in (root / "log").read_text().splitlines():
        if "memory restored" in line or "image written" in line:
            print("    " + line)
    (root / "log").unlink()
    return ready


if not (state / "copytaster.sqlite").exists():
    begin = time.monotonic()
    subprocess.run([build / "storefill", state, str(options.count)], check=True)
    store = (state / "copytaster.sqlite").stat().st_size
    print(f"filled in {time.monotonic() - begin:.0f} s, store {store / 1e6:.0f} MB, {store / options.count:.0f} B an article")
if options.once:
    run("stop")
    sys.exit()
image.unlink(missing_ok=True)
print("without an image: ", end="")
run("stop")
print("with an image:    ", end="")
first = run("kill")
print("after a kill:     ", end="")
sys.exit(max(first, run("stop")) > options.bar)
