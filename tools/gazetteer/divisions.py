"""Burkina Faso and Niger: provinces, départements and communes; old and new names of all divisions."""

from inputs import COUNTRY_OF, PROVINCES, read_tsv
from placing import place
from rows import ADMIN, Row
from spelling import fold
from tables import text


TABLES = (("burkina", "province", "Burkina Faso"), ("niger", "departement", "Niger"))


def provinces():
    """The provinces and départements of the hand-made tables, by their name without marks."""
    for name, _, _ in TABLES:
        for line in text(name).split("\n"):
            sub = line.split(": ")[0].split("/")[1]
            PROVINCES[fold(sub)] = sub


def neighbours(g, geo):
    """Provinces of Burkina Faso and départements of Niger with their communes and places of the news."""
    for table, kind, country in TABLES:
        for line in text(table).split("\n"):
            path, places = line.split(": ")
            region, sub = path.split("/")
            parent = f"{country}/{region}"
            entries = [e.strip() for e in places.split(",")]
            first = entries[0].split("=")
            near = geo.find(first, parent)
            at = (float(near["lat"]), float(near["lon"])) if near else g.seat(parent)
            if sub in ("Niamey",):
                at = g.seat(parent)
            g.add(Row(sub, kind, parent, 5, *at, flags=([] if near else ["approx"]) + (["ambiguous"] if sub == "Gourma" else [])))
            for i, e in enumerate(entries):
                name, *aliases = e.split("=")
                place(g, geo, name, f"{parent}/{sub}", 4 if i == 0 else 3, aliases, kind="town" if i == 0 else "",
                      flags=["metonym"] if name in ("Ouagadougou", "Niamey") else [])


LEVELS = {"région": "region", "province": "province", "cercle": "cercle", "département": "departement"}
# Names of divisions that are a slip of a list, or mean another place beside.
NO_NAMES = set("niema;kadiala;tui;soum;tapoa;sourou;kadiogo;liptako".split(";"))


def division_names(g):
    """The names and spellings of divisions.tsv, old and new, for the one path that each has."""
    known = {}
    for row in g.rows:
        if row.kind in ADMIN:
            for name in [row.name, *row.aliases]:
                known.setdefault((row.country, row.kind, fold(name)), row)
    for r in read_tsv("gazetteer/divisions.tsv"):
        country, kind = COUNTRY_OF[r["country"]], LEVELS.get(r["level"])
        row = known.get((country, kind, fold(r["name"]))) or known.get((country, kind, fold(r["former_name"])))
        if row is None or r["country"] == "BF" and (kind == "region" or "the old " in r["note"] or "new" in r["note"]):
            continue  # in burkina_2025.txt
        for name in [r["name"], *r["variants"].split(",")]:
            if name and fold(name) != row.key and fold(name) not in NO_NAMES and "(" not in name:
                row.aliases.append(name)
