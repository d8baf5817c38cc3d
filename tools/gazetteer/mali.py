"""The cercles of Mali of 2023, its communes, and the places of its news."""

import re

from inputs import OCHA, read_tsv
from placing import SEAT_OF, old_region, place
from rows import ADMIN, Row
from spelling import fold, tidy
from tables import point, several, table, text

# Cercles of 2023: spellings of the source table that are wrong or not those of the press -> name, aliases.
CERCLES = {
    "Niéma": ("Niéna", ""), "Dandérésso": ("Danderesso", "Dandéresso;Dandérésso;Danderesso"),
    "Taoudenni": ("Taoudénit", "Taoudenni;Taoudéni;Taoudéni"), "Soni Aliber": ("Soni Ali Ber", "Sony Aliber;Soni Aliber;Sonni Ali Ber;Sony Ali Ber"),
    "Aguel-Hoc": ("Aguelhok", "Aguel'hoc;Aguelhoc;Aguel-Hoc;Aguel'hok;Adjelhoc;Agelhok;Aguel Hoc;Aguelhock;Aguelok;Adielhoc"),
    "Anétif": ("Anéfis", "Anéfif;Anéfis;Anefif;Annefis;Anafif;Anafis;Anétif"), "Takalote": ("Takalot", "Takalote;Takellote;Takaloute;Takalott"),
    "Ambidébi": ("Ambidédi", "Ambidebi"), "Almoustrat": ("Almoustarat", "Almoustrat;Almoustaratt;Al Moustarat;Almoustrate"),
    "Foum-Elba": ("Foum-Elba", "Foum Alba;Foum El Alba;Foum Elba"), "Boû-Djebeha": ("Boujbéha", "Boû-Djebeha;Bou-Djébéha;Boudje-Béha;Boujebeha;Boudjbeha;Bou Djebeha"),
    "Al-Ourche": ("Al-Ourche", "Al Ourch;Al-Ourch;El Ourche"), "Achouratt": ("Achouratt", "Achourat;Achourate;Achoratt"),
    "Inlamawane (Fanfi)": ("Inlamawane", "Fanfi;In-Lamawane"), "Anouzagrène": ("Anouzagrène", "Anouzegrène;Anouzagren;Anouzegren;Inouzagren"),
    "Diangounté": ("Diangounté", "Diangounté-Camara;Diangounté Camara;Diangouté Kamara"), "Dialassagou": ("Diallassagou", "Dialassagou;Dialassago;Diallassago;Dialsagou;Dialassougou"),
    "Kadiala": ("Kadiana", ""), "N'Tillit": ("N'Tillit", "In-Tillit;Intillit;Ntillit;N'Tilit;In Tillit;I-n-Tillit;Intilit;N'Tillite"),
    "Tin-Essako": ("Tin-Essako", "Tinessako;Tin Essako;Tin-Assako;Tessako"), "Inékar": ("Inékar", "In-Ékar;In Ekar;Inekar"),
    "Abeïbara": ("Abeïbara", "Abeibara;Abeybara;Abébara"), "Andéramboukane": ("Andéramboukane", "Anderamboukane;Andéramboukan;Andéranboukane;Anderanboukan;Andaramboukane;Andramboukane;Andéraboukane;Anderamboucane"),
    "Tidermène": ("Tidermène", "Tidarmène;Tidermen;Tidarmen;Tidermenn"), "Talataye": ("Talataye", "Talatai;Talataï;Talatay;Talatayt;Talhataye;Télataï;Telataye"),
    "Djebock": ("Djebock", "Djebok;Djeboc;Djébock;Djebbock"), "Gabéro": ("Gabéro", ""), "Tessit": ("Tessit", "Tessite;Tésit"),
    "Ouattagouna": ("Ouattagouna", "Ouatagouna;Watagouna;Wattagouna;Ouatagona"), "Tin-Aouker": ("Tin-Aouker", "Tinaouker;Tin-Awker;Tinawker;Tin Aoukert;Tin-Aoukert;Tin-Awkert"),
    "Kassambéré": ("Kassambéré", "Kassembéré"), "Tabankort": ("Tabankort", "Tabancort;Tabankorte;Tabankor;Tabancorte"), "Ersane": ("Ersane", "Erssane;Ersène;Irsane;Erchane"),
    "Bambara-Maoudé": ("Bambara-Maoudé", "Bambara Maoundé;Bambara-Maounde;Bambara-Maoude;Bambara Mahoudé"), "Gargando": ("Gargando", "Gargandou;Garigando"),
    "Gourma-Rharous": ("Gourma-Rharous", "Rharous;Gourma Rarous;Gourma-Rarhous;Rarhous;Gourma-Gharous"), "Niafunké": ("Niafunké", "Niafounké;Nyafunké;Niafouké"),
    "Léré": ("Léré", "Lérré"), "Gossi": ("Gossi", ""), "Goundam": ("Goundam", ""), "Saraféré": ("Saraféré", "Saréféré;Sarafére"),
    "Bintagoungou": ("Bintagoungou", "Bintagoungo;Bitagoungou"), "Tonka": ("Tonka", ""), "Diré": ("Diré", ""),
    "Tessalit": ("Tessalit", "Tessalite;Tesalit"), "Achibogho": ("Achibogho", "Achibogo;Achiboro;Achibogo"), "Timétrine": ("Timétrine", "Timetrine;Timitrine;Tim-Etrine"),
    "Bourem": ("Bourem", "Bouréme"), "Ansongo": ("Ansongo", "Ansogo"), "Bankass": ("Bankass", "Bankas;Bankasse"), "Koro": ("Koro", ""),
    "Djenné": ("Djenné", "Djéné;Jenné;Dienné"), "Ténenkou": ("Ténenkou", "Tenenkou;Ténenkoun;Tenénkou;Ténékou"), "Youwarou": ("Youwarou", "Youvarou;Youarou;Yuwarou"),
    "Konna": ("Konna", ""), "Korientzé": ("Korientzé", "Korienzé;Koriencé;Korientze"), "Toguéré-Coumbé": ("Toguéré-Coumbé", "Toguéré-Koumbé;Togoré-Coumbé;Togueré Coumbe"),
    "Boré": ("Boré", ""), "N'Gouma": ("N'Gouma", "Ngouma;N'Gouman"), "Mondoro": ("Mondoro", "Moundoro"), "Hombori": ("Hombori", "Homboré"), "Boni": ("Boni", ""),
    "Sangha": ("Sangha", "Sanga"), "Kani": ("Kani-Bonzon", "Kani;Kani-Gogouna;Kani Bozon"), "Kendié": ("Kendié", "Kenndié"), "Ningari": ("Ningari", "Ninngari"),
    "Dogofry": ("Dogofry", "Dogofri;Dogofiri;Dogofiry"), "Nampala": ("Nampala", "Nampalari;Nanpala;Nampalary"), "Sokolo": ("Sokolo", ""), "Niono": ("Niono", ""),
    "Macina": ("Macina", "Ké-Macina;Ke Macina;Ké Macina;Ke-Massina;Massina"), "Barouéli": ("Barouéli", "Baraouéli;Baroueli;Baraouli;Barawéli"),
    "Kolokani": ("Kolokani", "Kolokan"), "Ouélessébougou": ("Ouélessébougou", "Ouolossébougou;Wolossébougou;Ouelessebougou;Ouolessébougou;Wélessébougou"),
    "Dilly": ("Dilly", "Dili;Dily"), "Fallou": ("Fallou", "Falou"), "Mourdiah": ("Mourdiah", "Mourdia;Mourdhia"), "Guiré": ("Guiré", ""), "Ballé": ("Ballé", ""),
    "M'Péssoba": ("M'Pessoba", "M'Péssoba;Mpessoba;Pessoba"), "Koury": ("Koury", "Kouri"), "Kolondiéba": ("Kolondiéba", "Kolondièba;Kolondjéba"),
    "Mandiakuy": ("Mandiakuy", "Mandiakui;Mandiakoui;Mandiakuyi"), "Kimparana": ("Kimparana", "Kinmparana;Kemparana"), "Béma": ("Béma", ""), "Oussoubidiagna": ("Oussoubidiagna", "Oussoubidiania;Oussoumbidiana"),
    "Nioro": ("Nioro", "Nioro du Sahel"), "Diéma": ("Diéma", "Djéma;Dièma"), "Yélimané": ("Yélimané", ""), "Kéniéba": ("Kéniéba", "Kénièba;Kéniaba"),
    "Bafoulabé": ("Bafoulabé", "Bafoulabe"), "Tominian": ("Tominian", "Tomignan"), "Yorosso": ("Yorosso", ""), "Kadiolo": ("Kadiolo", ""), "Dioïla": ("Dioïla", "Dioila"),
}
# Where GeoNames has no usable point for the seat of a cercle.
CERCLE_POINTS = {
    "Talataye": (16.53, 1.50), "Tidermène": (16.6176, 2.4394), "Achibogho": (18.70, 1.00), "Takalot": (18.55, 0.80), "Anouzagrène": (16.25, 1.75),
    "Inlamawane": (17.2203, 4.1005), "Kassambéré": (16.35, -0.40), "Tin-Aouker": (17.10, 0.35), "Ersane": (17.35, 0.55), "Foum-Elba": (20.75, -3.55),
    "Al-Ourche": (18.70, -3.10), "Achouratt": (20.4778, -1.2644), "Gossi": (15.8203, -1.3098), "Ber": (16.8397, -2.5333), "Almoustarat": (17.3683, 0.1147),
    "Tabankort": (17.8203, 0.3142), "Djebock": (16.3487, 0.3069), "Boujbéha": (18.5405, -2.6717), "Gabéro": (16.05, 0.05), "Soni Ali Ber": (16.5069, -0.0744),
    "Timétrine": (19.45, -0.3667), "Séféto": (14.1362, -9.8286), "Dioro": (13.6740, -5.5690), "Farako": (13.52, -5.99), "N'Tillit": (15.5461, -0.4606),
    "Siby": (12.3755, -8.3349), "Sangha": (14.4640, -3.3085), "Kani-Bonzon": (14.1458, -3.5946), "Dogo": (11.8904, -7.3297), "Sirakoro": (12.70, -9.25),
    "Néguéla": (12.8856, -8.4606), "Sébékoro": (13.0, -8.99), "Banco": (12.1000, -6.5167), "Ména": (12.2165, -6.2043), "Béléko": (12.4814, -6.4090),
    "Sy": (13.6006, -4.9763), "Boré": (15.1333, -3.4833), "Macina": (13.9641, -5.3579), "Kadiana": (10.7500, -6.5000), "Taoudénit": (22.6784, -3.9836),
    "Bourem": (16.9550, -0.3486), "Ouélessébougou": (11.9989, -7.9140), "Yangasso": (13.0731, -5.3214),
}
GUESSED = set("Talataye;Achibogho;Takalot;Anouzagrène;Kassambéré;Tin-Aouker;Ersane;Foum-Elba;Al-Ourche;Gabéro;Dioro;Farako;Sirakoro;Sébékoro".split(";"))
# Communes of an old cercle that lie in another region or cercle since 2023.
MOVED = {"Yangasso": "San/Yangasso", "Ouélessébougou": "Bougouni/Ouélessébougou", "Sanankoro Djitoumou": "Bougouni/Ouélessébougou",
         "Tiakadougou-Dialakoro": "Bougouni/Ouélessébougou", "Niagadina": "Bougouni/Ouélessébougou"}
COMMUNE_NAMES = {
    "BouremSidiAmar": "Bourem-Sidi-Amar", "Bourem Sidi Amar": "Bourem-Sidi-Amar", "TiakadougouDialakoro": "Tiakadougou-Dialakoro", "Adjelhoc": "Aguelhok",
    "Anéfif": "Anéfis", "Tinzawatène": "Tinzaouatène", "Ténzawatène": "Tinzaouatène", "NDodjigu": "N'Dodjiga", "N'Dodjigu et Youwarou": "N'Dodjiga", "ana": "Sana",
    "Oporo Pen": "Koporo-Pen", "Koporo Pen": "Koporo-Pen", "Koporokendié Nâ (ou Koporo Na)": "Koporo-Na", "Koporokendié Nâ": "Koporo-Na", "Asalbé": "Sasalbé",
    "Diafounou Gory,": "Diafounou Gory", "Nampalari": "Nampala", "Nahrra": "Nara", "Menthely": "", "Ouroli": "", "Boudofo, Djidian": "", "BankassKani": "",
    "BozonDimbal": "", "HabéSégué": "", "Camara": "", "Sahel": "", "Dialakoraba": "Dialakoroba", "Togué Morari": "Togué-Mourari", "Léssagou Habé": "Lessagou", "Dimbal Habé": "Dimbal", "Sema I": "", "Kirané Kaniaga": "Kirané", "Mallé": "", "Karagouana": "Karagouana-Mallé", "Karagouana Malle": "Karagouana-Mallé", "Kani Bozon": "Kani-Bonzon",
    "Diallassagou": "Diallassagou", "Boura Ansongo": "Bourra", "Bandiagara Commune": "Bandiagara", "Anchawad": "Anchawadi", "gao": "Gao", "Togoré-Coumbé": "Toguéré-Coumbé",
    "N Tillit": "N'Tillit", "N Gorkou": "N'Gorkou", "M Bouna": "M'Bouna", "Kokry centre": "Kokry", "Mandé": "Mandé", "Badidialan 1": "Badialan", "Diangounté": "Diangounté",
    "Toukorobara": "Toukoroba", "Dioumara": "Dioumara-Koussata", "Dioumara Koussata": "Dioumara-Koussata", "Rharous": "Gourma-Rharous", "Nioro du Sahel": "Nioro",
    "Minidian": "Minidian", "Koulogon Habbé": "Koulogon", "Tédié": "Tédié", "Tédjé": "Tédié", "Ouonkoro": "Ouenkoro", "Pignary": "Pignari", "Doucoumbo": "Doucombo",
    "Niansanarie": "Niansanarié", "Mountoungoula": "Mountougoula", "Nonssombougou": "Nossombougou", "Kounina": "Konina", "Koningué": "Konigué", "Gouadié Sougouna": "Goudié-Sougouna",
    "Goudié Sougouna": "Goudié-Sougouna", "Bladié-Temela": "Bladié-Tiémala", "Tambaga": "Tambaga", "Toridaga-Ko": "Toridaga-Ko", "Samé Diomgoma": "Samé-Diomgoma", "Samé Diongoma": "Samé-Diomgoma",
    "Serere": "Séréré", "Salam": "Salam", "Tin Aicha": "Tin-Aïcha", "Raz-El-Ma": "Ras-el-Ma", "Balanbakama": "Balan Bakama", "Kalabankoro": "Kalabancoro",
    "Karagouana Malle ": "Karagouana-Mallé", "Intadjedite": "Intadjédite", "Sébékoro 1": "Sébékoro", "Sébékoro I": "Sébékoro", "Diaramana ": "Diaramana", "Bara Sara": "Barassara",
}

FORMER = """
Kayes Bafoulabé Yélimané Kéniéba Koulikoro Banamba Kangaba Kati Kolokani Sikasso Kadiolo Ségou Bla Barouéli Niono
Macina Mopti Djenné Ténenkou Youwarou Tombouctou Goundam Diré Niafunké Gourma-Rharous Gao Bourem Ansongo Kidal
Abeïbara Tin-Essako Tessalit Ménaka Nioro Diéma Kita Dioïla Nara Bougouni Yanfolila Kolondiéba Koutiala Yorosso San
Tominian Douentza Bandiagara Koro Bankass
""".split()


def former_cercles():
    """The cercles of before 2023, by their name without marks, as OCHA writes them."""
    for name in FORMER:
        OCHA[fold(name)] = name


def cercles(g, geo):
    """The cercles of 2023: the paths by region and name, and by name alone."""
    by_cercle = {}
    listed = [(r["region_2023"].replace("Taoudenni", "Taoudénit"), *CERCLES.get(r["cercle_2023"], (r["cercle_2023"], "")))
              for r in read_tsv("gazetteer/mali_regions_cercles_2023.tsv")]
    for region, name, aliases in listed:
        parent = f"Mali/{region}"
        at = CERCLE_POINTS.get(name)
        near = geo.find([name, *several(aliases)], parent, name if name in FORMER else "")
        flags = []
        if at is None and near is not None:
            at = (float(near["lat"]), float(near["lon"]))
        if near is not None:
            SEAT_OF[name] = near["sub"]
        if name in GUESSED:
            flags = ["approx"]
        if at is None:
            at, flags = g.seat(parent), ["approx"]
        old = old_region(g, parent)
        row = g.add(Row(name, "cercle", parent, 5, *at, several(aliases), flags=flags, old=old))
        by_cercle[region, fold(name)] = row.path
        by_cercle["", fold(name)] = row.path
    return by_cercle


def places_of_news(g, geo):
    """The places of the hand-made table."""
    for parent, (name, aliases, derive, flags, kind, at) in table(text("places")):
        place(g, geo, name, parent, 4, several(aliases), several(derive), flags.split() + ["approx"] * at.startswith("~"), kind,
              point(at), "quarter" if parent == "Mali/Bamako" else "village")


def seats(g, geo, by_cercle):
    """The town that gives a cercle its name."""
    for (region, _), path in list(by_cercle.items()):
        row = g.at[fold(path.split("/")[-1]), path.rpartition("/")[0], True]
        if region and row.key not in ("foum elba", "al ourche", "achibogho", "timetrine", "soni ali ber"):
            town = g.at.get((row.key, path, False))
            if town and "approx" in town.flags and "approx" not in row.flags and (town.lat, town.lon) == (row.lat, row.lon):
                town.flags.discard("approx")
            town = town or g.add(
                Row(row.name, "town", path, 4, row.lat, row.lon, row.aliases, old=row.old, flags=row.flags & {"approx"}))
            near = geo.find([row.name, *row.aliases], f"Mali/{region}", SEAT_OF.get(row.name, ""))
            if near is not None and near["fclass"] in "PA" and abs(float(near["lat"]) - town.lat) + abs(float(near["lon"]) - town.lon) < 0.1:
                near["used"] = True
                town.soft += [near["name"], *near["alts"]]


def communes(g, geo, by_cercle):
    """The communes of Mali, under their cercle of 2023 where a list gives it, else under the former one."""
    new = {}
    for r in read_tsv("gazetteer/mali_cercle_communes_2023_partial.tsv"):
        name = tidy(COMMUNE_NAMES.get(r["commune"], r["commune"]))
        path = by_cercle.get(("", fold(CERCLES.get(r["cercle"], (r["cercle"],))[0])))
        if path and name:
            was = new.get((path.split("/")[1], fold(name)))
            if was is None or fold(was.split("/")[-1]) in OCHA:  # the new cercle rather than the former one
                new[path.split("/")[1], fold(name)] = path
            if was is None:
                new.setdefault(("names", path, name), path)
    todo = [(name, path) for (_, *rest) in [k for k in new if k[0] == "names"] for path, name in [rest]]
    for r in read_tsv("gazetteer/mali_admin_andaletech_2019.tsv"):
        if r["kind"] == "communes" and r["file_region"] != "Bamako":
            name = COMMUNE_NAMES.get(r["name"].strip(), r["name"].strip()).replace("\\", "")
            words = name.split()
            if len(words) > 1 and fold(words[-1]) in (fold(r["parent"]), fold(r["file_region"])):
                name = " ".join(words[:-1])
            cercle = {"nioro du sahel": "nioro"}.get(fold(r["parent"]), fold(r["parent"]))
            path = by_cercle.get(("", cercle))
            if name and path:
                todo.append((tidy(name), path))
        elif r["kind"] == "quartiers":
            name = tidy(r["name"])
            if not re.search(r"\d$|Zone|Base|Centre Commercial|TSF", name):
                place(g, geo, name, "Mali/Bamako", 2, kind="quarter")
    for name, path in todo:
        region = path.split("/")[1]
        if name in MOVED:
            path = "Mali/" + MOVED[name]
        elif (region, fold(name)) in by_cercle:
            path = by_cercle[region, fold(name)]
        else:
            path = new.get((region, fold(name)), path)
        known = [r for r in g.rows if fold(name) in (r.key, *map(fold, r.aliases)) and r.kind not in ADMIN and r.region == "/".join(path.split("/")[:2])]
        if not known:
            place(g, geo, name, path, 3 if len(name) > 3 else 2, kind="commune")
        elif known[0].kind == "village":
            known[0].kind = "commune"
