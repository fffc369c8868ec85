#!/usr/bin/env python3
"""Feeds that nobody should send: hostile.py [COPYTASTER] [--only WORD]

Each is read by `copytaster feed` under a second and under 256 MB, and its good items come out. Exit status 1 when one fails.
"""
import argparse
import json
import subprocess
import sys
import tempfile

SECONDS = 1.0
MEGABYTES = 256
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
END = b"</channel></rss>"


def item(number):
    return f"<item><guid>good{number}</guid><title>Good {number}</title></item>".encode()


def rss(*parts):
    """A good item before, between and after the parts."""
    out = [RSS, item(0)]
    for number, part in enumerate(parts, 1):
        out += [part, item(number)]
    return b"".join(out) + END


def inside(field, text):
    return b"<item><" + field + b">" + text + b"</" + field + b"></item>"


def cases():
    deep = 200_000
    yield "200,000 nested tags, closed", 2, rss(inside(b"description", b"<b>" * deep + b"</b>" * deep))
    yield "200,000 nested tags, open", 2, rss(inside(b"description", b"<b>" * deep))
    yield "200,000 nested tags of the same name", 2, rss(inside(b"description", b"<description>" * deep))
    yield "200,000 unknown tags between items", 2, rss(b"<x>" * deep)
    yield "2,000,000 stray end tags", 2, rss(b"</x></item></b>" * 700_000)
    yield "200,000 attributes", 2, rss(b"<item " + b" ".join(b'a%d="x"' % n for n in range(deep)) + b"><title>x</title></item>")
    yield "200,000 prefixes", 2, rss(b"<item " + b" ".join(b'xmlns:a%d="http://x/%d"' % (n, n) for n in range(deep)) + b"></item>")
    yield "one prefix bound in 15,000 tags", 2, rss(b'<item><a:b xmlns:a="http://x/"/></item>' * 15_000)
    yield "300,000 items", 20_000, RSS + b"".join(item(n) for n in range(300_000)) + END
    yield "300,000 open items", 20_000, RSS + b"<item><title>x</title>" * 300_000 + END
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 30))
    yield "an entity bomb", 2, RSS.replace(b"<rss", b'<!DOCTYPE x [<!ENTITY l0 "lol">' + laughs + b"]><rss") + item(0) \
        + inside(b"title", b"&l29;" * 1000) + item(1) + END
    yield "a long entity, 100,000 times", 2, RSS.replace(
        b"<rss", b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 100_000 + b'">]><rss') + item(0) + inside(b"title", b"&a;" * 100_000) + item(1) + END
    yield "a document type that is not closed", 2, RSS.replace(b"<rss", b"<!DOCTYPE x [ ><rss") + item(0) + item(1) + END
    yield "an attribute of 50 MB", 2, rss(b'<item><enclosure url="' + b"x" * 50_000_000 + b'"/><title>y</title></item>')
    yield "an attribute of 50 MB that is not closed", 1, RSS + item(0) + b'<item><enclosure url="' + b"x" * 50_000_000
    yield "a title of 50 MB", 2, rss(inside(b"title", b"x" * 50_000_000))
    yield "a body of 50 MB of references", 2, rss(inside(b"description", b"&lt;p&gt;" * 5_500_000))
    yield "a body of 50 MB of tags", 2, rss(inside(b"description", b"<![CDATA[" + b"<a href=x>" * 5_000_000 + b"]]>"))
    yield "a name of 50 MB", 2, rss(b"<item><" + b"x" * 50_000_000 + b"/></item>")
    yield "2,000,000 sections that are not closed", 2, rss(b"<item><description>" + b"<![CDATA[x" * 2_000_000 + b"</description></item>")
    yield "2,000,000 comments that are not closed", 2, rss(b"<!--x>" * 2_000_000)
    yield "2,000,000 instructions that are not closed", 2, rss(b"<?x>" * 2_000_000)
    yield "2,000,000 declarations with a bracket", 2, rss(b"<![x>" * 2_000_000)
    yield "2,000,000 quotation marks that are not closed", 2, rss(b"<a b=\"<a c='" * 1_000_000)
    yield "5,000,000 angles", 2, rss(b"<" * 5_000_000)
    yield "10,000,000 ampersands", 2, rss(inside(b"title", b"&" * 10_000_000))
    yield "a date of 10 MB", 2, rss(inside(b"pubDate", b"1:" * 5_000_000))
    yield "an author of 10 MB", 2, rss(inside(b"author", b"a@b (" * 2_000_000))
    yield "200,000 bases", 2, rss(b'<item><title xml:base="a/">x</title></item>' * 15_000 + b'<title xml:base="b/"/>' * 200_000)
    yield "nested bases", 2, rss(b'<x xml:base="aaaaaaaaaaaaaaaaaaaaaaaaaaaa/">' * 200_000)
    yield "200,000 authors", 2, b"<feed><entry><id>good0</id></entry><entry>" + b"<author><name>x</name></author>" * 200_000 \
        + b"</entry><entry><id>good1</id></entry></feed>"
    yield "200,000 links", 2, b"<feed><entry><id>good0</id></entry><entry>" + b'<link href="/x"/>' * 200_000 \
        + b"</entry><entry><id>good1</id></entry></feed>"
    good = b'{"id":"good0"},%s,{"id":"good1"}'
    feed = b'{"version":"https://jsonfeed.org/version/1","items":[' + good + b"]}"
    yield "JSON 200,000 deep", 2, feed % (b'{"x":' + b"[" * deep + b"]" * deep + b"}")
    yield "JSON 200,000 deep, open", 1, feed % (b'{"x":' + b"[" * deep)
    yield "JSON 200,000 objects deep", 2, feed % (b'{"x":' + b'{"a":' * deep + b"1" + b"}" * deep + b"}")
    yield "JSON of 300,000 items", 20_000, b'{"items":[' + b",".join(b'{"id":"good%d","title":"x"}' % n for n in range(300_000)) + b"]}"
    yield "JSON with a string of 40 MB", 2, feed % (b'{"content_text":"' + b"\\u0041" * 6_600_000 + b'"}')


# A process is charged with the memory of the one it was forked from, so a small one stands between.
STARTER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, file=sys.stderr)
"""


def run(program, name, wanted, data):
    with tempfile.NamedTemporaryFile() as source, tempfile.TemporaryFile() as out:
        source.write(data)
        source.flush()
        figures = subprocess.run([sys.executable, "-c", STARTER, program, "feed", source.name], stdout=out, stderr=subprocess.PIPE)
        status, cpu, memory = (float(figure) for figure in figures.stderr.split())
        out.seek(0)
        try:
            entries = json.load(out).get("entries", [])
        except ValueError:
            entries = []
    good = sum(str(entry.get("id", "")).startswith("good") for entry in entries)
    enough = len(entries) >= wanted if wanted > 100 else good >= wanted
    passed = status == 0 and enough and cpu < SECONDS and memory < MEGABYTES
    print(f"{'ok  ' if passed else 'FAIL'} {name:48s} {len(data) / 1e6:6.1f} MB  {cpu:5.2f} s  {memory:4.0f} MB  {good} good of {len(entries)}"
          + (f"  status {status:.0f}" if status else ""), flush=True)
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copytaster", nargs="?", default=".build/release/copytaster")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    results = [run(options.copytaster, name, wanted, data) for name, wanted, data in cases() if options.only in name]
    print(f"{sum(results)} of {len(results)} passed")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
