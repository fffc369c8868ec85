#!/usr/bin/env python3
"""train.py DATA [--keep]: learns Config/lexicon/name-model.bin anew and writes what it was made of beside it.

DATA holds gum_train_open.jsonl, wikigold.jsonl and wnut17_train.jsonl (objects of id, text, entities); our own news comes from
Benchmarks/annotated, the training half alone. The same inputs give the same bytes. --keep writes nothing and says whether the
file in place is what these inputs give. Needs copytaster on the PATH."""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
model = root / 'Config/lexicon/name-model.bin'
record = root / 'Config/lexicon/name-model.tsv'
# The open list: nothing else may teach what ships. Name, whether its conventions are those of news, licence, source.
OPEN = [
    ('annotated', True, 'as the project', 'Benchmarks/annotated, training half'),
    ('wikigold', True, 'CC-BY 4.0', 'Balasuriya et al. 2009'),
    ('wnut17_train', True, 'CC-BY 4.0', 'Derczynski et al. 2017'),
    ('gum_train_open', False, 'annotations CC-BY 4.0, texts CC-BY and CC-BY-SA by genre', 'Zeldes 2017'),
]
ARGUMENTS = ['--passes', '8', '--runs', '10', '--limit', '100000', '--blend', '0.3', '--eagerness', '400']


def main():
    data = pathlib.Path(sys.argv[1])
    lines = ['# What name-model.bin was learnt from by Benchmarks/names/train.py. Columns: input, licence, source, SHA-256',
             '# copytaster train names ' + ' '.join(ARGUMENTS)]
    with tempfile.TemporaryDirectory() as scratch:
        own = pathlib.Path(scratch, 'annotated.jsonl')
        own.write_bytes(subprocess.check_output(
            [sys.executable, root / 'Benchmarks/annotated/annotated.py', 'jsonl', '--half', 'training']))
        command = ['copytaster', 'train', 'names', *ARGUMENTS]
        for name, is_news, licence, source in OPEN:
            path = own if name == 'annotated' else data / (name + '.jsonl')
            lines.append('\t'.join([name, licence, source, hashlib.sha256(path.read_bytes()).hexdigest()]))
            command += ['--news', path] if is_news else [path]
        weights = subprocess.check_output(command, env={**os.environ})
    lines.append('\t'.join(['weights', '', '', hashlib.sha256(weights).hexdigest()]))
    if '--keep' in sys.argv:
        same = weights == model.read_bytes()
        print('the weights in place are', 'those' if same else 'NOT those', 'of these inputs')
        sys.exit(0 if same else 1)
    model.write_bytes(weights)
    record.write_text('\n'.join(lines) + '\n')
    print(len(weights), 'bytes')


main()
