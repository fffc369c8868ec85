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

    def piece(self, script):
        rng = self.rng
        site = f"https://www.site{rng.randint(1, 99)}.example"
        roll = rng.random()
        if roll < 0.2:
            small, large = (f"{site}/pictures/2024/{rng.randint(1, 9999)}-{width}.jpg" for width in (300, 1024))
            return (f'<figure class="wp-block-image size-large"><img src="{large}" alt="{self.sentence(script, 2, 5)}" width="1024" '
                    f'height="683" class="wp-image-{rng.randint(1, 9999)}" srcset="{large} 1024w, {small} 300w" onclick="show()" '
                    f'style="float: left"/><figcaption>{self.sentence(script, 4, 9)}</figcaption></figure>')
        if roll < 0.3:
            items = "".join(f"<li>{self.sentence(script, 3, 9)}</li>" for _ in range(rng.randint(2, 5)))
            return f'<ul class="wp-block-list">{items}</ul>'
        text = f"{self.sentence(script)}, <em>{self.sentence(script, 1, 3)}</em>. {self.sentence(script)}&#8217;&nbsp;&eacute;"
        if roll < 0.7:
            text += (f' <a href="{site}/a/{rng.randint(1, 9999)}?utm_source=rss&amp;y={rng.randint(1, 9)}" target="_blank" '
                     f'rel="noopener">{self.sentence(script, 1, 4)}</a> <strong>{self.sentence(script, 1, 3)}</strong>&#8212;'
                     f'{self.sentence(script, 3, 9)}<br/>')
        return f'<p class="has-text-align-left">{text}.</p>'

    def body(self, script, size):
        out, length = [], 0
        while length < size:
            piece = self.piece(script) + "\n"
            out.append(piece)
            length += len(piece.encode())
        return "".join(out)

    def size(self, items):
        """Long feeds carry teasers, short ones whole articles."""
        return self.rng.randint(150, 900) if items > 40 else self.rng.randint(2500, 12000)

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
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
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
            body = self.body(script, self.size(items))
            lede = self.sentence(script, 20, 60)
            encoded = f"<![CDATA[{body}]]>" if section else html.escape(body)
            out.append(f"""<item>
 <title>{html.escape(self.sentence(script, 5, 12))}{" &#8211; &quot;live&quot;" if item % 7 == 0 else ""}</title>
 <link>{site}/{item}/{rng.randint(1, 10**9)}.html</link>
 <dc:creator><![CDATA[{self.sentence(script, 2, 2)}]]></dc:creator>
 <pubDate>{self.when(False)}</pubDate>
 <category><![CDATA[{self.sentence(script, 1, 1)}]]></category><category>{self.sentence(script, 1, 2)}</category>
 <category><![CDATA[{self.sentence(script, 1, 2)}]]></category>
 <guid isPermaLink="false">{site}/?p={item}</guid>
 <comments>{site}/{item}/#comments</comments><slash:comments>{item % 9}</slash:comments>
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
            body = self.body(script, self.size(items))
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
        head, items, tail = kind(number, script, rng.choice([10, 10, 15, 20, 25, 30, 30, 50, 100]))
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
