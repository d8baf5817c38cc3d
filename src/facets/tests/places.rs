//! Where: regions, by names of places and by what stands around them.

use super::*;

#[test]
fn villages_give_the_region_that_the_text_leaves_out() {
    check(
        "region",
        &[
            (
                "Des hommes armés ont attaqué le village d'Ogossagou.",
                "",
                "Mali/Bandiagara/Bankass",
            ),
            (
                "Djiguibombo, région de Mopti, a été brûlé.",
                "",
                "Mali/Bandiagara/Bandiagara ; Mali/Mopti",
            ),
            ("Le camp militaire de Kati a été visé.", "", "Mali/Koulikoro/Kati"),
            ("Aguelhoc et Aguel'hoc sont une ville.", "", "Mali/Kidal/Aguelhok"),
            ("Tinzawatène, TINZAOUATENE.", "", "Mali/Kidal/Abeïbara"),
            ("La Perle du désert manque de tout.", "", "Mali/Tombouctou"),
            (
                "Le village de Djiguibonbo a été brûlé.",
                "",
                "Mali/Bandiagara/Bandiagara",
            ),
            ("Monsieur Djiguibonbo a parlé.", "", ""),
            (
                "Kati a dormi.\n\n![[Une] Marseille frappée en mars](https://exemple.fr/gao.jpg)\nMopti aussi.",
                "",
                "Mali/Koulikoro/Kati ; Mali/Mopti",
            ),
            (
                "Kati ![ a dormi, Mopti aussi.",
                "",
                "Mali/Koulikoro/Kati ; Mali/Mopti",
            ),
        ],
    );
}

#[test]
fn regions_that_share_the_name_of_a_landscape_need_a_noun_or_a_country() {
    check(
        "region",
        &[
            (
                "La région du Sahel, au Burkina Faso, est sous blocus.",
                "",
                "Burkina Faso/Sahel",
            ),
            ("Les pays du Sahel se réunissent.", "", ""),
            ("L'Azawad et le Gourma sont loin.", "", ""),
            (
                "La région du Sahel inquiète le Mali et le Niger.",
                "",
                "Mali ; Niger",
            ),
            ("Dans le Gourma, une patrouille a sauté sur une mine.", "", ""),
            (
                "À Fada, dans la province du Gourma, le marché a fermé.",
                "",
                "Burkina Faso/Est/Gourma",
            ),
        ],
    );
}

#[test]
fn rivers_and_people_are_no_places() {
    check(
        "region",
        &[
            ("La katiba Macina menace le pays.", "", ""),
            ("Le fleuve Niger est en crue.", "", ""),
            ("Au Niger, la situation est calme.", "", "Niger"),
            ("Seydou Bamba et Moussa Koro ont parlé.", "", ""),
            ("L'empereur Soni Ali Ber a régné sur le Songhaï.", "", ""),
            (
                "Les eaux du Niger ont envahi les rizières de Gao.",
                "",
                "Mali/Gao",
            ),
            ("Un rapport sur le Niger paraît.", "", "Niger"),
        ],
    );
}

#[test]
fn ambiguous_names_need_their_context() {
    check(
        "region",
        &[
            (
                "San Pedro, en Côte d'Ivoire, est un port.",
                "",
                "Côte d'Ivoire/Bas-Sassandra",
            ),
            ("Le marché de San a brûlé.", "", "Mali/San/San"),
            (
                "Un accident à Paoskoto, département de Nioro du Rip, au Sénégal.",
                "",
                "Sénégal/Kaolack",
            ),
            (
                "La commune de Soni Ali Ber, à Gao, est inondée.",
                "",
                "Mali/Gao/Gao ; Mali/Gao/Soni Ali Ber",
            ),
            (
                "Boura, dans le cercle de Yorosso, est calme.",
                "",
                "Mali/Koutiala/Yorosso",
            ),
            (
                "Boura, dans la province de la Sissili, est calme.",
                "",
                "Burkina Faso/Centre-Ouest/Sissili",
            ),
            ("La plaine du Pô est inondée, en Italie.", "", "Italie"),
            (
                "Des drones ont frappé Pô, dans la province du Nahouri.",
                "",
                "Burkina Faso/Centre-Sud/Nahouri",
            ),
        ],
    );
}

#[test]
fn datelines_signatures_and_sources_are_no_places_of_events() {
    check(
        "region",
        &[
            (
                "BAMAKO, 17 septembre (Reuters) - Léré a été attaquée.",
                "2023-09",
                "Mali/Tombouctou/Léré",
            ),
            (
                "Le camp de Boni a été attaqué. Amap-Gao.",
                "",
                "Mali/Douentza/Boni",
            ),
            (
                "Niamey, le 12 mars - Un poste a été attaqué à Torodi.",
                "2024-03",
                "Niger/Tillabéri/Torodi",
            ),
            (
                "Un camp a été attaqué à Dioura, dit une source militaire à Bamako.",
                "",
                "Mali/Mopti/Ténenkou",
            ),
            (
                "Trois soldats sont morts à Hombori, a annoncé l'Élysée.",
                "",
                "Mali/Douentza/Hombori",
            ),
            (
                "La chaîne France 24 est suspendue à Kayes.",
                "",
                "Mali/Kayes/Kayes",
            ),
        ],
    );
}

#[test]
fn roads_and_landmarks_give_way_to_the_place_itself() {
    check(
        "region",
        &[
            ("Siby, à 30 km de Bamako, est calme.", "", "Mali/Koulikoro/Siby"),
            (
                "Le pont de Songho a sauté sur la RN15 entre Sévaré et Bandiagara.",
                "",
                "Mali/Bandiagara ; Mali/Bandiagara/Bandiagara",
            ),
            (
                "Des camions ont brûlé sur la route entre Bamako et Ségou, à Fana.",
                "",
                "Mali/Dioïla/Fana",
            ),
            (
                "Un convoi a brûlé entre Lakamané et Kaniera.",
                "",
                "Mali/Nioro/Diéma",
            ),
            ("Un convoi a été attaqué à 30 km de Bamako.", "", "Mali"),
            (
                "Sur l'axe Kayes-Bamako, à Lakamané, un convoi a brûlé.",
                "",
                "Mali/Nioro/Diéma",
            ),
        ],
    );
}

#[test]
fn villages_count_where_their_country_is_spoken_of() {
    check(
        "region",
        &[
            (
                "Au Burkina Faso, le village de Baniaba a été attaqué.",
                "",
                "Burkina Faso/Sahel/Yagha",
            ),
            ("Baniaba a été attaqué.", "", ""),
            (
                "Un drone a frappé Kona, au Burkina Faso.",
                "",
                "Burkina Faso/Boucle du Mouhoun/Mouhoun",
            ),
            ("Un drone a frappé Kona, au Mali.", "", "Mali"),
            (
                "Au Burkina Faso, le village de Soro est vide.",
                "",
                "Burkina Faso/Nord/Yatenga",
            ),
            ("Le village de Soro est vide.", "", ""),
            (
                "Au Niger, deux villageois sont morts à Gadabo.",
                "",
                "Niger/Tillabéri",
            ),
            ("Il arriva à Gadabo.", "", ""),
        ],
    );
}

#[test]
fn a_part_of_a_longer_name_is_no_place() {
    check(
        "region",
        &[
            ("La belle San-Francisco est loin du Mali.", "", "Mali"),
            (
                "Au Niger, les villages de Fiezzo et Ngarwa-Lawandi sont calmes.",
                "",
                "Niger",
            ),
        ],
    );
}

#[test]
fn misspelt_names_count_in_texts_about_their_country() {
    check(
        "region",
        &[
            (
                "Au Burkina Faso, des hommes armés sont venus à Korizena.",
                "",
                "Burkina Faso/Sahel/Oudalan",
            ),
            ("Ils sont allés à Korizena.", "", ""),
            (
                "Au Mali, une attaque à Gourma-Rhaousse.",
                "",
                "Mali/Tombouctou/Gourma-Rharous",
            ),
            ("Au Mali, Korizena a parlé.", "", "Mali"),
        ],
    );
}

#[test]
fn new_divisions_are_names_of_the_old_paths() {
    check(
        "region",
        &[
            (
                "La région du Guiriko, au Burkina Faso, est calme.",
                "",
                "Burkina Faso/Hauts-Bassins",
            ),
            (
                "Au Burkina Faso, la région du Sourou est calme.",
                "",
                "Burkina Faso/Boucle du Mouhoun",
            ),
            (
                "Au Burkina Faso, la région de la Tapoa et celle du Soum sont calmes.",
                "",
                "Burkina Faso/Est/Tapoa ; Burkina Faso/Sahel/Soum",
            ),
            (
                "Au Burkina Faso, la province du Koosin est calme.",
                "",
                "Burkina Faso/Boucle du Mouhoun/Kossi",
            ),
            ("Au Burkina Faso, le Nakambé est en crue.", "", "Burkina Faso"),
            (
                "Le Bénin a renforcé ses postes dans l'Alibori.",
                "",
                "Bénin/Alibori",
            ),
        ],
    );
}

#[test]
fn capitals_may_stand_for_their_government() {
    check(
        "region",
        &[
            ("Les autorités de Bamako démentent.", "", ""),
            ("À Bamako, des coups de feu ont retenti.", "", "Mali/Bamako"),
            ("Le convoi a quitté Bamako.", "", "Mali/Bamako"),
            ("Kiev rejette les accusations de Bamako.", "", ""),
            ("Bamako et Moscou ont signé un accord.", "", ""),
            (
                "La capitale burkinabè est calme, la capitale nigérienne aussi.",
                "",
                "Burkina Faso/Centre/Kadiogo ; Niger/Niamey",
            ),
        ],
    );
}

#[test]
fn adjectives_of_countries_are_the_last_resort() {
    check(
        "region",
        &[
            (
                "L'armée malienne dément tout crime dans l'affaire de Moura.",
                "",
                "Mali/Mopti/Djenné",
            ),
            ("Quatre soldats maliens sont morts.", "", "Mali"),
            ("Quatre soldats maliens sont morts au Congo.", "", "Congo"),
            ("Quatre soldats algériens sont morts.", "", ""),
        ],
    );
}

#[test]
fn texts_without_capitals_or_with_nothing_else_are_read_too() {
    check(
        "region",
        &[
            (
                "attaque a gao : des morts a ansongo selon des sources locales",
                "",
                "Mali/Gao/Ansongo ; Mali/Gao/Gao",
            ),
            (
                "ATTAQUE À GAO : DES MORTS À ANSONGO",
                "",
                "Mali/Gao/Ansongo ; Mali/Gao/Gao",
            ),
        ],
    );
}
