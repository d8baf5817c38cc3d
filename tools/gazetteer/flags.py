"""Further spellings, and the flags of names that can't be trusted alone."""

import re
import unicodedata
from collections import defaultdict

from inputs import LEXIQUE
from rows import HOME
from selection import PEOPLE
from spelling import alike, fold
from tables import COMMON_PLACES, NAMES, SAFE, UNSAFE


def quarters(g):
    """Gadabo Kouara, Gadabo Fétokâdié: the parts of a village lie together, and the press calls it Gadabo."""
    parts = defaultdict(list)
    for row in g.rows:
        if row.rank <= 1 and row.country in ("Burkina Faso", "Niger") and len(row.key.split()) == 2:
            parts[row.key.split()[0]].append(row)
    known = {fold(name) for row in g.rows for name in [row.name, *row.aliases]}
    for first, rows in parts.items():
        together = len({row.region for row in rows}) == 1 and len(rows) <= 4
        near = all(abs(row.lat - rows[0].lat) + abs(row.lon - rows[0].lon) < 0.3 for row in rows)
        if together and near and len(first) >= 6 and first not in known and first not in LEXIQUE and first not in NAMES and first not in PEOPLE:
            for row in rows:
                row.aliases.append(re.split(r"[ -]", row.name)[0])


def settle_aliases(g):
    """Hand-made aliases stay; those of GeoNames only if alike, long enough and no other place's name."""
    owners = defaultdict(set)
    for row in g.rows:
        owners[row.key].add(row.region)
        for a in row.aliases:
            owners[fold(a)].add(row.region)
    soft = defaultdict(set)
    for row in g.rows:
        for a in row.soft:
            soft[fold(a)].add(row.region)
    for row in g.rows:
        seen, out = {row.key}, []
        extra = []
        for a in row.soft:
            k = fold(a)
            if (len(k) >= 5 and k not in LEXIQUE and k not in NAMES and not owners[k] and len(soft[k]) == 1 and not re.search(r"\d|[()]", a)
                    and not re.search(r"(?i)airport|region|cercle|province|subdivision|lake|mount|lac |mare ", a) and a[0].isupper() and alike(a, row.name) >= (0.9 if row.rank >= 4 else 0.75)):
                extra.append(a)
        m = re.match(r"(In|Tin)-(.+)", row.name)
        if m:
            extra.append(m.group(1) + m.group(2).lower().replace("-", ""))
        for a in row.aliases + extra[:5]:
            a = unicodedata.normalize("NFC", a)
            if fold(a) and fold(a) not in seen and ";" not in a:
                seen.add(fold(a))
                out.append(a)
        row.aliases = out
        done = set()
        row.derive = [d for d in row.derive if not (fold(d) in done or done.add(fold(d)))]


def flag_rows(g):
    where = defaultdict(list)
    for row in g.rows:
        where[row.key].append(row)
    for row in g.rows:
        key = row.key
        if "zone" not in row.flags and any(o.region != row.region and o.rank >= min(row.rank, 4) and "zone" not in o.flags for o in where[key]):
            row.flags.add("homonym")
        if row.kind in ("country", "region") or "zone" in row.flags or key in SAFE or row.flags & {"common", "ambiguous", "metonym"}:
            pass
        elif row.country in HOME or row.rank < 4:
            words = key.split()
            if len(words) == 1 and key in LEXIQUE:
                row.flags.add("common" if LEXIQUE[key] >= 1 else "ambiguous")
            elif all(w in LEXIQUE or w.isdigit() or w in NAMES for w in words) and len(words) > 1:
                row.flags.add("ambiguous")
            letters = len(key.replace(" ", ""))
            if (key in NAMES or key in UNSAFE or all(w in NAMES for w in words) or letters <= 3
                    or row.rank <= 1 and letters <= 5 or row.rank <= 3 and letters <= 4 or row.rank <= 1 and key in PEOPLE):
                row.flags.add("ambiguous")
            if row.rank <= 1 and (LEXIQUE.get(key, 0) >= 1 or key in NAMES):
                row.flags.add("common")
            if letters <= 2 and row.rank <= 3:
                row.flags.add("common")
        if key in COMMON_PLACES and row.kind == "commune":
            row.flags.add("common")
        elif row.rank >= 4 and row.kind not in ("region", "commune", "zone", "quarter") and "common" in row.flags:
            row.flags.symmetric_difference_update({"common", "ambiguous"})
        if "common" in row.flags:
            row.flags.discard("ambiguous")
