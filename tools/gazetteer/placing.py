"""Adding a place of the hand-made tables, with what GeoNames knows of it."""

from inputs import OCHA
from rows import Row

NORTH = {"Kidal", "Taoudénit", "Tombouctou", "Ménaka", "Gao"}
SEAT_OF = {}  # cercle of 2023 -> the former cercle (OCHA) its seat lay in


def old_region(g, path):
    """The Malian region before 2023 of a path."""
    while path:
        if path in g.former:
            return g.former[path]
        path = path.rpartition("/")[0]
    return ""


def place(g, geo, name, parent, rank, aliases=(), derive=(), flags=(), kind="", at=None, guess="village"):
    """Add a place of the tables: the point and further spellings come from GeoNames if it is there."""
    unit, sub = "/".join(parent.split("/")[:2]), (parent.split("/") + ["", "", ""])[2]
    near = geo.find([name, *aliases], unit, SEAT_OF.get(sub, sub)) if parent.count("/") else None
    far = near and SEAT_OF.get(sub, sub) in OCHA.values() and near["sub"] != SEAT_OF.get(sub, sub)
    if far and rank >= 4 and near["name"] != name:
        near = None
    base = g.seat(parent)
    if near is not None and parent.count("/") > 1 and kind != "town" and base[0] is not None:
        wide = 3.0 if parent.split("/")[1] in NORTH | {"Agadez", "Diffa", "Tahoua"} else 1.1
        if abs(float(near["lat"]) - base[0]) + abs(float(near["lon"]) - base[1]) > wide:
            near = None  # too far from the seat: another village of that name
    row = Row(name, kind or guess, parent, rank, aliases=aliases, derive=derive, flags=flags, old=old_region(g, parent))
    if near is not None and near["fclass"] in "PASH" and (at is None or abs(float(near["lat"]) - at[0]) + abs(float(near["lon"]) - at[1]) < 0.3):
        near["used"] = True
        row.soft = [near["name"], *near["alts"]]
        if at is None:
            at = (float(near["lat"]), float(near["lon"]))
    if at is None:
        at = g.seat(parent)
        row.flags.add("approx")
    row.lat, row.lon = at
    return g.add(row)
