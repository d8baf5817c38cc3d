"""The countries around: regions, towns, villages near the border."""

import re

from inputs import NEIGHBOURS, latin, read_tsv
from rows import HOME, Row
from spelling import fold, tidy
from tables import several

ABROAD_ROWS = []
# Regions whose name is a word, a river, a person's or shared: only with a noun ("État du Delta") and beside their country.
COMMON_ABROAD = set("""
Atlantique;Littoral;Collines;Plateau;Mono;Zou;Donga;Savanes;Centrale;Plateaux;Maritime;Comoé;Lacs;Lagunes;Montagnes;Centre;Est;Nord;Ouest;Nord-Est;Nord-Ouest;
Savannah;Volta;Oti;Bono;Adrar;Lac;Sila;Batha;Salamat;Delta;Rivers;Edo;Imo;Oyo;Ogun;Osun;Ondo;Abia;Saint-Louis;Labé;Chlef;Laghouat;Oum El Bouaghi;Batna;
Béjaïa;Biskra;Blida;Bouira;Tébessa;Tlemcen;Tiaret;Djelfa;Jijel;Sétif;Saïda;Skikda;Sidi Bel Abbès;Annaba;Guelma;Constantine;Médéa;Mostaganem;Mascara;Oran;
El Tarf;El Oued;Khenchela;Souk Ahras;Tipaza;Mila;Naâma;Relizane;Al Marj;Derna;Béchar;Ashanti;Ahafo
""".replace("\n", "").split(";"))
CAPITAL_REGIONS = set("Dakar;Conakry;Alger;N'Djaména;Tripoli;Abidjan;Yamoussoukro;Nouakchott".split(";"))
PHRASES_ABROAD = {"Atlantique": "département de l'Atlantique", "Littoral": "département du Littoral", "Collines": "département des Collines",
                  "Mono": "département du Mono", "Zou": "département du Zou", "Donga": "département de la Donga",
                  "Adrar": "wilaya d'Adrar", "Centrale": "région Centrale", "Maritime": "région Maritime"}
LEFT_OUT_ABROAD = set("savane;bougie;el golea;el menia;oubari;ajdabiya;centre;central;eastern;northern;western;mamdi".split(";"))
NOUN_OF_REGION = r"(?i)(région|wilaya|district|état|province|territoire)\b"
ENGLISH = r" (Region|Department|State|Province|District)$"
FARTHEST_VILLAGE = 50.0  # km from Mali, Burkina Faso or Niger
TOWN_ABROAD = 20000  # inhabitants of a town that is known beyond its region
CITY_ABROAD = 100000  # of one whose name is enough


def read_abroad():
    for r in read_tsv("gazetteer/neighbours.tsv"):
        r["country"] = NEIGHBOURS[r["country"]]
        r["at"] = float(r["lat"]), float(r["lon"])
        r["alts"] = [tidy(a) for a in r["alternatenames"].split(",") if a and latin(a)]
        ABROAD_ROWS.append(r)


def region_name(r):
    """Nigeria's state of Niger isn't the country."""
    return "Niger State" if (r["country"], r["admin1"]) == ("Nigeria", "Niger") else r["admin1"]


def regions_abroad(g):
    read_abroad()
    for r in ABROAD_ROWS:
        if r["fcode"] != "ADM1":
            continue
        name, aliases, derive = region_name(r), [], []
        for a in [r["name"], *r["alts"]]:
            if re.match(NOUN_OF_REGION, a) and fold(a) != fold(name):
                derive.append(a[0].lower() + a[1:])
            elif not re.search(ENGLISH, a) and fold(a) not in LEFT_OUT_ABROAD and fold(a) != fold(name):
                aliases.append(a)
        if name == "Niger State":
            aliases, derive = [], ["état de Niger", "état nigérian du Niger"]
        derive += [PHRASES_ABROAD[name]] if name in PHRASES_ABROAD else []
        flags = ["common"] if name in COMMON_ABROAD else ["metonym"] if name in CAPITAL_REGIONS else ["ambiguous"] if name == "Kara" else []
        g.add(Row(name, "region", r["country"], 5, *r["at"], aliases, derive, flags=flags))


def parent_abroad(g, parent, name, aliases, lat, lon):
    """The region of a hand-made place abroad: that of the place of this name nearby, or of the nearest."""
    if parent not in NEIGHBOURS.values():
        return parent
    names = {fold(name), *map(fold, several(aliases))}
    best = None
    for r in ABROAD_ROWS:
        if r["country"] == parent and r["fclass"] == "P" and r["admin1"]:
            away = abs(r["at"][0] - lat) + abs(r["at"][1] - lon)
            score = (away > 0.5 or fold(r["name"]) not in names, away)
            if best is None or score < best[0]:
                best = score, r
    path = f"{parent}/{region_name(best[1])}" if best and best[0][1] < 1.5 else ""
    return path if path in g.points else parent


def abroad_from_geonames(g):
    """Towns of the countries around, and villages near the border with a name of their own."""
    taken = {fold(name) for row in g.rows if row.country in HOME for name in [row.name, *row.aliases, *row.soft]}
    for r in ABROAD_ROWS:
        name, key = tidy(r["name_fr"] or r["name"]), fold(r["name_fr"] or r["name"])
        people = int(r["population"] or 0)
        path = f"{r['country']}/{region_name(r)}"
        if r["fclass"] != "P" or r["fcode"] in ("PPLQ", "PPLX") or path not in g.points or not name[0].isupper() or re.search(r"\d|[()/,]", name):
            continue
        letters = len(key.replace(" ", ""))
        near = r["border_km"] and float(r["border_km"]) <= FARTHEST_VILLAGE
        if people >= TOWN_ABROAD and letters >= 5:
            kind, rank = "town", 2
        elif (near or people >= 5000) and letters >= 6 and key not in taken:
            kind, rank = "village", 0
        else:
            continue
        row = Row(name, kind, path, rank, *r["at"])
        row.soft = [r["name"], *r["alts"]]
        if kind == "town" and (row.key, path, False) not in g.at and (people < CITY_ABROAD or letters < 7 or r["country"] in ("Algérie", "Libye")):
            row.flags.add("ambiguous")
        g.add(row)
