#!/usr/bin/env python3
"""Feed reading beside fastfeedparser on the same corpus, in MB per second of processor time, of the best of several rounds.

compare.py FOLDER [--copytaster .build/release/copytaster] [--python PYTHON WITH fastfeedparser] [--times 20]

FOLDER is what make.py wrote. Exit status 1 when a goal is missed: 700 MB/s alone, 150 MB/s with sanitised output, 40 MB of
memory, five times the peer.
"""
import argparse
import json
import subprocess
import sys

PEER = """
import json, pathlib, sys, time
import fastfeedparser
best = 0
for _ in range(int(sys.argv[2])):
    size = cpu = entries = refused = 0
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        data = path.read_bytes()
        start = time.process_time()
        try: entries += len(fastfeedparser.parse(data).entries)
        except Exception: refused += 1
        cpu += time.process_time() - start
        size += len(data)
    best = max(best, size / 1e6 / cpu)
print(json.dumps({"mb_per_s": best, "entries": entries, "refused": refused}))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--copytaster", default=".build/release/copytaster")
    parser.add_argument("--python")
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    ours = json.loads(subprocess.check_output([options.copytaster, "feed", "--measure", str(options.times), options.folder]))
    print(f"copytaster: {ours['read_mb_per_s']:.0f} MB/s, with sanitised output {ours['sanitised_mb_per_s']:.0f} MB/s, "
          f"{ours['entries']} entries, peak {ours['peak_mb']:.1f} MB")
    passed = ours["read_mb_per_s"] >= 700 and ours["sanitised_mb_per_s"] >= 150 and ours["peak_mb"] <= 40
    if options.python:
        peer = json.loads(subprocess.check_output([options.python, "-c", PEER, options.folder, str(options.times)]))
        factor = ours["read_mb_per_s"] / peer["mb_per_s"]
        print(f"fastfeedparser: {peer['mb_per_s']:.0f} MB/s, {peer['entries']} entries, {peer['refused']} refused; "
              f"copytaster is {factor:.1f} times as fast")
        passed = passed and factor >= 5
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
