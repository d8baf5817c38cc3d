#!/usr/bin/env python3
"""Make index_schema/regions.tsv, the gazetteer of griot.

    GRIOT_DATA=/path/to/data python3 tools/gazetteer [output.tsv]

Standard library only; the same data gives the same file. README.md says where the data come from, and how a row
comes about. Credits: index_schema/LICENSE-DATA.
"""

import os
import sys

from abroad import abroad_from_geonames, parent_abroad, regions_abroad
from divisions import division_names, neighbours, provinces
from flags import flag_rows, quarters, settle_aliases
from inputs import CANONICAL, Geo, read_lexique
from mali import cercles, communes, former_cercles, places_of_news, seats
from output import check, write
from rows import Gazetteer, Row
from selection import from_geonames, read_people, thin
from tables import point, several, table, text

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "index_schema", "regions.tsv")


def first_levels(g):
    """Countries and their regions."""
    for _, (name, aliases, derive, flags, kind, at) in table(text("countries")):
        lat, lon = point(at or kind)
        g.add(Row(name, "country", "", 7, lat, lon, several(aliases), several(derive), flags=flags.split()))
    for parent, (name, aliases, derive, old, at, at2) in table(text("regions")):
        lat, lon = point(at2 or at)
        g.former[f"{parent}/{name}"] = old
        flags = ["common"] if parent == "Burkina Faso" and name not in ("Boucle du Mouhoun", "Hauts-Bassins", "Plateau-Central") else []
        flags = ["metonym"] if name in ("Bamako", "Niamey") else ["ambiguous"] if name == "San" else flags
        row = g.add(Row(name, "region", parent, 6, lat, lon, several(aliases), several(derive), old if parent == "Mali" else "", flags))
        CANONICAL.add(row.path)


def other_tables(g):
    """Zones, countries around, Burkina Faso's names of 2025."""
    for parent, (name, aliases, derive, flags, kind, at) in table(text("zones")):
        lat, lon = point(at)
        g.add(Row(name, kind, parent, 4, lat, lon, several(aliases), several(derive), flags={*flags.split(), "zone"}))
    regions_abroad(g)
    for parent, (name, aliases, derive, flags, kind, at) in table(text("abroad")):
        lat, lon = point(at)
        parent = parent_abroad(g, parent, name, aliases, lat, lon)
        g.add(Row(name.replace(" Algérie", ""), kind, parent, 4, lat, lon, several(aliases), several(derive), flags=flags.split()))
    for parent, (name, aliases, derive, flags, kind, at) in table(text("burkina_2025")):
        g.add(Row(name, kind, parent, 4, *point(at), several(aliases), several(derive), flags=flags.split()))


def build():
    read_lexique()
    g = Gazetteer()
    first_levels(g)
    provinces()
    former_cercles()
    geo = Geo()
    by_cercle = cercles(g, geo)
    places_of_news(g, geo)
    seats(g, geo, by_cercle)
    communes(g, geo, by_cercle)
    read_people(geo)
    other_tables(g)
    neighbours(g, geo)
    division_names(g)
    from_geonames(g, geo)
    abroad_from_geonames(g)
    thin(g)
    quarters(g)
    settle_aliases(g)
    flag_rows(g)
    return g


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else OUT
    rows = write(build(), out)
    errors = check(rows)
    print(f"{os.path.getsize(out)} bytes; errors: {errors}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
