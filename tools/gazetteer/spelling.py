"""How names are written: folded, as they sound, in the spelling of the press."""

import re
import unicodedata
from difflib import SequenceMatcher


def fold(s):
    """Lower case, without marks; hyphen and space are the same, apostrophes vanish (N'Tillit = Ntillit)."""
    s = unicodedata.normalize("NFD", s.lower())
    s = "".join(c for c in s if not unicodedata.combining(c))
    for a, b in (("œ", "oe"), ("æ", "ae"), ("ɛ", "e"), ("ɔ", "o"), ("ɲ", "n"), ("ŋ", "n")):
        s = s.replace(a, b)
    s = re.sub(r"['’‘ʼ`´]", "", s)
    return re.sub(r"[^a-z0-9]+", " ", s).strip()
SOUNDS = [("ou", "u"), ("w", "u"), ("dj", "j"), ("dy", "j"), ("di", "j"), ("dz", "j"), ("gh", "g"), ("gu", "g"),
          ("ck", "k"), ("qu", "k"), ("kh", "k"), ("c", "k"), ("q", "k"), ("ph", "f"), ("th", "t"), ("z", "s"),
          ("y", "i"), ("h", ""), ("ie", "e"), ("ai", "e"), ("ei", "e")]


def sound(s):
    """A key that most French transcriptions of one name share (Dioungani, Djoungani, Jungani)."""
    s = fold(s).replace(" ", "")
    for a, b in SOUNDS:
        s = s.replace(a, b)
    s = re.sub(r"(.)\1+", r"\1", s)
    return re.sub(r"e$", "", s)


def alike(a, b):
    return SequenceMatcher(None, sound(a), sound(b)).ratio()


def tidy(s):
    """GeoNames' transcriptions in the spelling of the press: Ti-n-Aicha -> Tin-Aicha, Cercle de X -> X."""
    s = unicodedata.normalize("NFC", s).replace("’", "'").replace("ʼ", "'").replace("‘", "'").strip()
    s = re.sub(r"\bTi-n-e? ?", "Tin-", s)
    s = re.sub(r"\bI-n-e? ?", "In-", s)
    s = re.sub(r"\b([IT]i?)-m-", lambda m: m.group(1) + "m-", s)
    s = re.sub(r"-[a-z]", lambda m: m.group(0).upper() if s.startswith(("In-", "Tin-")) else m.group(0), s)
    s = re.sub(r"\s+", " ", s)
    return s
