"""Writing regions.tsv, and checking what is written."""

import json
import os
import re
import unicodedata
from collections import Counter, defaultdict

from inputs import COUNTRY_OF, folder
from rows import ADMIN, COLUMNS, FLAGS, HEADER
from spelling import fold


def write(g, path):
    order = {"country": 0, "region": 1, "cercle": 2, "province": 2, "departement": 2}
    countries = {r.name: i for i, r in enumerate(r for r in g.rows if r.kind == "country")}
    rows = sorted(g.rows, key=lambda r: (order.get(r.kind, 3), countries.get((r.parent or r.name).split("/")[0], -1), r.parent, fold(r.name)))
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(HEADER)
        f.write("\t".join(COLUMNS) + "\n")
        for r in rows:
            cells = [r.name, r.kind, r.parent, ";".join(r.aliases), ";".join(r.derive),
                     f"{r.lat:.4f}", f"{r.lon:.4f}", r.old if r.parent.startswith("Mali") else "", " ".join(x for x in FLAGS if x in r.flags)]
            line = unicodedata.normalize("NFC", "\t".join(cells))
            assert line.count("\t") == len(COLUMNS) - 1, line
            f.write(line + "\n")
    return rows


def check(rows):
    """Print what the file holds; return the number of errors."""
    errors = 0
    paths = {r.path for r in rows if r.kind in ADMIN}
    for r in rows:
        if r.parent and r.parent not in paths:
            print("ERROR no such parent:", r.name, r.parent)
            errors += 1
    for key, n in Counter((r.key, r.parent, r.kind in ADMIN) for r in rows).items():
        if n > 1:
            print("ERROR twice:", key)
            errors += 1
    with open(os.path.join(folder(), "gazetteer/canonical_regions.txt"), encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if line and line not in paths:
                print("ERROR missing canonical region:", line)
                errors += 1
    names = defaultdict(set)
    for r in rows:
        for n in [r.name, *r.aliases, *r.derive]:
            names[fold(n)].add(r.region)
    labels = os.path.join(folder(), "facets-dev/labels.jsonl")
    if os.path.exists(labels):
        total = missed = 0
        with open(labels, encoding="utf-8") as f:
            examples = f.read().splitlines()
        for line in examples:
            d = json.loads(line)
            for region, evidence in d["region_evidence"].items():
                want = region if "/" in region else f"Mali/{region}"
                for e in evidence:
                    n = re.sub(r"(?i)^(région malienne|régions?|cercles?|ville|commune|province|zone|camp|district|au nord|aéroport international|périphérie) (de |du |d'|d’)?", "", e)
                    total += 1
                    if want not in names[fold(n)] and want not in names[fold(e)]:
                        missed += 1
                        print("evidence not found:", d["id"], want, repr(e), sorted(names[fold(n)]))
        print(f"evidence of labels: {total - missed} of {total} names found in the labelled region")
    for country in ("Mali", "Burkina Faso", "Niger"):
        kinds = Counter(r.kind for r in rows if (r.parent or r.name).split("/")[0] == country)
        print(f"{country}: {sum(kinds.values())} rows;", ", ".join(f"{k} {n}" for k, n in kinds.most_common()))
    print("others:", sum((r.parent or r.name).split("/")[0] not in COUNTRY_OF.values() for r in rows))
    print("flags:", ", ".join(f"{f} {sum(f in r.flags for r in rows)}" for f in FLAGS), "| rows:", len(rows))
    return errors
