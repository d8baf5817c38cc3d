"""The hand-made tables: text in the folder tables/."""

import os

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tables")


def text(name):
    """A table without its comments."""
    with open(os.path.join(FOLDER, name + ".txt"), encoding="utf-8") as f:
        return "\n".join(line for line in f.read().split("\n") if line and not line.startswith("#"))


def words(name):
    return set(text(name).split())


def table(text):
    """Rows of a hand-made table: (parent, [name, aliases, derive, flags, kind, point])."""
    parent = ""
    for line in text.strip("\n").split("\n"):
        if line.startswith("@"):
            parent = line[1:].strip()
        elif line.strip():
            yield parent, ([f.strip() for f in line.split("|")] + [""] * 6)[:6]


def several(s):
    return [x.strip() for x in s.split(";") if x.strip()]


def point(s):
    return tuple(float(x) for x in s.strip("~").split(",")) if s else None


# Family and given names, peoples, titles, groups: never a place by themselves.
NAMES = words("people")
# Names that prose holds in another sense.
UNSAFE = words("unsafe") | {"soni ali ber"}
# Well-known places whose name would be flagged by the measures, but that are safe.
SAFE = words("safe") | {"tin hama"}
# Communes whose name is a word, a person's name or a group's.
COMMON_PLACES = set("fama logo sony salam lafia alafia tele mande diarra sana".split())
