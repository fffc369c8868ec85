#!/usr/bin/env python3
"""month.py [BIN] [--seed N]: thirty days of invented news through `copytaster stories`, with what must come out.

Five stories evolve over days: several outlets report in words of their own, their tolls are revised, two sources differ
on purpose. Around them stand 2,000 unrelated items, and 60 % of all lines are syndicated copies: word for word, with
another agency's dateline, cut short, with a page's furniture around, or with a typing error. Everything is drawn from a
seed with words made up here, so nothing in it is anybody's text.

Bars: every revision is told once and only once, rival figures are no revision, no story is split or merged wrongly
more than once. Exits with 1 when one of them is missed.
"""
import argparse
import collections
import json
import random
import subprocess
import sys

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("binary", nargs="?", default="copytaster")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--write", help="write the stream to this file and stop")
options = parser.parse_args()
rng = random.Random(options.seed)

SYLLABLES = ("bar bel cor dan del dor fen gar hal ist kar lan lor mar nor ost pel quin ral sen tar tol ul var wen yor zel "
             "ash bri cal dren esk fol gre hin jor kel lim mun nes obr pra rus ske tam urd vis").split()
VERBS = "approved rejected opened delayed inspected repaired praised questioned financed postponed expanded cancelled".split()
THINGS = ("bridge budget library harbour museum railway vaccine festival tunnel reservoir orchard stadium bakery archive "
          "greenhouse observatory ferry market theatre quarry vineyard lighthouse brewery hospital airport canal").split()
GROUPS = "council ministry committee union museum university court company agency board club federation".split()
REASONS = ("after months of talks|because costs had risen|to the surprise of its members|in spite of protests|"
           "as the season draws to a close|following a report by engineers|at the request of residents|"
           "with a narrow majority|without giving a reason|before the new rules take effect").split("|")
MANNERS = ("Work is to begin in spring|Nobody was willing to comment in public|A second vote is planned|"
           "The plans can be seen at the town hall|Costs are put at more than expected|Neighbours had asked for it|"
           "Experts had warned of delays|Two firms have offered to help|The mayor called it a fresh start").split("|")
OUTLETS = [f"outlet{n}.example" for n in range(12)]
FURNITURE = [
    "Sign in to save this page and get our evening letter with the stories that matter in your region.",
    "We use small files to remember what you like. You can change your mind at the foot of each page.",
]


def name():
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((3, 3, 4)))).capitalize()


def unrelated(number):
    """An article about nothing else in the stream."""
    town, person, group, thing = name(), f"{name()} {name()}", rng.choice(GROUPS), rng.choice(THINGS)
    sentences = [f"The {group} of {town} {rng.choice(VERBS)} the {thing} {rng.choice(REASONS)}, {person} said."]
    for _ in range(rng.randint(4, 8)):
        sentences.append(
            f"{name()} {rng.choice(GROUPS)} members {rng.choice(VERBS)} {name()}'s {rng.choice(THINGS)} "
            f"{rng.choice(REASONS)}, while {name()} {rng.choice(VERBS)} the {rng.choice(THINGS)} of {name()}.")
        if rng.random() < 0.5:
            sentences.append(f"{rng.choice(MANNERS)}, {name()} {name()} added.")
    return f"{town} {group} {rng.choice(VERBS)} {thing} {number}", sentences


EVENTS = [
    ("ferry", "capsized in heavy seas off", "coast guard", "Sailors' Union", "killed", "life jackets"),
    ("mine", "collapsed after an explosion near", "mines inspector", "Red Crescent", "killed", "ventilation shafts"),
    ("quake", "shook the hill towns around", "civil protection agency", "Doctors' League", "killed", "collapsed schools"),
    ("train", "left the rails on a curve outside", "railway board", "Drivers' Guild", "injured", "signal boxes"),
    ("flood", "swept through the river quarter of", "disaster office", "Aid Convoy", "killed", "broken levees"),
]


def event(kind):
    what, verb, official, rival, outcome, detail = kind
    place, region, person, helper = name(), name(), f"{name()} {name()}", f"{name()} {name()}"
    return dict(what=what, verb=verb, official=official, rival=rival, outcome=outcome, detail=detail, place=place,
                region=region, person=person, helper=helper)


def report(e, day, toll, rival, angle):
    """A report in an outlet's own words, with the official toll and perhaps a rival one."""
    people = f"{toll} people were {e['outcome']}"
    heads = [f"{e['place']} {e['what']}: {toll} {e['outcome']}", f"Toll of {e['place']} {e['what']} at {toll}",
             f"Rescuers search {e['place']} as {e['what']} toll reaches {toll}",
             f"{e['region']} mourns after {e['place']} {e['what']}"]
    leads = [f"At least {people} when a {e['what']} {e['verb']} {e['place']} in {e['region']}, the {e['official']} said.",
             f"The {e['official']} said that at least {people} in the {e['what']} that {e['verb']} {e['place']}, {e['region']}.",
             f"In {e['place']}, where a {e['what']} {e['verb']} the town, at least {people}, according to the {e['official']}."]
    middle = [
        (f"{e['person']}, who leads the rescue in {e['place']}, said crews were working through the {e['detail']}.",
         f"Crews dug all night, and their chief {e['person']} blamed the {e['detail']} for the slow progress.",
         f"It may take days to search every corner of {e['place']}, rescue leader {e['person']} warned reporters."),
        (f"Families waited outside the {e['place']} town hall while {e['person']} read out names.",
         f"Lists of the missing hang at the school of {e['place']}, where relatives sleep on gym mats.",
         f"A priest handed out soup to those who had lost their homes near {e['place']} on the first night."),
        (f"{e['helper']} of the {e['rival']} said that {e['region']} had ignored warnings about the {e['detail']}.",
         f"Letters that warned of the {e['detail']} went unanswered, {e['helper']} told a crowd in the square.",
         f"Prosecutors have seized papers on the {e['detail']}; {e['helper']} calls that ten years too late."),
        (f"Roads from {e['region']} to {e['place']} were closed for lorries with tents, {e['helper']} said.",
         f"Tents, cots and pumps are on their way from all over {e['region']} in a convoy of army lorries.",
         f"The only open road to {e['place']} is kept for ambulances, so volunteers have to walk the last miles."),
    ]
    middle = [sentences[angle % 3] for sentences in middle]
    rng.shuffle(middle)
    text = [leads[angle % 3]] + middle
    if rival:
        text.insert(2, f"The {e['rival']} said {rival} people were {e['outcome']}.")
    return heads[angle % 4], text


def copied(article, number):
    """A syndicated copy; the kind by chance."""
    text, kind = article["text"], rng.choice(("same", "dateline", "cut", "furniture", "typo", "headline"))
    title = article["title"]
    if kind == "dateline":
        text = f"{name().upper()} ({rng.choice(('Northern Wire', 'Coastal News'))}) - {text}"
    elif kind == "cut":
        parts = text.split("\n\n")
        text = "\n\n".join(parts[: max(2, len(parts) * 2 // 3)])
    elif kind == "furniture":
        text = f"{text}\n\n{rng.choice(FURNITURE)}"
    elif kind == "typo":
        words = text.split(" ")
        places = [n for n, word in enumerate(words) if word.islower() and word.isalpha() and len(word) > 6]
        if places:
            place = rng.choice(places)
            word = words[place]
            words[place] = word[:3] + word[4] + word[3] + word[5:]
            text = " ".join(words)
    elif kind == "headline":
        title = f"{title} - report"
    return dict(article, title=title, text=text, url=f"https://{rng.choice(OUTLETS)}/c/{number}", copy=kind)


def stream():
    items = []
    for number in range(2000):
        title, sentences = unrelated(number)
        items.append(dict(title=title, text="\n\n".join(sentences), minute=rng.randrange(30 * 1440), story=f"u{number}"))
    for number, kind in enumerate(EVENTS):
        e, start, toll = event(kind), (2 + 5 * number) * 1440, rng.randint(8, 20)
        for step in range(4):
            at = start + step * 900
            rival = toll + 7 + 12 * (step // 2) + rng.randint(0, 11) if step in (1, 3) else None
            # The agency's own report is revised in place; two other outlets write their own.
            if step == 0:
                agency_title, agency = report(e, step, toll, None, 0)
                base = toll
            text = [line.replace(f"{base} people", f"{toll} people") for line in agency]
            items.append(dict(title=agency_title.replace(str(base), str(toll)), text="\n\n".join(text), minute=at,
                              story=f"e{number}", revision=(f"e{number}", step, base if step == 0 else before, toll)))
            for angle in (1, 2):
                title, text = report(e, step, toll, rival, angle)
                if rival and angle == 1 and step == 3:
                    rival_revision = (f"e{number}", step, first_rival, rival)
                if rival and step == 1:
                    first_rival = rival
                items.append(dict(title=title, text="\n\n".join(text), minute=at + 120 * angle, story=f"e{number}"))
                if rival and angle == 1 and step == 3:
                    items[-1]["revision"] = rival_revision
            before, toll = toll, toll + rng.randint(3, 12)
    originals = len(items)
    for number in range(originals * 3 // 2):
        source = rng.choice(items[:originals])
        copy = copied({key: value for key, value in source.items() if key != "revision"}, number)
        copy["minute"] = source["minute"] + rng.randint(5, 600)
        copy["of"] = source
        items.append(copy)
    items.sort(key=lambda item: item["minute"])
    for number, item in enumerate(items):
        day, minute = divmod(item["minute"], 1440)
        item["id"] = f"m{number}"
        item["date"] = f"2031-{3 + day // 28:02d}-{1 + day % 28:02d}T{minute // 60:02d}:{minute % 60:02d}:00Z"
        item.setdefault("url", f"https://{OUTLETS[number % len(OUTLETS)]}/{number}")
    return items


items = stream()
lines = "".join(json.dumps({key: item[key] for key in ("id", "title", "text", "date", "url")}) + "\n" for item in items)
if options.write:
    open(options.write, "w").write(lines)
    sys.exit()
run = subprocess.run([options.binary, "stories", "--jsonl"], input=lines, capture_output=True, text=True, check=True)
out = {record["id"]: record for record in map(json.loads, run.stdout.splitlines())}
assert list(out) == [item["id"] for item in items], "one answer a line, in order"

copies = [item for item in items if "of" in item]
missed = [item for item in copies if "duplicate_of" not in out[item["id"]]]
false = [item for item in items if "of" not in item and "duplicate_of" in out[item["id"]]]
# A page's furniture is known when four texts had it; until then it passes for news.
fresh = set()
for text in FURNITURE:
    sightings = [item for item in items if text in item["text"]]
    texts = {}
    for item in sightings:
        if len(texts) < 4:
            fresh.add(id(item))
        texts[item["of"]["story"]] = True
missed = [item for item in missed if id(item) not in fresh]
wrong_updates = [item for item in items
                 if item["story"][0] == "u" and "update_of" in out[item["id"]] and id(item) not in fresh]
told = collections.Counter()
for item in items:
    answer = out[item["id"]]
    if item["story"][0] == "e" and "update_of" in answer:
        for change in answer.get("changes", []):
            if change["kind"] == "toll" and "from" in change:
                told[item["story"], change["from"] if isinstance(change["from"], int) else change["from"]["low"],
                     change["to"] if isinstance(change["to"], int) else change["to"]["low"]] += 1
revisions = [item["revision"] for item in items if "revision" in item and item["revision"][1] > 0]
untold = [r for r in revisions if told[r[0], r[2], r[3]] == 0]
twice = [r for r in revisions if told[r[0], r[2], r[3]] > 1]
invented = [key for key in told if key not in {(r[0], r[2], r[3]) for r in revisions}]
clusters, stories = collections.defaultdict(collections.Counter), collections.defaultdict(set)
for item in items:
    clusters[out[item["id"]]["story"]][item["story"]] += 1
    stories[item["story"]].add(out[item["id"]]["story"])
split = {story: len(ids) for story, ids in stories.items() if len(ids) > 1}
merged = {story: dict(content) for story, content in clusters.items() if len(content) > 1}
split_events = {story: count for story, count in split.items() if story[0] == "e"}
merged_events = {story: content for story, content in merged.items() if any(name[0] == "e" for name in content)}

print(f"{len(items)} lines, {len(copies)} copies ({100 * len(copies) / len(items):.0f} %)")
print(f"copies missed {len(missed)} {dict(collections.Counter(item['copy'] for item in missed))}, originals called copies {len(false)}, "
      f"unrelated called updates {len(wrong_updates)}")
print(f"revisions {len(revisions)}: untold {untold}, told more than once {twice}, revisions that are none {invented}")
print(f"stories split {len(split)}, the five {split_events}; merged {len(merged)}, with one of the five {merged_events}")
failed = (len(untold) > 0 or len(twice) > 0 or len(invented) > 0 or len(split) > 1 or len(merged) > 1 or len(false) > 0
          or len(wrong_updates) > 0 or len(missed) > len(copies) // 100)
print("failed" if failed else "all bars held")
sys.exit(failed)
