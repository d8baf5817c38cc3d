"""The files that the gazetteer is made of, in the folder GRIOT_DATA: see README.md."""

import csv
import json
import os
import re
from collections import defaultdict

from spelling import fold, sound, tidy


def folder():
    return os.environ.get("GRIOT_DATA", "data")


NE_REGIONS = {"Dosso Region": "Dosso", "Tillaberi Region": "Tillabéri"}
BF_REGIONS = {"Boucle du Mouhoun Region": "Boucle du Mouhoun", "Cascades Region": "Cascades",
              "High-Basins Region": "Hauts-Bassins", "Southwest Region": "Sud-Ouest"}
COUNTRY_OF = {"ML": "Mali", "BF": "Burkina Faso", "NE": "Niger"}
NEIGHBOURS = {"BJ": "Bénin", "TG": "Togo", "CI": "Côte d'Ivoire", "GH": "Ghana", "MR": "Mauritanie", "DZ": "Algérie", "TD": "Tchad",
              "NG": "Nigeria", "SN": "Sénégal", "GN": "Guinée", "LY": "Libye"}
# Filled while the gazetteer is made: paths of the first-level units; names of former cercles and of provinces, folded.
CANONICAL, OCHA, PROVINCES = set(), {}, {}


def read_tsv(path):
    with open(os.path.join(folder(), path), encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def latin(s):
    return all(ord(c) < 0x250 or c in "’ʼ‘" for c in s)


class Outlines:
    """Areas of a GeoJSON file, to find the one that a point lies in."""

    def __init__(self, path):
        with open(os.path.join(folder(), path), encoding="utf-8") as f:
            features = json.load(f)["features"]
        self.areas = []
        for feature in features:
            geometry = feature["geometry"]
            polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            self.areas.append((feature["properties"], [ring for polygon in polygons for ring in polygon]))

    def at(self, x, y):
        """The properties of the area around a point; holes are rings too, so that crossings are counted over all."""
        for properties, rings in self.areas:
            inside = False
            for ring in rings:
                for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
                    if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                        inside = not inside
            if inside:
                return properties
        return None


class Geo:
    """The three GeoNames extracts, looked up by sound within a first-level unit."""

    def __init__(self):
        self.rows, self.index = [], defaultdict(list)
        provinces = Outlines("outlines/burkina_45_provinces.geojson")
        for cc, country in COUNTRY_OF.items():
            for r in read_tsv(f"gazetteer/places_{cc}.tsv"):
                if r["fcode"] in ("ADM1", "ADM2", "PCLI", "AIRP", "BDG", "DAM", "PRK") or not latin(r["name"]):
                    continue
                if cc == "ML":
                    unit, r["old"] = r["region_2023"], r["region_old"]
                    r["sub"] = OCHA.get(fold(r["cercle_ocha"] or ""), "")
                    if unit in ("Tombouctou", "Taoudénit") and r["sub"] in ("Tombouctou", "Goundam"):
                        # The line of the outlines of 2026, which is better than that of the extract.
                        unit = "Taoudénit" if r["sub"] == "Tombouctou" and float(r["lat"]) > 18.3 else "Tombouctou"
                else:
                    unit, r["old"] = r["admin1"], ""
                    unit = {**NE_REGIONS, **BF_REGIONS}.get(unit, unit)
                    r["sub"] = PROVINCES.get(fold(re.sub(r"^Province (du|de la|des|de l’|d’) ?| Province$", "", r["admin2"] or "")), "") if cc == "BF" else ""
                    if cc == "BF":
                        province = provinces.at(float(r["lon"]), float(r["lat"]))
                        if province and unit not in (u.split("/")[1] for u in CANONICAL if u.startswith(country)):
                            unit = province["region"]
                        if province and not r["sub"] and province["region"] == unit:
                            r["sub"] = PROVINCES[fold(province["name"])]
                if f"{country}/{unit}" not in CANONICAL:
                    continue
                r.update(cc=cc, unit=f"{country}/{unit}", name=re.sub(r" Department$|^Commune (de|of) ", "", r["name"]), used=False)
                r["name"] = tidy(r["name"])
                r["alts"] = [tidy(a) for a in r["alternatenames"].split(",")
                             if a and latin(a) and not re.fullmatch(r"[A-Z]{3,4}", a) and not re.search(r"[ɛɔɲŋ]", a)]
                self.rows.append(r)
                for k in {sound(x) for x in [r["name"]] + r["alts"]}:
                    self.index[r["unit"], k].append(r)

    ORDER = {"P": 0, "A": 1, "S": 2, "H": 4, "T": 5, "L": 6, "V": 6}

    def find(self, names, unit, sub=""):
        """The row that answers best to one of the names in that first-level unit."""
        best = None
        for i, n in enumerate(names):
            for r in self.index.get((unit, sound(n)), ()):
                own = fold(r["name"]) == fold(n)
                score = (sub != "" and r["sub"] != sub, r["fclass"] not in "PA", not own,
                         fold(n) not in map(fold, r["alts"]) and not own, i, self.ORDER.get(r["fclass"], 9),
                         r["fcode"] == "PPL", -int(r["population"] or 0), int(r["geonameid"]))
                if best is None or score < best[0]:
                    best = (score, r)
        return best[1] if best else None


LEXIQUE = {}


def read_lexique():
    for r in read_tsv("morph/lexique383_form_lemma.tsv"):
        k = fold(r["ortho"])
        LEXIQUE[k] = LEXIQUE.get(k, 0.0) + float((r["freqlivres"] or "0").replace(",", "."))
