"""What GeoNames has besides, and which of several places of one name are left out."""

import re
from collections import defaultdict

from inputs import LEXIQUE
from placing import NORTH
from rows import HOME, Row
from spelling import fold
from tables import NAMES

MAX_REGIONS = 8
KINDS = {"P": "village", "S": "camp", "H": "camp", "T": "mountain", "A": "commune"}


def from_geonames(g, geo):
    """What GeoNames has besides: villages of Mali, wells, camps and hills of its north, neighbours' villages."""
    for r in geo.rows:
        name, key, code = r["name"], fold(r["name"]), r["fcode"]
        if r["used"] or not key or code in ("PPLQ", "RESF", "DPR", "RGN", "VAL", "DSRT", "ADM4") or len(key) < 3 or re.search(r"\d|[()/]", name):
            continue
        if r["cc"] == "ML":
            far_north = r["unit"].split("/")[1] in NORTH
            if r["fclass"] == "T" and r["unit"] != "Mali/Kidal" or r["fclass"] in "HT" and (
                    not far_north or len(key) < 6 or code not in ("WLL", "HLL", "MTS")):
                continue
            if r["fclass"] in "LV":
                continue
            sub = f"{r['unit']}/{r['sub']}"
            parent = sub if sub in g.points else r["unit"]
            rank = 3 if code.startswith("PPLA") or int(r["population"] or 0) >= 5000 else 1 if r["fclass"] in "PA" else 0
            if code == "PPLX":
                rank = 0
        else:
            sub = f"{r['unit']}/{r['sub']}"
            parent = sub if r["sub"] and sub in g.points else r["unit"]
            rank = 3 if code.startswith("PPLA") or int(r["population"] or 0) >= 5000 else 0 if code == "PPLX" else 1
        row = Row(name, "quarter" if code == "PPLX" else KINDS[r["fclass"]], parent, rank, float(r["lat"]), float(r["lon"]), old=r["old"])
        row.soft = r["alts"]
        g.add(row)


PEOPLE = set()  # X where a village Xbougou, "X's village", exists: nearly always a person's or a family's name
MOST_FREQUENT = 20.0  # a word met more often, in a million words, is no village's name to look for


def read_people(geo):
    for r in geo.rows:
        m = re.fullmatch(r"(.{3,}?)(bougou|bougouni|dougou|koura|kuy|kui)", fold(r["name"]).replace(" ", ""))
        if m:
            PEOPLE.add(m.group(1))


def is_wordlike(row):
    """A word, a given name or a family's."""
    return LEXIQUE.get(row.key, 0) >= 1 or row.key in NAMES or row.key in PEOPLE and len(row.key.replace(" ", "")) <= 6


def thin(g):
    """Leave out villages that a far better known place of the same name, or many others, make useless."""
    groups = defaultdict(list)
    for row in g.rows:
        groups[row.key].append(row)
        if row.rank >= 4:
            for a in row.aliases:
                groups[fold(a)].append(row)
    drop = set()
    for rows in groups.values():
        rows = list({id(r): r for r in rows}.values())
        top = max(r.rank for r in rows)
        regions = {r.region for r in rows}
        countries = {r.country for r in rows if r.rank >= 4}
        for r in rows:
            if r.rank >= 3:
                continue
            letters = len(r.key.replace(" ", ""))
            if r.rank <= 1 and (letters < 4 or LEXIQUE.get(r.key, 0) >= MOST_FREQUENT or r.country not in HOME and is_wordlike(r)):
                drop.add(id(r))
                continue
            better = 4 if r.country == "Mali" else max(r.rank + 1, 3)
            mine = any(o is not r and o.rank >= better and o.region == r.region for o in rows)
            beaten = r.rank <= 2 and (top >= 5 or r.country in countries or countries and r.country not in HOME)
            if mine or beaten or (r.rank <= 1 and len(regions) > MAX_REGIONS) or (r.rank == 0 and len(rows) > 1):
                drop.add(id(r))
    g.rows = [r for r in g.rows if id(r) not in drop]
    # one village name in several cercles of a region: one row, in the region
    groups = defaultdict(list)
    for r in g.rows:
        if r.rank <= 1:
            groups[r.key, r.region].append(r)
    for rows in groups.values():
        parents = {r.parent for r in rows}
        if len(rows) > 1:
            rows[0].soft = [a for r in rows for a in [r.name, *r.soft]]
            rows[0].parent = rows[0].region if len(parents) > 1 else rows[0].parent
            gone = {id(r) for r in rows[1:]}
            drop |= gone
    g.rows = [r for r in g.rows if id(r) not in drop]
