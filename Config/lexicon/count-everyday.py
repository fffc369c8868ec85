#!/usr/bin/env python3
"""Counts the words that texts write in small letters twice or more, and prints everyday.tsv.

Usage: count-everyday.py FILE.jsonl … > everyday.tsv
Each line of a file is an object with a member "text". Only openly licensed corpora belong here, and none that the
program is measured on: see README.md.
"""

import collections
import json
import re
import sys

HEADER = """\
# Everyday English words: those that GUM, wikigold and the training part of WNUT 17 (all CC-BY 4.0) write in small
# letters twice or more, and no less often than with a capital inside a sentence. Made by count-everyday.py; a list of
# words, no text. Columns: form
"""


def main(paths):
    counts = collections.Counter()
    capitals = collections.Counter()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                text = re.sub(r"\S*(?:://|@|#|www\.)\S*", " ", text)
                counts.update(re.findall(r"(?<![\w'’.-])[a-z][a-z'-]*[a-z](?![\w])", text))
                capitals.update(word.lower() for word in re.findall(r"(?<=[a-z] )[A-Z][a-z'-]*[a-z](?![\w])", text))
    sys.stdout.write(HEADER)
    # Names that people write in small letters, too ("america"), stand mostly in capitals.
    for word in sorted(word for word, count in counts.items() if count >= 2 and count >= capitals[word]):
        sys.stdout.write(word + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
