"""Committee cases: one file, several renderings, at-points as grammar, official decisions, open and closed."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from docgen import pipeline
from docgen.kinds.edition import Edition
from docgen.problems import ContentError
from docgen.project import Project
from docgen.tree import document
from docgen.tree.document import List
from docgen.writers import formats
from docgen.writers.formats import Format
from tests.conftest import Golden
from tests.support import plain_yaml
from tests.support.contents import ids_of, repository, small_content

CASE: dict[str, Any] = {
    "title": "En sag til prøver",
    "kind": "decision",
    "version": "1.0",
    "status": "til behandling",
    "date": "2024-05-21",
    "administrations": ["forvaltningen"],
    "summary": "Udvalget skal tage stilling.",
    "recommendation": [
        {
            "points": [
                {"id": "et", "text": "udvalget godkender planen, jf. {bilag:plan}"},
                {"id": "to", "text": "planen følges op"},
            ]
        }
    ],
    "sections": [
        {"id": "problem", "text": "Problemet."},
        {"id": "solution", "text": "# Først\n\nLøsningen, jf. {bilag:tal}."},
    ],
    "treatments": [{"body": "udvalget", "role": "decides", "date": "2024-06-11"}],
    "annexes": [
        {"id": "tal", "title": "Tal", "document": "policy/eksempel", "version": "1.0"},
        {"id": "plan", "title": "Plan", "document": "policy/eksempel", "version": "1.0"},
    ],
}
ORGANISATION = """\
bodies:
  - {id: raadet, kind: council, name: Byrådet, seats: 31}
  - {id: udvalget, kind: committee, name: Økonomiudvalget, seats: 7}
  - {id: miljoe-for, kind: committee, name: Teknik- og Miljøudvalget, valid_to: 2025-12-31, successor: miljoe-nu}
  - {id: miljoe-nu, kind: committee, name: "Klima-, Miljø- og Teknikudvalget", valid_from: 2026-01-01}
  - {id: forvaltningen, kind: administration, name: Økonomiforvaltningen}
  - {id: anden, kind: administration, name: Socialforvaltningen}
"""
AARHUS = {
    "at_style": "word",
    "decision_place": "first",
    "annex": "{nummer}. {titel}",
    "headings": {
        "recommendation": "Beslutningspunkter",
        "history": "Sagens forløb",
        "decision": "Beslutning",
        "annexes": "Bilag",
    },
    "lead_ins": {
        "decides": "{forvaltning} indstiller til {udvalg},",
        "recommends": "{forvaltning} indstiller til {råd} via {udvalg},",
        "declares": "{udvalg} sender sagen til {råd},",
        "council": "Til {råd} indstilles,",
    },
    "kinds": {
        name: {"label": "Indstilling"}
        for name in ("tabled-briefing", "briefing", "discussion", "decision", "declaration")
    },
    "sections": [
        {"id": "solution", "heading": "Hvilke veje vælger vi?"},
        {"id": "problem", "heading": "Baggrund", "required": True},
    ],
}


def project(profile: dict[str, Any] | None = None, **changes: Any) -> Project:
    files = small_content()
    real = repository()
    chosen = profile or plain_yaml.read(real.content_files["settings.yaml"])["cases"]
    head = {"format": 2, "municipality": {"name": "Eksempel Kommune", "council": "raadet"}, "cases": chosen}
    files["settings.yaml"] = plain_yaml.write(head).encode()
    files["organisation.yaml"] = ORGANISATION.encode()
    case = {key: value for key, value in {**CASE, **changes}.items() if value is not None}
    files["cases/sag.yaml"] = plain_yaml.write(_with_dates(case), sort_keys=False).encode()
    return Project(files, real.template_files, font_directories=real.font_directories)


def plain_words() -> dict[str, Any]:
    """The repository's profile with the words of decisions that are there where the settings say nothing."""
    profile: dict[str, Any] = plain_yaml.read(repository().content_files["settings.yaml"])["cases"]
    return {key: value for key, value in profile.items() if key not in ("words", "bodies", "parties", "outcomes")}


def _with_dates(value: Any) -> Any:
    """Dates are written plain in YAML, not as texts."""
    if isinstance(value, dict):
        return {key: _with_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_dates(item) for item in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return datetime.date.fromisoformat(value)
    return value


def build(found: Project, id: str = "case/sag", edition: Edition = Edition.PUBLIC) -> document.Document:
    return pipeline.build_tree(found, id, edition)


def lines(tree: document.Document) -> list[str]:
    return [text.replace("\u00a0", " ") for text in document.texts(tree)]


def problems(**changes: Any) -> str:
    with pytest.raises(ContentError) as caught:
        build(project(**changes))
    assert all(problem.origin.line for problem in caught.value.problems), "every problem has its line"
    return str(caught.value)


# -- at-points --------------------------------------------------------------------------------------------------


def test_at_points_are_numbered_and_punctuated_by_code() -> None:
    tree = build(project())
    assert "Økonomiforvaltningen indstiller over for Økonomiudvalget," in lines(tree)
    (points,) = [node for node in document.walk(tree) if isinstance(node, List) and node.ordered]
    assert points.start == 1
    texts = [line for line in lines(tree) if line.startswith("at ")]
    assert texts == ["at udvalget godkender planen, jf. bilag 2,", "at planen følges op."]


def test_signatures_stand_after_the_sections_under_the_profiles_heading() -> None:
    profile = plain_yaml.read(repository().content_files["settings.yaml"])["cases"]
    named = {**profile, "headings": {**profile["headings"], "signature": "Underskrift"}}
    signed = ["Første Person", "Anden Person"]
    assert "Første Person / Anden Person" in lines(build(project(signatures=signed)))
    found = lines(build(project(named, signatures=signed)))
    assert found.index("Underskrift") + 1 == found.index("Første Person / Anden Person")
    assert "Underskrift" not in lines(build(project(named)))


def test_one_point_is_numbered_too() -> None:
    tree = build(project(recommendation=[{"points": [{"id": "et", "text": "sagen drøftes"}]}]))
    (points,) = [node for node in document.walk(tree) if isinstance(node, List) and node.ordered]
    assert len(points.items) == 1
    assert "at sagen drøftes." in lines(tree)


def test_sub_points_end_where_the_sentence_ends() -> None:
    inner = [{"id": "a", "text": "det ene"}, {"id": "b", "text": "det andet"}]
    tree = build(project(recommendation=[{"points": [{"id": "et", "text": "udvalget godkender", "points": inner}]}]))
    found = lines(tree)
    assert found[found.index("at udvalget godkender:") :][:3] == ["at udvalget godkender:", "det ene,", "det andet."]


def test_a_joint_case_numbers_through_its_groups() -> None:
    groups = [
        {"points": [{"id": "et", "text": "planen godkendes"}]},
        {"by": ["anden"], "points": [{"id": "to", "text": "boliger oprettes"}, {"id": "tre", "text": "der følges op"}]},
    ]
    tree = build(project(administrations=["forvaltningen", "anden"], recommendation=groups))
    found = lines(tree)
    assert "Økonomiforvaltningen og Socialforvaltningen indstiller over for Økonomiudvalget," in found
    assert "Socialforvaltningen indstiller over for Økonomiudvalget," in found
    starts = [node.start for node in document.walk(tree) if isinstance(node, List) and node.ordered]
    assert starts == [1, 2]
    assert [line[-1] for line in found if line.startswith("at ")] == [".", ",", "."], "each group is a sentence"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at planen godkendes", "begynder med 'at'"),
        ("1. at planen", "begynder med 'at'"),
        ("planen godkendes.", "ender med '.'"),
        ("planen,", "ender med ','"),
    ],
)
def test_what_the_program_writes_is_not_typed(text: str, words: str) -> None:
    assert words in problems(recommendation=[{"points": [{"id": "et", "text": text}]}])


# -- renderings -------------------------------------------------------------------------------------------------

WAY = [
    {"body": "miljoe-for", "role": "hears", "date": "2024-05-28"},
    {
        "body": "udvalget",
        "role": "recommends",
        "date": "2024-06-11",
        "decision": {"outcomes": [{"verb": "anbefalet", "how": "without-vote"}]},
    },
    {"body": "raadet", "role": "council", "date": "2024-06-20", "reading": 1},
]


def test_one_file_becomes_a_rendering_for_each_committee() -> None:
    found = project(treatments=WAY)
    assert ids_of(found, ["case/sag"]) == ("case/sag/raadet", "case/sag/udvalget")
    committee = lines(build(found, "case/sag/udvalget"))
    council = lines(build(found, "case/sag/raadet"))
    assert "Økonomiforvaltningen indstiller, at Økonomiudvalget over for Byrådet anbefaler," in committee
    before = committee[committee.index("Oversigt over politisk behandling") : committee.index("Beslutning", 5)]
    assert "Teknik- og Miljøudvalget blev hørt om sagen den 28. maj 2024." in before
    assert not any("Indstillingen blev" in text for text in before), "its own decision is not yet history"
    assert council.index("Indstilling om,") < council.index("(Økonomiudvalget) (1. behandling)")
    history = council[council.index("Oversigt over politisk behandling") :]
    assert "Teknik- og Miljøudvalget blev hørt om sagen den 28. maj 2024." in history
    assert "Økonomiforvaltningen indstiller, at Økonomiudvalget over for Byrådet anbefaler," in history
    assert "Økonomiudvalgets beslutning i mødet den 11. juni 2024" in history
    assert "Indstillingen blev anbefalet uden afstemning." in history


def test_names_are_those_of_the_day() -> None:
    for year, name in (("2025", "Teknik- og Miljøudvalget"), ("2026", "Klima-, Miljø- og Teknikudvalget")):
        way = [{"body": "miljoe-for", "role": "decides", "date": f"{year}-03-02"}]
        assert name in lines(build(project(treatments=way)))


def test_a_note_for_the_reading_table_has_no_recommendation() -> None:
    way = [{"body": "udvalget", "role": "receives"}]
    found = lines(build(project(kind="tabled-briefing", recommendation=None, treatments=way)))
    assert "Udvalget skal tage stilling. Sagen er til Økonomiudvalgets orientering." in found
    assert "Indstilling" not in found
    assert "Mødedato" not in found
    assert "har ingen indstilling" in problems(kind="tabled-briefing")
    assert "sagen har ingen indstilling" in problems(recommendation=None)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["briefing", "discussion", "decision", "declaration"])
@pytest.mark.parametrize("format", list(formats.FORMATS.values()))
def test_every_kind_is_written_in_every_format(kind: str, format: Format) -> None:
    found = project(kind=kind)
    assert pipeline.write(found, build(found), format)


def test_stock_sentences_stand_where_a_section_is_empty() -> None:
    found = lines(build(project()))
    assert "Sagen har i sig selv ingen økonomiske konsekvenser." in found
    written = [*CASE["sections"], {"id": "finance", "text": "Det koster 2 mio. kr."}]
    found = lines(build(project(sections=written)))
    assert "Sagen har i sig selv ingen økonomiske konsekvenser." not in found
    assert found.index("Økonomi") + 1 == found.index("Det koster 2 mio. kr.")


def test_another_municipality_describes_its_own() -> None:
    decision = {"outcomes": [{"verb": "godkendt"}]}
    way = [{"body": "udvalget", "role": "decides", "date": "2024-06-11", "decision": decision}]
    found = lines(build(project(AARHUS, treatments=way)))
    order = [
        "Beslutning",
        "Indstillingen blev godkendt.",
        "Beslutningspunkter",
        "Hvilke veje vælger vi?",
        "Baggrund",
        "Bilag",
    ]
    places = [found.index(word) for word in order]
    assert places == sorted(places)
    assert "At 1) udvalget godkender planen, jf. bilag 2," in found
    assert "1. Tal" in found
    assert "Resumé" not in found


# -- decisions --------------------------------------------------------------------------------------------------


def decided(*outcomes: dict[str, Any], body: str = "udvalget", **more: Any) -> list[dict[str, Any]]:
    return [{"body": body, "role": "decides", "date": "2024-06-11", "decision": {"outcomes": list(outcomes), **more}}]


DECISIONS: list[tuple[dict[str, Any], str]] = [
    ({"verb": "godkendt"}, "Indstillingen blev godkendt."),
    ({"verb": "godkendt", "how": "unanimous"}, "Indstillingen blev godkendt enstemmigt."),
    (
        {"verb": "taget til efterretning", "how": "without-vote"},
        "Indstillingen blev taget til efterretning uden afstemning.",
    ),
    (
        {"verb": "vedtaget", "how": "vote", "votes_for": 5, "votes_against": 2, "abstentions": 0},
        "Indstillingen blev vedtaget med 5 stemmer mod 2. Ingen medlemmer undlod at stemme.",
    ),
    (
        {"verb": "vedtaget", "how": "vote", "votes_for": 1, "votes_against": 0, "abstentions": 1},
        "Indstillingen blev vedtaget med 1 stemme mod 0. 1 medlem undlod at stemme.",
    ),
    (
        {
            "verb": "forkastet",
            "amendment": "ÆF1",
            "how": "vote",
            "parties_for": ["A", "B"],
            "parties_against": ["F", "Ø", "V"],
            "parties_abstaining": ["C"],
        },
        (
            "Ændringsforslaget (ÆF1) blev forkastet efter afstemning. For stemte: A og B. "
            "Imod stemte: F, Ø og V. Undlod at stemme: C."
        ),
    ),
]


@pytest.mark.parametrize(("outcome", "words"), DECISIONS)
def test_decisions_in_the_official_wording(outcome: dict[str, Any], words: str) -> None:
    assert words in lines(build(project(plain_words(), treatments=decided(outcome))))


def test_each_point_has_its_outcome() -> None:
    way = decided({"point": "et", "verb": "godkendt"}, {"point": "to", "verb": "udsat"})
    found = lines(build(project(treatments=way)))
    assert "Indstillingens 1. at-punkt blev godkendt." in found
    assert "Indstillingens 2. at-punkt blev udsat." in found


def test_statements_and_remarks() -> None:
    statements = [{"by": "Ø", "text": "Vi savner et mål.", "joined_by": ["F", "Å"]}]
    way = decided({"verb": "godkendt"}, statements=statements, remarks=["N.N. (B) deltog ikke i behandlingen."])
    found = lines(build(project(plain_words(), treatments=way)))
    at = found.index("Ø afgav følgende protokolbemærkning, som F og Å tilsluttede sig:")
    assert found[at + 1] == "”Vi savner et mål.”"
    assert "N.N. (B) deltog ikke i behandlingen." in found


IMPOSSIBLE_DECISIONS: list[tuple[list[dict[str, Any]], str]] = [
    (
        [{"verb": "godkendt", "how": "vote", "votes_for": 6, "votes_against": 2}],
        "der er afgivet 8 stemmer, og udvalget har 7",
    ),
    ([{"verb": "godkendt", "how": "vote", "votes_for": 6}], "mangler stemmer for eller imod"),
    ([{"verb": "godkendt", "votes_for": 6, "votes_against": 1}], "stemmetal, men ingen afstemning"),
    (
        [{"verb": "godkendt", "how": "vote", "parties_for": ["A"], "parties_against": ["A"]}],
        "partiet A står to steder",
    ),
    ([{"point": "et", "verb": "godkendt"}], "mangler et udfald for to"),
    ([{"point": "tos", "verb": "godkendt"}], "der er intet at-punkt 'tos'; mente du 'to'?"),
    ([{"verb": "godkendt"}, {"point": "et", "verb": "udsat"}], "både hele indstillingen og enkelte"),
    ([{"verb": "godkendt"}, {"verb": "udsat"}], "besluttet to gange"),
    ([{"verb": "bifaldet"}], "'bifaldet' er ikke en mulighed"),
    ([{"verb": "godkendt", "how": "vote", "votes_against": 1, "abstentions": 0}], "mangler stemmer for eller imod"),
    ([{"verb": "godkendt", "abstentions": 1}], "stemmetal, men ingen afstemning"),
    ([{"verb": "godkendt", "parties_against": ["A"]}], "stemt imod, men ingen afstemning"),
    (
        [
            {
                "verb": "godkendt",
                "how": "vote",
                "parties_for": ["A", "Ø (N.N.)"],
                "parties_abstaining": ["Ø (N.N.)", "A"],
            }
        ],
        "partiet A står to steder",
    ),
    ([{"point": "xyzzy", "verb": "godkendt"}], "vælg et, to"),
    ([{"point": "et", "verb": "godkendt"}, {"point": "et", "verb": "udsat"}], "besluttet to gange"),
]


@pytest.mark.parametrize(("outcomes", "words"), IMPOSSIBLE_DECISIONS)
def test_decisions_that_cannot_be(outcomes: list[dict[str, Any]], words: str) -> None:
    assert words in problems(treatments=decided(*outcomes))


# -- references and annexes -------------------------------------------------------------------------------------


FAULTY_CASES: list[tuple[dict[str, Any], str]] = [
    ({"administrations": ["udvalget"]}, "'udvalget' er ikke en forvaltning"),
    ({"treatments": [{"body": "forvaltningen", "role": "decides"}]}, "'forvaltningen' er ikke et udvalg"),
    ({"administrations": ["forvaltning"]}, "mente du 'forvaltningen'?"),
    ({"case_number": "2024-123"}, "er ikke et sagsnummer"),
    ({"document_number": "2024-1234567"}, "er ikke et dokumentnummer"),
    ({"sections": [{"id": "solution", "text": "x"}]}, "afsnittet Problemstilling mangler"),
    ({"sections": [*CASE["sections"], {"id": "finanser", "text": "x"}]}, "'finanser' hører ikke til"),
    ({"annexes": [{"id": "tal", "title": "Tal", "file": "tal.pdf"}]}, "filen 'tal.pdf' findes ikke"),
    ({"annexes": [{"id": "tal", "title": "Tal"}]}, "enten en fil eller et dokument"),
    (
        {"annexes": [{"id": "tal", "title": "Tal", "document": "policy/eksempel", "version": "2.0"}]},
        "findes i version 1.0, ikke 2.0",
    ),
    ({"summary": "Se {bilag:plann}."}, "henvisningen {bilag:plann} findes ikke; mente du {bilag:plan}?"),
    ({"treatments": [*CASE["treatments"], *CASE["treatments"]]}, "står to gange på sagens vej"),
    ({"administrations": ["xyzzy"]}, "tilføj det i organisation.yaml"),
    ({"treatments": [{"body": "miljoe", "role": "decides"}]}, "findes ikke i organisation.yaml"),
    ({"recommendation": []}, "sagen har ingen indstilling"),
    ({"kind": "tabled-briefing"}, "denne slags sag har ingen indstilling"),
    ({"sections": [*CASE["sections"], {"id": "xyzzy", "text": "x"}]}, "brug problem, solution"),
    ({"date": None, "annexes": [], "treatments": [{"body": "udvalget", "role": "decides"}]}, "ingen dato at gå efter"),
    (
        {
            "date": None,
            "annexes": [{**annex, "closed": {"reason": "Forvaltningsloven § 27"}} for annex in CASE["annexes"]],
            "treatments": [{"body": "udvalget", "role": "decides"}],
        },
        "ingen dato at gå efter",
    ),
    ({"annexes": [CASE["annexes"][0], CASE["annexes"][0], CASE["annexes"][1]]}, "id'et 'tal' bruges to gange"),
    (
        {
            "annexes": [
                {"id": "tal", "title": "Tal", "file": "tal.pdf", "document": "policy/eksempel", "version": "1.0"}
            ]
        },
        "enten en fil eller et dokument",
    ),
    ({"annexes": [{"id": "tal", "title": "Tal", "document": "policy/eksempe"}]}, "mente du 'policy/eksempel'?"),
    ({"annexes": [{"id": "tal", "title": "Tal", "document": "xyzzy"}]}, "vælg policy/eksempel"),
    ({"annexes": [{"id": "tal", "title": "Tal", "document": "policy/eksempel"}]}, "bilagets version mangler"),
    (
        {
            "recommendation": [
                {
                    "points": [
                        {
                            "id": "a",
                            "text": "b",
                            "points": [
                                {
                                    "id": "c",
                                    "text": "d",
                                    "points": [{"id": "e", "text": "f", "points": [{"id": "g", "text": "h"}]}],
                                }
                            ],
                        }
                    ]
                }
            ]
        },
        "at-punkter har højst 3 niveauer",
    ),
    (
        {"recommendation": [{"points": [{"id": "et", "text": "b", "points": [{"id": "et", "text": "d"}]}]}]},
        "id'et 'et' bruges to gange",
    ),
    ({"recommendation": [{"by": ["udvalget"], "points": [{"id": "et", "text": "b"}]}]}, "er ikke en forvaltning"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "words"), FAULTY_CASES)
def test_problems_of_a_case(changes: dict[str, Any], words: str) -> None:
    assert words in problems(**changes)


@pytest.mark.slow
def test_what_is_told_of_a_faulty_case(golden: Golden) -> None:
    shown = [f"## {words}\n{problems(**changes)}\n" for changes, words in FAULTY_CASES]
    shown += [f"## {words}\n{problems(treatments=decided(*outcomes))}\n" for outcomes, words in IMPOSSIBLE_DECISIONS]
    golden("errors/cases.txt", "\n".join(shown))


def test_a_case_needs_a_profile() -> None:
    made = project()
    files = dict(made.content_files) | {
        "settings.yaml": b"format: 2\nmunicipality: {name: Eksempel Kommune, council: raadet}\n"
    }
    (problem,) = Project(files, made.template_files).problems()
    told = "der er ingen profil for sager i settings.yaml; tilføj feltet 'cases'"
    assert str(problem) == f"content/cases/sag.yaml:1:1: {told}"


def test_a_faulty_policy_is_not_told_again_at_each_case() -> None:
    found = project(date=None, treatments=[{"body": "udvalget", "role": "decides"}])
    files = dict(found.content_files)
    path = "policies/eksempel/policy.yaml"
    files[path] = files[path].replace(b"summary:", b"sumary:")
    (problem,) = Project(files, found.template_files).problems()
    assert problem.hint == "mente du 'summary'?"


def test_a_citation_follows_its_annex() -> None:
    before = lines(build(project()))
    after = lines(build(project(annexes=list(reversed(CASE["annexes"])))))
    assert any("jf. bilag 2" in line for line in before if line.startswith("at "))
    assert any("jf. bilag 1" in line for line in after if line.startswith("at "))
    assert "Bilag 2 – Plan" in before
    assert "Bilag 1 – Plan" in after
