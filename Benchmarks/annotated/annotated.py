#!/usr/bin/env python3
"""annotated.py lint [FILE ...]
annotated.py jsonl [--half training|check|all] [FILE ...]
annotated.py score [--command 'copytaster extract --jsonl'] [--half check] [--errors N]

Reads the annotated news of README.md (all of articles/ when no file is named). `lint` names what is wrong, `jsonl` writes
{id, text, date, title, sentences, entities, dates, quotes, claims, casualties, events, places} with offsets in Unicode scalars,
`score` prints the normalised span F1 of names and the figures of times and quotations on one half."""
import argparse
import collections
import datetime
import glob
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ('PER', 'ORG', 'LOC', 'FAC', 'NORP', 'MISC')
FIELDS = {'q': 1, 'c': 2, 't': 4, 'e': 5}
OUTCOMES = ('killed', 'wounded', 'missing', 'displaced', 'detained', 'abducted')
STANCES = ('says', 'reports', 'claims', 'denies', 'warns', 'alleges')
NUMBER = re.compile(r'~?-?\d+(-\d+|\+)?$')
VALUE = re.compile(
    r'(\d{4}|\d{3}X|\d{2}XX|XXXX)(-(\d\d|XX|W\d\d|WXX|Q[1-4X]|H[12X]|SP|SU|FA|WI))?(-(\d\d|XX|[1-7]|WE))?'
    r'(T(\d\d(:\d\d)?(:\d\d)?Z?([+-]\d\d:\d\d)?|MO|AF|EV|NI|MI|DT|XX))?$|XXXX-XX-XXT(MO|AF|EV|NI|\d\d:\d\d)$|FY\d{4}$'
    r'|P([\dX.]+[YMWDQEC])+(T([\dX.]+[HMS])+)?$|PT([\dX.]+[HMS])+$|(PAST|PRESENT|FUTURE)_REF$|BC\d{4}$')


class Fault(Exception):
    pass


class Reader:
    """One line's marks: plain text, names, times and facts with offsets into it."""

    def __init__(self, line, base):
        self.line, self.at, self.base, self.out = line, 0, base, []
        self.names, self.times, self.facts = [], [], []
        self.read('')
        if self.at < len(line):
            raise Fault('a mark is closed that is not open: ' + line[self.at:self.at + 30])

    def here(self):
        return self.base + len(self.out)

    def read(self, closing):
        while self.at < len(self.line):
            c = self.line[self.at]
            if c == closing:
                return
            if c == '[':
                self.name()
            elif c == '{':
                self.fact()
            elif c in ']}|':
                return
            else:
                self.out.append(c)
                self.at += 1

    def name(self):
        end = self.line.find(']', self.at)
        part = self.line[self.at + 1:end]
        if end < 0 or part.count('|') != 1 or '[' in part or '{' in part:
            raise Fault('not [words|MARK]: ' + self.line[self.at:self.at + 40])
        words, mark = part.split('|')
        start = self.here()
        self.out.extend(words)
        span = (start, self.here(), mark[2:] if mark.startswith('T:') else mark, words)
        (self.times if mark.startswith('T:') else self.names).append(span)
        self.at = end + 1

    def fact(self):
        match = re.match(r'\{([qcte])\|', self.line[self.at:])
        if not match:
            raise Fault('no kind of fact: ' + self.line[self.at:self.at + 30])
        kind, start_of_mark = match.group(1), self.at
        self.at += match.end()
        fields = []
        for _ in range(FIELDS[kind]):
            end = self.line.find('|', self.at)
            if end < 0 or re.search(r'[\[\]{}]', self.line[self.at:end]):
                raise Fault('fields are missing: ' + self.line[start_of_mark:start_of_mark + 50])
            fields.append(self.line[self.at:end])
            self.at = end + 1
        start = self.here()
        self.read('}')
        if self.at >= len(self.line) or self.line[self.at] != '}':
            raise Fault('not closed, or too many fields: ' + self.line[start_of_mark:start_of_mark + 50])
        self.at += 1
        self.facts.append((kind, fields, start, self.here()))


def read(path):
    """The article of a file and its faults."""
    head, faults, text, sentences, title, places = {}, [], '', [], '', []
    names, times, facts, facts_of_block = [], [], [], []
    part, fresh = 'head', True
    for number, line in enumerate(open(path, encoding='utf-8').read().split('\n'), 1):
        try:
            if part == 'head':
                if not line.strip():
                    part = 'text' if head else 'head'
                elif ':' in line:
                    key, value = line.split(':', 1)
                    head[key.strip()] = value.strip()
                else:
                    raise Fault('no head line')
            elif line.strip() == '---':
                part = 'foot'
            elif part == 'foot':
                if line.strip():
                    match = re.match(r'place: *(.+?) *\| *([A-Z]{2})? *\| *(-?[\d.]+)[ ,]+(-?[\d.]+)$', line.strip())
                    if not match:
                        raise Fault('no place line: ' + line)
                    places.append({'name': match[1], 'country': match[2], 'lat': float(match[3]), 'lon': float(match[4])})
            elif not line.strip():
                fresh = True
            else:
                mark = re.match(r'(# |## |> |- )', line)
                body = line[mark.end():] if mark else line
                text += '' if not text else '\n\n' if fresh and not (mark and mark[0] == '- ') else '\n' if mark else ' '
                if mark and mark[0] == '- ':
                    text += '- '
                start = len(text)
                reader = Reader(body.strip(), start)
                text += ''.join(reader.out)
                sentences.append([start, len(text)])
                names += reader.names
                times += reader.times
                facts += reader.facts
                if mark and mark[0] == '# ' and not title:
                    title = ''.join(reader.out)
                fresh = bool(mark and mark[0] in ('# ', '## '))
        except Fault as fault:
            faults.append(f'{path}:{number}: {fault}')
    record = {'id': head.get('id', ''), 'text': text, 'date': head.get('published', ''), 'title': title,
              **{k: head.get(k, '') for k in ('topic', 'region', 'style')}, 'sentences': sentences,
              'entities': [{'start': s, 'end': e, 'type': t} for s, e, t, _ in names],
              'dates': [{'start': s, 'end': e, 'value': v} for s, e, v, _ in times],
              'quotes': [], 'claims': [], 'casualties': [], 'events': [], 'places': places}
    for kind, f, s, e in facts:
        span = {'start': s, 'end': e, 'text': text[s:e]}
        if kind == 'q':
            record['quotes'].append({**span, 'speaker': f[0]})
        elif kind == 'c':
            record['claims'].append({**span, 'source': f[0], 'stance': f[1]})
        elif kind == 't':
            record['casualties'].append({**span, 'outcome': f[0], 'number': f[1], 'who': f[2], 'source': f[3]})
        else:
            parts = [[x.strip() for x in y.split(';') if x.strip()] for y in f[1:3]]
            record['events'].append(
                {**span, 'type': f[0], 'actors': parts[0], 'targets': parts[1], 'place': f[3], 'date': f[4]})
    return record, faults


EVENTS = set(open(os.path.join(HERE, 'events.txt')).read().split())


def check(path, record):
    """What is wrong with an article that could be read."""
    out = []
    text = record['text']

    def fault(start, words):
        out.append(f'{path}: {words}: …{text[max(0, start - 25):start + 45]!r}')
    if record['id'] != os.path.basename(path)[:-4]:
        out.append(f'{path}: id is not the file\'s name')
    try:
        datetime.date.fromisoformat(record['date'])
    except ValueError:
        out.append(f'{path}: published is no day')
    if not record['title']:
        out.append(f'{path}: no headline')
    kinds = collections.defaultdict(set)
    for e in record['entities']:
        words = text[e['start']:e['end']]
        if e['type'] not in KINDS:
            fault(e['start'], f'{e["type"]} is no mark')
        if re.match(r'(the|a|an|The|A|An) ', words) or re.search(r"['’]s?$", words) or words != words.strip() or not words:
            fault(e['start'], f'{words!r} begins with an article, ends with a possessive, or has blanks around it')
        for side in (e['start'] - 1, e['end']):
            inner = e['start'] if side < e['start'] else e['end'] - 1
            if 0 <= side < len(text) and text[side].isalnum() and text[inner].isalnum():
                fault(e['start'], f'{words!r} is cut out of a word')
        kinds[words].add(e['type'])
    spans = sorted((e['start'], e['end']) for e in record['entities'] + record['dates'])
    # The commonest fault: a name that is marked elsewhere and not here.
    marked = {text[e['start']:e['end']] for e in record['entities'] if e['type'] in ('PER', 'ORG', 'LOC')}
    covered = set()
    for s, e in spans:
        covered.update(range(s, e))
    for words in sorted(marked, key=len, reverse=True):
        if len(words) < 3 or words.lower() == words:
            continue
        for match in re.finditer(r'(?<!\w)' + re.escape(words) + r'(?!\w)', text):
            if match.start() not in covered and match.end() - 1 not in covered:
                fault(match.start(), f'{words!r} is marked elsewhere, not here')
                covered.update(range(match.start(), match.end()))
    for d in record['dates']:
        if not VALUE.match(d['value']):
            fault(d['start'], f'{d["value"]!r} is no value of a time')
        try:
            day = datetime.date.fromisoformat(d['value'][:10])
            names = ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
            said = [n for n in names if re.search(r'\b' + n + r'\b', text[d['start']:d['end']].lower())]
            if said and said[0] != names[day.weekday()]:
                fault(d['start'], f'{d["value"]} is no {said[0]} but a {names[day.weekday()]}')
        except ValueError:
            pass
    for c in record['casualties']:
        if c['outcome'] not in OUTCOMES or not NUMBER.match(c['number']):
            fault(c['start'], f'toll {c["outcome"]!r} {c["number"]!r}')
    for c in record['claims']:
        if c['stance'] not in STANCES or not c['source']:
            fault(c['start'], f'claim {c["source"]!r} {c["stance"]!r}')
    for e in record['events']:
        if e['type'] not in EVENTS:
            fault(e['start'], f'{e["type"]!r} is no type of event')
    return out


def number(path):
    match = re.search(r'(\d+)\.txt$', path)
    return int(match[1]) if match else 0


def paths(files, half):
    files = files or sorted(glob.glob(os.path.join(HERE, 'articles', '*.txt')))
    if half == 'all':
        return files
    return [p for p in files if number(p) % 2 == (0 if half == 'check' else 1)]


def lint(options):
    faults, sentences, names, files = [], 0, 0, paths(options.files, 'all')
    for path in files:
        record, found = read(path)
        faults += found or check(path, record)
        sentences += len(record['sentences'])
        names += len(record['entities'])
    print('\n'.join(faults))
    print(f'{len(files)} articles, {sentences} sentences, {names} names, {len(faults)} faults')
    return 1 if faults else 0


def jsonl(options):
    for path in paths(options.files, options.half):
        record, faults = read(path)
        if faults:
            sys.exit('\n'.join(faults))
        print(json.dumps(record, ensure_ascii=False))


def normal(text, start, end):
    words = text[start:end]
    while True:
        m = re.match(r'''(the|a|an)\s+|["'“”‘’\s.,;:()]+''', words, re.I)
        if not m or m.end() == len(words):
            break
        start += m.end()
        words = words[m.end():]
    m = re.search(r'''(['’]s)?["'“”‘’\s,;:()]*$''', words)
    return start, end - (len(words) - m.start())


def f1(hits, guessed, gold):
    p, r = hits / max(1, guessed), hits / max(1, gold)
    return 100 * p, 100 * r, 200 * hits / max(1, guessed + gold)


def score(options):
    records = [read(p)[0] for p in paths(options.files, options.half)]
    lines = [{'id': r['id'], 'text': r['text'], 'title': r['title'], 'published': r['date']} for r in records]
    run = subprocess.run(options.command, shell=True, input='\n'.join(map(json.dumps, lines)) + '\n', text=True,
                         stdout=subprocess.PIPE, check=True)
    answers = {a['id']: a for a in map(json.loads, run.stdout.splitlines())}
    kinds = {'person': 'PER', 'organisation': 'ORG', 'place': 'LOC'}
    count = collections.Counter()
    wrong = []
    for r in records:
        a = answers.get(r['id'], {})
        if a.get('text') not in (None, r['text']):
            sys.exit(r['id'] + ': the text came back changed')
        t = r['text']
        guess = {(*normal(t, m['start'], m['end']), kinds.get(m['kind'])) for m in a.get('mentions', [])}
        guess = {g for g in guess if g[2]}
        gold = {(*normal(t, e['start'], e['end']), e['type']) for e in r['entities'] if e['type'] in kinds.values()}
        for k in ('PER', 'ORG', 'LOC'):
            g, o = {x for x in guess if x[2] == k}, {x for x in gold if x[2] == k}
            count.update({k + 'h': len(g & o), k + 'g': len(g), k + 'o': len(o)})
        wrong += [(r['id'], 'extra', x, t[x[0]:x[1]]) for x in guess - gold]
        wrong += [(r['id'], 'missed', x, t[x[0]:x[1]]) for x in gold - guess]
        times = {(x['start'], x['end']): x.get('value') for x in a.get('times', [])}
        gold = {(x['start'], x['end']): x['value'] for x in r['dates']}
        both = times.keys() & gold.keys()
        count.update({'Th': len(both), 'Tg': len(times), 'To': len(gold),
                      'Vh': sum((times[k] or '').lower() == gold[k].lower() for k in both)})
    out = {}
    for k in ('PER', 'ORG', 'LOC'):
        out[k] = f1(count[k + 'h'], count[k + 'g'], count[k + 'o'])
    out['names'] = f1(*(sum(count[k + x] for k in ('PER', 'ORG', 'LOC')) for x in 'hgo'))
    out['times'] = f1(count['Th'], count['Tg'], count['To'])
    out['times with value'] = f1(count['Vh'], count['Tg'], count['To'])
    for name, figures in out.items():
        print(f'{name:18s} P {figures[0]:5.1f}  R {figures[1]:5.1f}  F1 {figures[2]:5.1f}')
    for line in sorted(wrong, key=lambda x: (x[3], x[0]))[:options.errors]:
        print(*line)
    if options.json:
        json.dump(out, open(options.json, 'w'))
    if out['names'][2] < options.floor:
        sys.exit(f'names: F1 below {options.floor}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='name', required=True)
    for name, run, half in (('lint', lint, 'all'), ('jsonl', jsonl, 'all'), ('score', score, 'check')):
        sub = commands.add_parser(name)
        sub.set_defaults(run=run)
        sub.add_argument('files', nargs='*')
        sub.add_argument('--half', choices=('training', 'check', 'all'), default=half)
        sub.add_argument('--command', default='copytaster extract --jsonl')
        sub.add_argument('--errors', type=int, default=0)
        sub.add_argument('--json')
        sub.add_argument('--floor', type=float, default=0)
    options = parser.parse_args()
    sys.exit(options.run(options))


main()
