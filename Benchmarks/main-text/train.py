#!/usr/bin/env python3
"""Learns the weights of the main text and prints Config/lexicon/main-text.tsv.

Usage: train.py MANIFEST 'COMMAND' [--folds 5] [--trees 72] [--all] > main-text.tsv

MANIFEST is a JSON array of {id, source, url, html, text}, paths relative to it: pages with the full text of their
article. Only openly licensed annotations belong here. COMMAND is `copytaster train blocks`: it reads JSON lines
{id, path, url} and prints what the model sees of every block; --weights FILE makes it use other weights.
Needs numpy and lightgbm (pip install numpy lightgbm==4.6.0). The result is the same on every run.

Pages are split by domain: four fifths teach, one fifth checks (half and half with --half). Words' weights that a row
of features holds are always learnt on other domains than the row's own, by cross-fitting, and the figures for the
teaching part are those of cross-validation. Figures go to standard error.
"""

import argparse
import collections
import hashlib
import json
import math
import os
import re
import shlex
import subprocess
import sys
import tempfile

import lightgbm
import numpy

WORD = re.compile(r"\w+")
# The annotation whose licence (CC-BY 4.0) allows weights to be learnt from it.
SOURCE = "wcxb-articles"


def shingles(words, width=4):
    return collections.Counter(tuple(words[i : i + width]) for i in range(max(1, len(words) - width + 1)) if words)


def domain(page):
    host = re.sub(r"^https?://(www\.)?", "", page["url"] or page["id"]).split("/")[0]
    return ".".join(host.split(".")[-2:])


def bucket(name, count, salt=""):
    return int(hashlib.md5((salt + name).encode()).hexdigest(), 16) % count


class Page:
    def __init__(self, entry, folder):
        self.entry = entry
        self.id = entry["id"]
        self.domain = domain(entry)
        self.truth_lines = open(os.path.join(folder, entry["text"]), encoding="utf8").read()
        self.truth = WORD.findall(self.truth_lines)

    def read(self, record):
        self.blocks = record.get("blocks", [])
        for block in self.blocks:
            block["tokens"] = WORD.findall(block["text"])
        self.label()

    def label(self):
        """A block is the article's when most of its 4-shingles stand in the truth; short ones are judged in place."""
        known = set(shingles(self.truth))
        lines = {tuple(WORD.findall(line)) for line in self.truth_lines.split("\n")}
        places = collections.Counter(tuple(self.truth[i : i + 4]) for i in range(len(self.truth) - 3))
        seen = collections.Counter()
        for index, block in enumerate(self.blocks):
            words = block["tokens"]
            if len(words) >= 4:
                grams = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
                block["y"] = sum(g in known for g in grams) / len(grams) >= 0.5
            else:
                before = self.blocks[index - 1]["tokens"][-3:] if index else []
                after = self.blocks[index + 1]["tokens"][:3] if index + 1 < len(self.blocks) else []
                grams = [tuple((before + words)[-4:]), tuple((words + after)[:4])]
                block["y"] = bool(words) and (tuple(words) in lines or any(g in known for g in grams if len(g) == 4))
            key = tuple(words)
            if len(key) >= 8:
                seen[key] += 1
                if seen[key] > 1 and places[key[:4]] < seen[key]:
                    block["y"] = False

    def counts(self, keep):
        words = [w for block, kept in zip(self.blocks, keep) if kept for w in block["tokens"]]
        truth, found = shingles(self.truth), shingles(words)
        shared = sum((truth & found).values())
        false, missed = sum((found - truth).values()), sum((truth - found).values())
        total = shared + false + missed
        return (shared / total, false / total, missed / total) if total else (0.0, 0.0, 0.0)


def figures(pages, scores, threshold):
    rows = [page.counts(scores[page.id] >= threshold) for page in pages]
    precision = numpy.mean([1.0 if f == m == 0 else s / (s + f) for s, f, m in rows if s + f > 0])
    recall = numpy.mean([1.0 if f == m == 0 else s / (s + m) for s, f, m in rows if s + m > 0])
    return 2 * precision * recall / (precision + recall), precision, recall


def odds(pages, key, domains, least):
    """Log-odds of words, each page speaking once, by the words of the blocks they stand in or over."""
    sums = collections.defaultdict(lambda: [0.0, 0.0])
    seen = collections.defaultdict(set)
    for page in pages:
        own = collections.defaultdict(lambda: [0.0, 0.0])
        for block in page.blocks:
            for word in set(block.get(key, [])):
                own[word][block["y"]] += min(len(block["tokens"]), 40)
        for word, (against, for_) in own.items():
            if against + for_ > 0:
                sums[word][0] += against / (against + for_)
                sums[word][1] += for_ / (against + for_)
                seen[word].add(page.domain)
    found = {}
    for word, (against, for_) in sums.items():
        value = math.log((for_ + 0.5) / (against + 0.5))
        if len(seen[word]) >= domains and abs(value) >= least:
            found[word] = value
    return found


KINDS = (("class", "class", 5, 0.3), ("line", "line", 6, 0.5))


def word_lines(pages, kinds=KINDS):
    lines = []
    for kind, key, domains, least in kinds:
        for word, value in sorted(odds(pages, key, domains, least).items()):
            lines.append(f"{kind}\t{word}\t{value:.2f}")
    return lines


def study(pages, command, weights=None):
    """The command's records of some pages."""
    arguments = shlex.split(command) + (["--weights", weights] if weights else [])
    lines = "".join(json.dumps({"id": p.id, "path": p.path, "url": p.entry["url"]}) + "\n" for p in pages)
    result = subprocess.run(arguments, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def rows(pages, command, lines):
    """Feature rows of some pages under given words' weights."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf8") as weights:
        weights.write("\n".join(lines) + "\n")
        weights.flush()
        records = study(pages, command, weights.name)
    found = {}
    for page, record in zip(pages, records):
        blocks = record.get("blocks", [])
        # A link among links is never text: it has no row.
        page.asked = [index for index, block in enumerate(blocks) if "row" in block]
        table = [numpy.array(blocks[index]["row"].split(), dtype=numpy.float32) for index in page.asked]
        found[page.id] = numpy.stack(table) if table else None
    return found


def train(pages, tables, trees):
    """Learns from rows with the lines' words and from rows without: pages come in languages whose words are unknown."""
    features, labels, weights = [], [], []
    for table, share in tables:
        for page in pages:
            if table.get(page.id) is None:
                continue
            features.append(table[page.id])
            blocks = [page.blocks[index] for index in page.asked]
            labels += [block["y"] for block in blocks]
            size = max(50, sum(len(block["tokens"]) for block in page.blocks if block["y"]))
            weights += [share * (max(1, len(block["tokens"])) / size) ** 0.7 for block in blocks]
    features, labels = numpy.concatenate(features), numpy.array(labels).astype(int)
    options = dict(
        objective="binary", num_leaves=15, learning_rate=0.13, min_data_in_leaf=60, feature_fraction=0.3,
        bagging_fraction=0.7, bagging_freq=1, max_bin=63, seed=1, deterministic=True, num_threads=2, verbose=-1,
    )
    return lightgbm.train(options, lightgbm.Dataset(features, labels, weight=weights), trees)


def predict(model, page, table):
    scores = numpy.full(len(page.blocks), -9.0)
    if table.get(page.id) is not None:
        scores[page.asked] = model.predict(table[page.id], raw_score=True)
    return scores


def tree_line(tree):
    nodes, leaves = [], []

    def visit(node):
        if "leaf_value" in node:
            leaves.append(f"{node['leaf_value']:.4f}")
            return -len(leaves)
        place = len(nodes)
        nodes.append(None)
        left, right = visit(node["left_child"]), visit(node["right_child"])
        nodes[place] = f"{node['split_feature']},{numpy.float32(node['threshold'])},{left},{right}"
        return place

    visit(tree["tree_structure"])
    return "tree\t" + " ".join(nodes) + "\t" + " ".join(leaves)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("manifest")
    parser.add_argument("command")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--trees", type=int, default=72)
    parser.add_argument("--all", action="store_true", help="print weights learnt from all pages, after the figures of the split")
    parser.add_argument("--half", action="store_true", help="half of the domains check instead of a fifth")
    parser.add_argument("--strange", type=float, default=0.4, help="weight of the rows without the lines' words")
    parser.add_argument("--threshold", type=float, default=-0.25, help="log-odds from which a block is kept")
    options = parser.parse_args()
    folder = os.path.dirname(os.path.abspath(options.manifest))
    entries = json.load(open(options.manifest, encoding="utf8"))
    pages = [Page(e, folder) for e in entries if e.get("text") and e["source"] == SOURCE]
    for page in pages:
        page.path = os.path.join(folder, page.entry["html"])
    for page, record in zip(pages, study(pages, options.command)):
        page.read(record)
    parts = 2 if options.half else 5
    teach = [page for page in pages if bucket(page.domain, parts) != 0]
    check = [page for page in pages if bucket(page.domain, parts) == 0]
    fold = {page.id: bucket(page.domain, options.folds, "fold") for page in teach}

    # Rows of the teaching pages, each under words' weights from other domains.
    table, strange = {}, {}
    for number in range(options.folds):
        own = [page for page in teach if fold[page.id] == number]
        others = [page for page in teach if fold[page.id] != number]
        table |= rows(own, options.command, word_lines(others))
        strange |= rows(own, options.command, word_lines(others, KINDS[:1]))
    tables = [(table, 1), (strange, options.strange)] if options.strange else [(table, 1)]
    lines = word_lines(teach)
    table |= rows(check, options.command, lines)

    scores = {}
    for number in range(options.folds):
        model = train([page for page in teach if fold[page.id] != number], tables, options.trees)
        scores |= {page.id: predict(model, page, table) for page in teach if fold[page.id] == number}
    model = train(teach, tables, options.trees)
    scores |= {page.id: predict(model, page, table) for page in check}
    for threshold in (-0.5, -0.25, 0.0, 0.25, 0.5, options.threshold):
        for name, part in (("teach, cross-validated", teach), ("check", check)):
            found = "F1 %.4f P %.4f R %.4f" % figures(part, scores, threshold)
            print(f"threshold {threshold:+.2f}  {name} ({len(part)} pages): {found}", file=sys.stderr)

    if options.all:
        tables = [(table | rows(check, options.command, word_lines(teach)), 1)]
        if options.strange:
            tables.append((strange | rows(check, options.command, word_lines(teach, KINDS[:1])), options.strange))
        model = train(pages, tables, options.trees)
        lines = word_lines(pages)

    print("# Weights of the main text: words of class names and of short lines, then decision trees over the features")
    print("# of Sources/ExtractionCore/Articles/BlockFeatures.swift. Made by Benchmarks/main-text/train.py from the")
    print("# annotations of WCXB (CC-BY 4.0); numbers, no text. Columns: kind, word or tree, weight or leaves")
    print("\n".join(lines))
    print(f"threshold\t{options.threshold}")
    print("\n".join(tree_line(tree) for tree in model.dump_model()["tree_info"]))


if __name__ == "__main__":
    main()
