#!/usr/bin/env python3
"""make-name-words.py FAKER_WHEEL NAMES_SDIST: writes name-words.bin, the persons' names that the name tagger knows as words.

Sources, unpacked or as downloaded by pip: Faker (MIT), the given and family names of its locales as far as they are written in
Latin letters; names (public domain data of the US census of 1990), the commonest 20,000 family names and all given names.
The file: "CTNW", number of slots, then one slot of four bytes each: 30 bits of a word's hash and a bit each for given and family
name; 0 is free; little endian. Words are hashed as the tokenizer does: FNV-1a over UTF-8, ASCII letters made small."""
import importlib
import os
import re
import struct
import sys
import tarfile
import tempfile
import unicodedata
import zipfile

LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’-]{3,}$")
GIVEN, FAMILY = 1, 2


def forms(name):
    """The words of a name, with and without its accents."""
    for word in re.split(r'[ .]+', name):
        if LATIN.match(word) and word[0].isupper():
            yield word
            yield ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c))


def flat(value):
    return list(value) if isinstance(value, (dict, list, tuple, set)) else []


def faker(path, words):
    sys.path.insert(0, path)
    base = os.path.join(path, 'faker', 'providers', 'person')
    for locale in sorted(os.listdir(base)):
        if not os.path.isdir(os.path.join(base, locale)) or locale.startswith('__'):
            continue
        provider = importlib.import_module('faker.providers.person.' + locale).Provider
        for attribute in sorted(dir(provider)):
            kind = GIVEN if attribute.startswith('first_') else FAMILY if attribute.startswith('last_') else 0
            for name in flat(getattr(provider, attribute)) if kind else []:
                for word in forms(name) if isinstance(name, str) else []:
                    words[word] = words.get(word, 0) | kind


def census(path, words):
    for file, kind, limit in (('dist.all.last', FAMILY, 20_000), ('dist.male.first', GIVEN, 5_000),
                              ('dist.female.first', GIVEN, 5_000)):
        for number, line in enumerate(open(os.path.join(path, file))):
            if number < limit:
                for word in forms(line.split()[0].capitalize()):
                    words[word] = words.get(word, 0) | kind


def hash_of(word):
    value = 0xCBF29CE484222325
    for byte in word.encode():
        byte |= 0x20 if 0x41 <= byte <= 0x5A else 0
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def main():
    words = {}
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(sys.argv[1]).extractall(folder)
        faker(folder, words)
        tarfile.open(sys.argv[2]).extractall(folder, filter='data')
        census(next(d for d, _, files in os.walk(folder) if 'dist.all.last' in files), words)
    folded = {}
    for word, kinds in words.items():
        key = hash_of(word)
        folded[key] = folded.get(key, 0) | kinds
    size = 1 << (len(folded) * 3 // 2).bit_length()
    slots = [0] * size
    for key in sorted(folded):
        slot = key & size - 1
        while slots[slot]:
            slot = slot + 1 & size - 1
        slots[slot] = key >> 34 << 2 | folded[key]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'name-words.bin'), 'wb') as out:
        out.write(b'CTNW' + struct.pack('<I', size) + struct.pack(f'<{size}I', *slots))
    print(len(folded), 'words,', size, 'slots')


main()
