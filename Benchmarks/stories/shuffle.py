#!/usr/bin/env python3
"""shuffle.py SCORER DATA [--seeds 1,2,3]: shuffles every stream of DATA/dedup within its days and runs score_dedup.py on
each shuffle, so that a figure that hangs on one order of arrival shows itself.

Articles of one lineage keep their order among each other: a longer text that comes after its own excerpt is an update and
no copy, so the labels hold for that order only."""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("scorer")
parser.add_argument("data")
parser.add_argument("--seeds", default="1,2,3")
options = parser.parse_args()


def lines(path):
    with open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write(path, records):
    with open(path, "w", encoding="utf8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def shuffled(records, seed):
    days = {}
    for record in records:
        days.setdefault(record["date"][:10], []).append(record)
    for day in days.values():
        random.Random(seed).shuffle(day)
    return [record for day in days.values() for record in day]


def in_old_order(order, records, group):
    """The shuffled order with each group's members in the order they had, on the places the group has now."""
    members = {}
    for record in records:
        members.setdefault(group(record), []).append(record)
    left = {key: iter(value) for key, value in members.items()}
    return [next(left[group(record)]) for record in order]


folder = os.path.join(options.data, "dedup")
for seed in options.seeds.split(","):
    with tempfile.TemporaryDirectory() as scratch:
        target = os.path.join(scratch, "dedup")
        os.mkdir(target)
        for name in ("neardup", "natural", "story_news2017", "story_uci"):
            records = lines(os.path.join(folder, name + ".jsonl"))
            gold = lines(os.path.join(folder, name + ".gold.jsonl"))
            order = shuffled(records, seed)
            lineage = {label["id"]: label["family"] for label in gold} if name == "neardup" else {}
            for label in gold if name == "natural" else []:
                lineage[label["id"]] = lineage[label["other"]] = lineage.get(label["other"], label["other"])
            if lineage:
                order = in_old_order(order, records, lambda record: lineage.get(record["id"], record["id"]))
            place = {record["id"]: number for number, record in enumerate(order)}
            write(os.path.join(target, name + ".jsonl"), order)
            write(os.path.join(target, name + ".gold.jsonl"), sorted(gold, key=lambda label: place[label["id"]]))
        print(f"== seed {seed}", flush=True)
        subprocess.run([sys.executable, options.scorer, "--data", scratch, "--peers", "none"], check=True)
