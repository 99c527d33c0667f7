"""Other municipalities: their headings, lead-ins, decisions, motions, minutes and policies are all data of theirs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from docgen import pipeline
from docgen.kinds.edition import Edition
from docgen.project import Project
from docgen.tree import document
from docgen.writers import formats
from docgen.writers.formats import Format
from tests.support import plain_yaml
from tests.support.contents import repository, small_content

AARHUS: dict[str, Any] = {
    "at_style": "word",
    "decision_place": "first",
    "annex": "Bilag {nummer}: {titel}",
    "case_numbers": ["00/#"],
    "headings": {
        "summary": "1. Resume",
        "recommendation": "2. Beslutningspunkter",
        "history": "Sagens forløb",
        "decision": "Beslutning",
        "annexes": "Bilag",
    },
    "lead_ins": {
        "decides": "Det indstilles til {udvalg},",
        "recommends": "Det indstilles til {råd} via {udvalg},",
        "declares": "{udvalg} sender sagen til {råd},",
        "council": "Det indstilles,",
    },
    "kinds": {
        "indstilling": {"label": "Indstilling", "sections": ["baggrund", "effekt", "oekonomi"]},
        "forslag": {
            "label": "Beslutningsforslag",
            "moved": True,
            "role": "council",
            "heading": "Forslag",
            "lead_in": "Det foreslås, at byrådet beslutter,",
            "movers": "Forslagsstiller: {stillere}",
            "subject": "Forslaget",
            "sections": ["begrundelse"],
        },
    },
    "sections": [
        {"id": "baggrund", "heading": "3. Baggrund", "required": True},
        {"id": "effekt", "heading": "4. Effekt", "required": True},
        {"id": "oekonomi", "heading": "5. Ressourcer", "required": True, "default": "Ingen."},
        {"id": "begrundelse", "heading": "Begrundelse", "required": True},
    ],
    "outcomes": [
        {"word": "vedtaget", "class": "adopted"},
        {"word": "tilbagesendt", "class": "rejected"},
        {"word": "henvist til udvalg", "class": "postponed", "of_case": True},
    ],
    "words": {
        "heading": "{udvalg} den {dato}",
        "whole": "Indstillingen",
        "points": "Beslutningspunkt {numre}",
        "sentence": "{emne} er {udfald}.",
        "vote": "med {første} mod {anden} stemmer",
        "voted_for": "For stemte {partier}.",
        "voted_against": "Imod stemte {partier}.",
    },
}
ODENSE: dict[str, Any] = {
    "at_style": "number",
    "decision_place": "after-recommendation",
    "annex": "{titel}",
    "case_numbers": ["00000000"],
    "headings": {
        "summary": "Sagsresumé",
        "recommendation": "Indstilling",
        "history": "Tidligere beslutninger",
        "decision": "Beslutning",
        "annexes": "Bilag",
    },
    "lead_ins": {
        "decides": "{forvaltning} indstiller til udvalget,",
        "recommends": "{forvaltning} indstiller, at udvalget anbefaler byrådet,",
        "declares": "{udvalg} erklærer,",
        "council": "{fagudvalg} anbefaler byrådet,",
    },
    "kinds": {
        "sag": {"label": "Beslutningssag", "sections": ["fremstilling", "effekt", "oekonomi"]},
        "forslag": {
            "label": "Medlemsforslag",
            "moved": True,
            "role": "council",
            "lead_in": "Byrådet skal tage stilling til,",
            "movers": "Sagen er rejst af {stillere}",
            "subject": "Forslaget",
            "sections": ["fremstilling"],
        },
    },
    "sections": [
        {"id": "fremstilling", "heading": "Sagsfremstilling", "required": True},
        {"id": "effekt", "heading": "Effekt", "required": True},
        {"id": "oekonomi", "heading": "Økonomi", "required": True, "default": "Sagen påvirker ikke kassen."},
    ],
    "outcomes": [
        {"word": "godkendt", "class": "adopted"},
        {"word": "anbefales", "class": "recommended"},
        {"word": "ikke godkendt", "class": "rejected"},
        {"word": "udsat", "class": "postponed"},
    ],
    "words": {
        "heading": "Beslutning i {udvalg} den {dato}",
        "sentence": "{Udfald}.",
        "sentence_of_points": "Punkt {emne}: {Udfald}.",
        "points": "{numre}",
        "vote": "({første} for, {anden} imod)",
        "voted_for": "For: {partier}.",
        "voted_against": "Imod: {partier}.",
    },
}
AARHUS_POLICY: dict[str, Any] = {
    "label": "Politik",
    "numbered": True,
    "parts": [
        {"id": "forord", "heading": "Forord", "required": True},
        {"id": "kapitel", "heading": "Kapitel", "repeats": True},
        {"id": "afsnit", "heading": "Afsnit", "repeats": True, "under": ["kapitel"], "areas_heading": "Sådan gør vi"},
    ],
}
ODENSE_POLICY: dict[str, Any] = {
    "label": "Strategi",
    "parts": [
        {"id": "indledning", "heading": "Hvorfor en strategi?", "required": True},
        {"id": "maal", "heading": "Mål", "repeats": True, "areas_heading": "Principper"},
        {"id": "handling", "heading": "Handlinger", "measures_heading": "Handlinger år for år"},
    ],
}
ORGANISATION = """\
bodies:
  - {id: raadet, kind: council, name: Byrådet, seats: 31}
  - {id: udvalget, kind: committee, name: Teknisk Udvalg, seats: 7}
  - {id: teknik, kind: administration, name: Teknik og Miljø}
"""
VOTE = {"how": "vote", "votes_for": 20, "votes_against": 11, "parties_for": ["A", "V"], "parties_against": ["Ø"]}


POINTS = [{"id": "torv", "text": "torvet anlægges"}, {"id": "penge", "text": "der gives 5 mio. kr."}]
HELD = datetime.date(2026, 3, 24)


def _case(kind: str, sections: list[str], words: dict[str, str], number: str) -> dict[str, Any]:
    return {
        "title": "Nyt torv i midtbyen",
        "kind": kind,
        "version": "1.0",
        "status": "vedtaget",
        "date": datetime.date(2026, 3, 1),
        "administrations": ["teknik"],
        "case_number": number,
        "summary": "Byrådet skal tage stilling til et nyt torv.",
        "recommendation": [{"points": POINTS}],
        "sections": [{"id": id, "text": f"Om {id}."} for id in sections],
        "treatments": [
            {"body": "udvalget", "role": "recommends", "date": datetime.date(2026, 3, 10),
             "decision": {"outcomes": [{"verb": words["recommended"]}]}},
            {"body": "raadet", "role": "council", "date": HELD,
             "decision": {"outcomes": [{"point": "torv", "verb": words["adopted"]},
                                       {"point": "penge", "verb": words["adopted"], **VOTE}]}},
        ],
    }  # fmt: skip


def _motion(section: str, verb: str) -> dict[str, Any]:
    outcome = {"verb": verb, "how": "vote", "votes_for": 5, "votes_against": 26}
    return {
        "title": "Forslag om flere bænke",
        "kind": "forslag",
        "version": "1.0",
        "status": "vedtaget",
        "date": datetime.date(2026, 3, 1),
        "moved_by": ["Ø"],
        "recommendation": [{"points": [{"id": "baenke", "text": "der stilles ti bænke op"}]}],
        "sections": [{"id": section, "text": "Man skal kunne sidde."}],
        "treatments": [
            {
                "body": "raadet",
                "role": "council",
                "date": datetime.date(2026, 3, 24),
                "decision": {"outcomes": [outcome]},
            }
        ],
    }


MEETING = {
    "committee": "raadet",
    "date": datetime.date(2026, 3, 24),
    "version": "1.0",
    "status": "vedtaget",
    "items": [{"id": "torv", "case": "torv"}, {"id": "baenke", "case": "baenke"}],
    "minutes": {"version": "1.0", "status": "vedtaget", "approval": "Dagsordenen blev godkendt."},
}


def _policy(profile: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": "Politik for byens rum",
        "profile": profile,
        "summary": "Sådan bruger vi byens rum.",
        "period": {"from": 2026, "to": 2029},
        "version": "1.0",
        "status": "udkast",
        "date": datetime.date(2026, 3, 1),
        "parts": parts,
    }


LONG = (
    "Vi vil, at alle, der bor i byen, kan finde et sted "
    "at sidde i ly for vinden og med udsigt til noget grønt, uden at det koster dem noget som helst."
)
CHAPTERS = [
    {"id": "kapitel-et", "part": "kapitel", "title": "Pladser", "lead": "Byen er for alle.", "parts": [
        {"id": "afsnit-et", "part": "afsnit", "title": "Bænke", "text": "Vi stiller bænke op.",
         "focus_areas": [{"id": "a", "lead": LONG}, {"id": "b", "lead": "Sol.", "text": "Og skygge."}]}]},
    {"id": "forord-et", "part": "forord", "text": "Velkommen."},
]  # fmt: skip
AIMS = [
    {"id": "indledning-et", "part": "indledning", "text": "Fordi."},
    {"id": "maal-et", "part": "maal", "title": "Mål 1: Grønt",
     "focus_areas": [{"id": "a", "lead": "Træer før fliser."}]},
    {"id": "maal-to", "part": "maal", "title": "Mål 2: Roligt", "text": "Ro."},
    {"id": "handling-et", "part": "handling", "measures": [
        {"id": "m1", "text": "Plant 100 træer", "year": "2027", "responsible": "Teknik og Miljø"},
        {"id": "m2", "text": "Sæt skilte op"}]},
]  # fmt: skip
AARHUS_WORDS = {"recommended": "vedtaget", "adopted": "vedtaget"}
ODENSE_WORDS = {"recommended": "anbefales", "adopted": "godkendt"}
MADE: dict[str, tuple[Any, ...]] = {
    "aarhus": (
        AARHUS,
        AARHUS_POLICY,
        ("indstilling", ["baggrund", "effekt"], AARHUS_WORDS, "16/26946"),
        ("begrundelse", "tilbagesendt"),
        CHAPTERS,
    ),
    "odense": (
        ODENSE,
        ODENSE_POLICY,
        ("sag", ["fremstilling", "effekt"], ODENSE_WORDS, "23064909"),
        ("fremstilling", "ikke godkendt"),
        AIMS,
    ),
}


def municipality(name: str, **policy: Any) -> Project:
    """A project of one of the two: a decision case, a motion, a meeting with minutes, and a policy with a profile."""
    profile, shape, case, motion, parts = MADE[name]
    settings = {
        "format": 2,
        "municipality": {"name": "Eksempel Kommune", "council": "raadet"},
        "cases": {**profile, "parties": [{"letter": "Ø", "name": "Enhedslisten"}]},
        "policies": {"politik": shape},
    }
    documents = {
        "settings.yaml": settings,
        "cases/torv.yaml": _case(*case),
        "cases/baenke.yaml": _motion(*motion),
        "meetings/2026-03-24-raadet.yaml": MEETING,
        "policies/byrum/policy.yaml": {**_policy("politik", parts), **policy},
    }
    files = {**small_content(), "organisation.yaml": ORGANISATION.encode()}
    files |= {path: plain_yaml.write(data, sort_keys=False).encode() for path, data in documents.items()}
    real = repository()
    return Project(files, real.template_files, font_directories=real.font_directories)


def said(name: str, id: str) -> list[str]:
    tree = pipeline.build_tree(municipality(name), id, Edition.PUBLIC)
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in document.texts(tree)]


def in_order(found: list[str], *words: str) -> bool:
    places = [found.index(word) for word in words]
    return places == sorted(places)


def test_aarhus_has_the_decision_first_and_points_by_word() -> None:
    found = said("aarhus", "case/torv/raadet")
    assert in_order(
        found, "Beslutning", "Byrådet den 24. marts 2026", "1. Resume", "2. Beslutningspunkter", "3. Baggrund"
    )
    assert "At 1) torvet anlægges," in found
    assert "At 2) der gives 5 mio. kr." in found
    assert "Beslutningspunkt 1. er vedtaget." in found
    assert "Beslutningspunkt 2. er vedtaget med 20 mod 11 stemmer. For stemte A og V. Imod stemte Ø." in found
    assert "16/26946" in found


def test_odense_writes_the_outcome_alone_right_after_the_recommendation() -> None:
    found = said("odense", "case/torv/raadet")
    assert in_order(found, "Sagsresumé", "Indstilling", "Beslutning", "Sagsfremstilling", "Effekt", "Økonomi")
    assert "Teknisk Udvalg anbefaler byrådet," in found
    assert "Punkt 1.: Godkendt." in found
    assert "Beslutning i Teknisk Udvalg den 10. marts 2026" in found
    assert "Anbefales." in found
    assert "Sagen påvirker ikke kassen." in found


ODENSE_FALLS = "Ikke godkendt (5 for, 26 imod)."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("aarhus", ["Forslag", "Forslagsstiller: Enhedslisten", "Forslaget er tilbagesendt med 5 mod 26 stemmer."]),
        (
            "odense",
            ["Byrådet skal tage stilling til,", "Sagen er rejst af Enhedslisten", "Ikke godkendt (5 for, 26 imod)."],
        ),
    ],
)
def test_motions_and_minutes_are_theirs(name: str, words: list[str]) -> None:
    for id in ("case/baenke", "meeting/2026-03-24-raadet/beslutningsprotokol"):
        found = said(name, id)
        assert [word for word in words if word not in found] == []


def test_a_policy_of_numbered_chapters() -> None:
    found = said("aarhus", "policy/byrum")
    assert in_order(
        found, "1. Forord", "Velkommen.", "2. Pladser", "Byen er for alle.", "2.1 Bænke", "Sådan gør vi", LONG
    )
    assert "Sol. Og skygge." in found


def test_a_policy_of_aims_with_measures_by_year() -> None:
    found = said("odense", "policy/byrum")
    assert in_order(found, "Hvorfor en strategi?", "Mål 1: Grønt", "Principper", "Træer før fliser.", "Mål 2: Roligt")
    assert in_order(found, "Handlinger", "Handlinger år for år", "Plant 100 træer", "2027", "Sæt skilte op")


TWICE = [{"id": "x", "part": "forord", "text": "a"}, {"id": "y", "part": "forord", "text": "b"}]
SHAPES: list[tuple[list[dict[str, Any]], str]] = [
    (
        [{"id": "x", "part": "forord", "text": "a"}, {"id": "y", "part": "forord", "text": "b"}],
        "delen Forord står to gange",
    ),
    ([{"id": "x", "part": "afsnit", "text": "a"}], "'afsnit' kan ikke stå yderst"),
    ([{"id": "x", "part": "kapitl", "text": "a"}], "mente du 'kapitel'?"),
    ([{"id": "x", "part": "kapitel", "text": "a"}], "delen Forord mangler"),
    ([{"id": "x", "part": "forord"}], "delen 'x' er tom"),
    ([{"id": "x", "part": "forord", "text": "a"}, {"id": "x", "part": "kapitel", "text": "b"}], "'x'"),
]


@pytest.mark.parametrize(("parts", "words"), SHAPES)
def test_what_is_wrong_in_a_policys_parts(parts: list[dict[str, Any]], words: str) -> None:
    assert words in "\n".join(map(str, municipality("aarhus", parts=parts).problems()))


def test_a_policy_with_an_unknown_profile_or_none() -> None:
    assert "der er ingen profil 'politic'" in str(municipality("aarhus", profile="politic").problems()[0])
    told = [problem.message for problem in municipality("aarhus", profile=None).problems()]
    assert told
    assert all("Traceback" not in message for message in told)


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("format", list(formats.FORMATS.values()))
def test_everything_is_written_in_every_format(name: str, format: Format) -> None:
    found = municipality(name)
    for id in ("case/torv/udvalget", "case/baenke", "meeting/2026-03-24-raadet/beslutningsprotokol", "policy/byrum"):
        assert pipeline.write(found, pipeline.build_tree(found, id, Edition.PUBLIC), format)


ELSEWHERE = ("Borgerrepræsentation", "København", "Økonomiudvalg", "Det forudsættes", "Indstilling om", "fremsatte")


@pytest.mark.parametrize("name", MADE)
def test_nothing_of_another_municipality_is_said(name: str) -> None:
    for id in ("case/torv/raadet", "case/baenke", "meeting/2026-03-24-raadet/beslutningsprotokol", "policy/byrum"):
        found = "\n".join(said(name, id))
        assert [word for word in ELSEWHERE if word in found] == []


@pytest.mark.parametrize(
    ("field", "written", "right"),
    [("vote", "med {for} mod {imod}", "{første}"), ("heading", "Mødet {dag}", "{udvalgets}")],
)
def test_a_word_in_braces_that_cannot_be_filled_in_is_told_where_it_stands(
    field: str, written: str, right: str
) -> None:
    found = municipality("aarhus")
    files = dict(found.content_files)
    settings = plain_yaml.read(files["settings.yaml"])
    settings["cases"]["words"][field] = written
    files["settings.yaml"] = plain_yaml.write(settings).encode()
    problem = Project(files, found.template_files).problems()[0]
    assert "kan ikke udfyldes her" in problem.message
    assert right in problem.hint
    assert problem.origin.line
