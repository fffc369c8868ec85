#!/usr/bin/env python3
"""latency.py INPUT.jsonl [--state DIR] [--known N] [--asked N] [--command C]: how long one answer of `copytaster stories` takes.

The first KNOWN lines are answered as fast as may be; then each of ASKED lines is sent when the answer to the last one is
there. Prints the time of the start (with --state: of a folder that knows them already, if it does), and the percentiles of
the answers' times in milliseconds: pipe, parsing, lookup, comparison and answer together; with --state, fdatasync as well.
With --most P99, exits with 1 when the 99th percentile is more."""
import argparse, subprocess, sys, threading, time

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("input")
ap.add_argument("--state")
ap.add_argument("--known", type=int, default=0)
ap.add_argument("--asked", type=int, default=20_000)
ap.add_argument("--command", default="copytaster stories --jsonl")
ap.add_argument("--most", type=float)
opt = ap.parse_args()

command = opt.command.split() + (["--state", opt.state] if opt.state else [])
program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
lines = open(opt.input, "rb")


def feed():
    for _ in range(opt.known):
        program.stdin.write(lines.readline())
    program.stdin.flush()


start = time.perf_counter()
feeder = threading.Thread(target=feed)
feeder.start()
for _ in range(opt.known):
    if not program.stdout.readline():
        sys.exit("the program ended early")
feeder.join()
print("known %d: %.2f s" % (opt.known, time.perf_counter() - start), flush=True)

times = []
for line in lines:
    if len(times) == opt.asked:
        break
    begin = time.perf_counter()
    program.stdin.write(line if line.endswith(b"\n") else line + b"\n")
    program.stdin.flush()
    if not program.stdout.readline():
        sys.exit("the program ended early")
    times.append(time.perf_counter() - begin)
program.stdin.close()
program.wait()
if not times:
    sys.exit("nothing was asked")
times.sort()
at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000
print("asked %d: p50 %.3f ms, p90 %.3f, p99 %.3f, p99.9 %.3f, most %.1f" % (len(times), at(.5), at(.9), at(.99), at(.999), at(1)))
sys.exit(1 if opt.most is not None and at(.99) > opt.most else 0)
