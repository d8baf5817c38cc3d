//! Whose "armée", "soldats", "junte" it is.

use super::check;

const FAMA: &str = "Forces nationales/FAMa";
const OF_NIGER: &str = "Forces nationales/armée nigérienne";

#[test]
fn an_armed_thing_is_no_army() {
    check(
        "actor",
        &[
            ("À Gao, la lutte armée reprend.", "", ""),
            (
                "Une attaque armée a visé Gao. Des bandes armées y rôdent.",
                "",
                "",
            ),
            ("À Gao, une milice armée tient le marché.", "", ""),
            ("À Gao, combats entre armée et rebelles.", "", FAMA),
            ("À Gao, la jeune armée patrouille.", "", FAMA),
        ],
    );
}

#[test]
fn bare_words_speak_of_whoever_is_named_nearest() {
    let french = "Forces nationales/armée française";
    check(
        "actor",
        &[
            (
                "Deux militaires français sont morts près de Gao. Les soldats roulaient vers Ménaka.",
                "",
                french,
            ),
            (
                "Barkhane a perdu un véhicule près de Gao. Trois soldats sont blessés, dit l'état-major.",
                "",
                "Forces nationales/Barkhane",
            ),
            (
                "Hommage aux soldats tués au Mali. L'émotion est vive. La presse en parle. La foule se tait. \
                 Les militaires français étaient six.",
                "",
                french,
            ),
            ("À Gao, trois soldats ont été tués.", "", FAMA),
            ("Un poste militaire a été attaqué à Gao.", "", FAMA),
            (
                "Le détachement militaire de Djibo a été visé.",
                "",
                "Forces nationales/armée burkinabè",
            ),
            (
                "Des soldats sénégalais sont arrivés à Gao. Les militaires ont monté leurs tentes.",
                "",
                "",
            ),
            (
                "Le gouvernement nigérien proteste contre le Mali. La junte ne répond pas.",
                "",
                "États/Gouvernement du Niger",
            ),
        ],
    );
}

#[test]
fn the_name_after_a_role_says_whose_it_is() {
    check(
        "actor",
        &[
            (
                "Cinq mille soldats français de la force antijihadiste Barkhane sont au Sahel.",
                "",
                "Forces nationales/Barkhane",
            ),
            (
                "Au Mali, le ministre des Affaires étrangères, Jean-Yves Le Drian, regrette.",
                "",
                "États/Gouvernement français",
            ),
            ("Florence Parly a salué la prise de Ménaka.", "", ""),
        ],
    );
}

#[test]
fn lists_of_countries_are_armies_each() {
    let both = format!("{FAMA} ; {OF_NIGER}");
    check(
        "actor",
        &[
            (
                "Les armées du Mali, du Tchad, du Niger et du Burkina Faso avancent.",
                "",
                "Forces nationales/FAMa ; Forces nationales/armée burkinabè ; Forces nationales/armée nigérienne ; \
                 Forces nationales/armée tchadienne",
            ),
            ("Des soldats maliens et nigériens avancent.", "", &both),
            ("Les armées nationales avancent vers Gao.", "", ""),
        ],
    );
}

#[test]
fn the_state_is_a_government_where_a_place_is_named() {
    check(
        "actor",
        &[
            (
                "À Djibo, l'État est absent.",
                "",
                "États/Gouvernement du Burkina Faso",
            ),
            ("L'État est absent, dit un élu du Mali.", "", ""),
            ("Le ministre d'État viendra à Gao.", "", ""),
        ],
    );
}

#[test]
fn security_forces_of_each_country_and_newer_groups() {
    check(
        "actor",
        &[
            (
                "À Djibo, la gendarmerie a été attaquée.",
                "",
                "Forces nationales/Forces de sécurité burkinabè",
            ),
            (
                "À Tillabéri, la garde nationale a perdu trois hommes.",
                "",
                "Forces nationales/Forces de sécurité nigériennes",
            ),
            (
                "Les Lakurawa passent la frontière.",
                "",
                "Groupes jihadistes/Lakurawa",
            ),
            ("Les koglwéogo veillent.", "", "Groupes d'autodéfense/Koglweogo"),
            (
                "Des VDP nigériens sont recrutés.",
                "",
                "Groupes d'autodéfense/VDP du Niger",
            ),
            (
                "Le Haut-Commissariat aux réfugiés et le PAM sont là.",
                "",
                "Organisations internationales/ONU/HCR ; Organisations internationales/ONU/PAM",
            ),
        ],
    );
}

#[test]
fn peacekeepers_are_of_their_mission_wherever_they_come_from() {
    let minusma = "Organisations internationales/ONU/Minusma";
    check(
        "actor",
        &[
            ("Dix casques bleus tchadiens ont été tués à Kidal.", "", minusma),
            (
                "Trois Casques bleus bangladais sont morts près de Gao.",
                "",
                minusma,
            ),
            ("Des casques bleus rwandais patrouillent à Bangui.", "", ""),
            ("Des gendarmes sénégalais sont arrivés à Gao.", "", ""),
        ],
    );
}

#[test]
fn actors_of_other_kinds() {
    check(
        "actor",
        &[
            (
                "Le FPL a revendiqué le sabotage de l'oléoduc.",
                "",
                "Rébellions du Niger/Front patriotique de libération",
            ),
            (
                "La milice Ganda Izo patrouille.",
                "",
                "Groupes d'autodéfense/Ganda Izo",
            ),
            (
                "La katiba Serma a revendiqué.",
                "",
                "Groupes jihadistes/Jnim/Katiba Serma",
            ),
            ("Les Shebab ont attaqué.", "", "Groupes jihadistes/Al-Shabab"),
            (
                "L'OIM et l'Unicef comptent les déplacés.",
                "",
                "Organisations internationales/ONU/OIM ; Organisations internationales/ONU/Unicef",
            ),
            (
                "MSF, la FIDH et Acled le disent.",
                "",
                "Société civile et entreprises/ACLED ; Société civile et entreprises/FIDH ; Société civile et entreprises/Médecins sans frontières",
            ),
            (
                "Les Kel Ansar et le M5-RFP appellent au calme.",
                "",
                "Société civile et entreprises/Kel Ansar ; Société civile et entreprises/M5-RFP",
            ),
            (
                "Les FDS ont riposté à Djibo.",
                "",
                "Forces nationales/Forces de sécurité burkinabè",
            ),
            ("Les VDP ont riposté à Djibo.", "", "Groupes d'autodéfense/VDP"),
        ],
    );
}

#[test]
fn the_islamic_state_is_local_where_a_place_is_named() {
    let of_all = "Groupes jihadistes/État islamique (organisation)";
    check(
        "actor",
        &[
            ("L'EI a revendiqué l'attaque au Niger.", "", of_all),
            ("L'EI a pris Ménaka.", "", "Groupes jihadistes/EIGS"),
        ],
    );
}
