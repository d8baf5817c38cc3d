"""The gazetteer made of a small sample of its inputs.

    python3 -m unittest discover tools/gazetteer/tests
"""

import contextlib
import importlib.util
import io
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(HERE)
sys.path.insert(0, PACKAGE)
os.environ["GRIOT_DATA"] = os.path.join(HERE, "sample")

from inputs import Outlines  # noqa: E402
from output import check, write  # noqa: E402
from rows import COLUMNS  # noqa: E402
from spelling import fold, sound, tidy  # noqa: E402


def made():
    """The file, as lines of named cells, and what the checks said."""
    spec = importlib.util.spec_from_file_location("make", os.path.join(PACKAGE, "__main__.py"))
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as said:
        path = os.path.join(folder, "regions.tsv")
        errors = check(write(make.build(), path))
        with open(path, encoding="utf-8") as f:
            lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    assert errors == 0, said.getvalue()
    return [dict(zip(COLUMNS, cells)) for cells in lines[1:]]


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = made()

    def all(self, name):
        return [row for row in self.rows if row["name"] == name]

    def one(self, name, kind=None):
        rows = [row for row in self.all(name) if kind in (None, row["kind"])]
        self.assertEqual(len(rows), 1, name)
        return rows[0]

    def test_every_line_has_all_columns(self):
        self.assertTrue(all(len(row) == len(COLUMNS) for row in self.rows))

    def test_villages_lie_where_their_list_or_the_outline_says(self):
        self.assertEqual(self.one("Baniaba")["parent"], "Burkina Faso/Sahel/Yagha")
        self.assertEqual(self.one("Djibo")["parent"], "Burkina Faso/Sahel/Soum")
        self.assertEqual(self.one("Lada")["parent"], "Niger/Diffa")

    def test_short_names_need_a_context(self):
        self.assertIn("ambiguous", self.one("Lada")["flags"])
        self.assertEqual(self.one("Baniaba")["flags"], "")

    def test_villages_of_one_name_are_homonyms_and_one_row_in_a_region(self):
        self.assertEqual({"homonym" in row["flags"] for row in self.all("Kolo")}, {True})
        self.assertEqual(len([r for r in self.all("Soro") if r["parent"] == "Burkina Faso/Boucle du Mouhoun"]), 1)

    def test_new_names_are_those_of_the_old_paths(self):
        self.assertIn("Koosin", self.one("Kossi")["aliases"].split(";"))
        self.assertIn("Sandbondtenga", self.one("Sanmatenga")["aliases"].split(";"))
        self.assertEqual(self.one("Guiriko")["parent"], "Burkina Faso/Hauts-Bassins")
        # A part of an old region is no name of the whole.
        self.assertEqual(self.one("Goulmou")["parent"], "Burkina Faso/Est")
        self.assertNotIn("Goulmou", [a for r in self.all("Est") for a in r["aliases"].split(";")])

    def test_regions_abroad_that_share_a_name_need_a_noun(self):
        self.assertEqual({row["parent"] for row in self.all("Savanes")}, {"Togo", "Côte d'Ivoire"})
        self.assertTrue(all("common" in row["flags"] for row in self.all("Savanes")))
        self.assertEqual(self.all("État du Niger"), [])

    def test_places_abroad_lie_in_their_region(self):
        self.assertEqual(self.one("Malanville")["parent"], "Bénin/Alibori")


class Spelling(unittest.TestCase):
    def test_fold(self):
        self.assertEqual(fold("N'Tillit"), "ntillit")
        self.assertEqual(fold("Tin-Aïcha"), fold("tin aicha"))

    def test_transcriptions_of_one_name_sound_alike(self):
        for one, other in (("Dioungani", "Djoungani"), ("Ouatagouna", "Watagouna"), ("Diabaly", "Diabali")):
            self.assertEqual(sound(one), sound(other))

    def test_tidy(self):
        self.assertEqual(tidy("Ti-n-Aicha"), "Tin-Aicha")


class Areas(unittest.TestCase):
    def test_a_hole_is_outside(self):
        provinces = Outlines("outlines/burkina_45_provinces.geojson")
        self.assertEqual(provinces.at(-1.6, 14.1)["name"], "Soum")
        self.assertIsNone(provinces.at(-0.85, 13.65))
        self.assertIsNone(provinces.at(2.0, 13.5))


if __name__ == "__main__":
    unittest.main()
