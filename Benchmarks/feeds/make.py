#!/usr/bin/env python3
"""Makes the corpus that the feed reader's speed is measured on: make.py FOLDER [--feeds 200] [--seed 1]

About 43 MB of RSS and Atom, all text made up from the seed: bodies as escaped HTML, CDATA and XHTML, eight scripts, character
references, the usual namespaces and dates, four encodings, and 3 % of the feeds damaged.
"""
import argparse
import html
import pathlib
import random

SCRIPTS = {
    "en": ("abcdefghiklmnoprstuw", 46), "de": ("abdefghiklmnorstuwzäöüß", 12), "fr": ("abcdeilmnoprstuvéèàç", 8),
    "ru": ("абвгдежзиклмнопрстуфхчшыя", 12), "el": ("αβγδεζηθικλμνοπρστυφω", 5), "ar": ("ابتثجحدرزسشعفقكلمنهوي", 6),
    "zh": ("的一是不了人我在有他这中大来上个国", 6), "hi": ("अआइउकखगचजतदनपबमयरलवसह", 5),
}
TAGS = ["p", "p", "p", "p", "blockquote", "h2", "li"]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.words = {}
        for name, (letters, _) in SCRIPTS.items():
            longest = 3 if name == "zh" else 11
            self.words[name] = ["".join(self.rng.choices(letters, k=self.rng.randint(2, longest))) for _ in range(1500)]

    def sentence(self, script, low=6, high=22):
        words = self.rng.choices(self.words[script], k=self.rng.randint(low, high))
        text = " ".join(words)
        return text[:1].upper() + text[1:]

    def body(self, script, size):
        rng, out, length = self.rng, [], 0
        while length < size:
            tag = rng.choice(TAGS)
            inner = ". ".join(self.sentence(script) for _ in range(rng.randint(2, 5)))
            if rng.random() < 0.4:
                inner += f' <a href="https://www.site{rng.randint(1, 99)}.example/a/{rng.randint(1, 9999)}?x=1&amp;y={rng.randint(1, 9)}">' \
                         f'{self.sentence(script, 1, 4)}</a> &#8217;&nbsp;&eacute;&#8212; {self.sentence(script)}'
            if rng.random() < 0.15:
                inner += f'<br/><img src="/pictures/{rng.randint(1, 9999)}.jpg" alt="{self.sentence(script, 2, 5)}" width="640" ' \
                         'height="360" class="wide" onclick="show()" style="float: left"/>'
            piece = f"<{tag}>{inner}.</{tag}>\n"
            out.append(piece)
            length += len(piece.encode())
        return "".join(out)

    def when(self, atom):
        rng = self.rng
        year, month, day, hour, minute, second = 2024, rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), \
            rng.randint(0, 59), rng.randint(0, 59)
        if atom:
            return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}" + rng.choice(["Z", "+02:00", ".250Z"])
        return f"{rng.choice(DAYS)}, {day:02} {MONTHS[month - 1]} {year} {hour:02}:{minute:02}:{second:02} " + \
            rng.choice(["GMT", "+0000", "-0500", "EST"])

    def rss(self, number, script, items):
        rng = self.rng
        site = f"https://paper{number}.example"
        head = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
 <title>{self.sentence(script, 2, 4)}</title>
 <atom:link href="{site}/feed" rel="self" type="application/rss+xml"/>
 <link>{site}/</link>
 <description>{self.sentence(script)}</description>
 <lastBuildDate>{self.when(False)}</lastBuildDate><language>{script}</language>
 <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency><ttl>60</ttl>
"""
        out = []
        section = rng.random() < 0.5
        for item in range(items):
            body = self.body(script, rng.randint(2500, 11000))
            lede = self.sentence(script, 20, 60)
            encoded = f"<![CDATA[{body}]]>" if section else html.escape(body)
            out.append(f"""<item>
 <title>{html.escape(self.sentence(script, 5, 12))}{" &#8211; &quot;live&quot;" if item % 7 == 0 else ""}</title>
 <link>{site}/{item}/{rng.randint(1, 10**9)}.html</link>
 <dc:creator><![CDATA[{self.sentence(script, 2, 2)}]]></dc:creator>
 <pubDate>{self.when(False)}</pubDate>
 <category><![CDATA[{self.sentence(script, 1, 1)}]]></category><category>{self.sentence(script, 1, 2)}</category>
 <guid isPermaLink="false">{site}/?p={item}</guid>
 <description>{"<![CDATA[" + lede + "]]>" if section else lede}</description>
 <content:encoded>{encoded}</content:encoded>
 <media:thumbnail url="{site}/t/{item}.jpg" width="200" height="150"/>
</item>
""")
        return head, out, "</channel>\n</rss>\n"

    def atom(self, number, script, items):
        rng = self.rng
        site = f"https://log{number}.example"
        head = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{script}" xml:base="{site}/">
 <title type="text">{self.sentence(script, 2, 4)}</title>
 <id>tag:log{number}.example,2020:feed</id><updated>{self.when(True)}</updated>
 <link rel="alternate" type="text/html" href="{site}/"/><link rel="self" href="feed.atom"/>
 <author><name>{self.sentence(script, 2, 2)}</name><email>desk@log{number}.example</email></author>
"""
        out = []
        form = rng.choice(["html", "html", "section", "xhtml"])
        for item in range(items):
            body = self.body(script, rng.randint(2500, 11000))
            if form == "xhtml":
                body = body.replace("&nbsp;", "&#160;").replace("&eacute;", "&#233;")
                content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content>'
            elif form == "section":
                content = f'<content type="html"><![CDATA[{body}]]></content>'
            else:
                content = f'<content type="html">{html.escape(body)}</content>'
            out.append(f"""<entry>
 <title type="html">{html.escape(html.escape(self.sentence(script, 5, 12)))}</title>
 <link rel="alternate" type="text/html" href="/{item}/{rng.randint(1, 10**9)}"/>
 <id>tag:log{number}.example,2020:{item}</id>
 <published>{self.when(True)}</published><updated>{self.when(True)}</updated>
 <author><name>{self.sentence(script, 2, 2)}</name><uri>/people/{rng.randint(1, 99)}</uri></author>
 <category term="{self.sentence(script, 1, 1)}"/>
 <summary type="text">{self.sentence(script, 20, 60)}</summary>
 {content}
</entry>
""")
        return head, out, "</feed>\n"

    def damage(self, items):
        place = self.rng.randrange(len(items))
        items[place] = self.rng.choice([
            lambda item: item.replace("</title>", "", 1), lambda item: item.replace("<title", "<title a=1 a=1", 1),
            lambda item: item.replace("</item>", "").replace("</entry>", ""), lambda item: item.replace("]]>", "", 1),
            lambda item: "</b>" + item.replace(". ", " & ", 1), lambda item: item.replace(". ", ".\x08 ", 1),
        ])(items[place])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    maker = Maker(options.seed)
    scripts, weights = list(SCRIPTS), [weight for _, weight in SCRIPTS.values()]
    total = 0
    for number in range(options.feeds):
        rng = maker.rng
        script = rng.choices(scripts, weights)[0]
        kind = maker.rss if rng.random() < 0.65 else maker.atom
        head, items, tail = kind(number, script, max(3, int(rng.expovariate(1 / 25))))
        if number % 33 == 5:
            maker.damage(items)
        encoding = "utf-8"
        if number % 25 == 7:
            encoding = {"ru": "windows-1251", "en": "iso-8859-1", "de": "windows-1252", "fr": "windows-1252"}.get(script, "utf-8")
        elif number % 50 == 9:
            encoding = "utf-16"
        text = f'<?xml version="1.0" encoding="{encoding}"?>\n' + head + "".join(items) + tail
        data = text.encode(encoding, "xmlcharrefreplace")
        (options.folder / f"{number:03}.xml").write_bytes(data)
        total += len(data)
    print(f"{options.feeds} feeds, {total / 1e6:.1f} MB in {options.folder}")


if __name__ == "__main__":
    main()
