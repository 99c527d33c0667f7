"""Cases as committees really have them: a paper of its own for each body, joint cases, motions, what was moved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import pipeline
from docgen.content.profile import SectionProfile
from docgen.kinds.case.model import Case
from docgen.kinds.case.paper import in_own_order
from docgen.kinds.case.points import groups_for, in_words, numbers_in
from docgen.kinds.edition import Edition
from docgen.problems import ContentError
from docgen.proofing.proofread import Chosen, read_content
from docgen.structs import replace
from docgen.tree import document
from docgen.tree.document import List, Quote
from tests.kinds.test_cases import build, decided, lines, problems, project
from tests.support import plain_yaml
from tests.support.contents import ids_of, repository
from tests.support.effort import tries
from tests.support.examples_project import examples

KTU, OEU, BR = "klima-miljoe-og-teknikudvalget", "oekonomiudvalget", "borgerrepraesentationen"
COMMITTEE = "Klima-, Miljø- og Teknikudvalget"
SENDER = "Klima-, Miljø- og Teknikforvaltningen"
CAPITAL = f"anlægsudgifter som følge af sagen fortsat overholder {COMMITTEE}s samlede anlægsmåltal."
BUDGET = f"eventuelle merudgifter, som følge af sagen, afholdes inden for {COMMITTEE}s budgetramme."
NEXT = "Økonomiudvalget og Borgerrepræsentationen"
PROJECT = "at projektet danner grundlag for anlæg, jf. bilag 2."
MONEY = "at der frigives 10,0 mio. kr. til projektet, jf. økonomiafsnittet."


PLAIN = [{"id": "problem", "text": "Problemet."}, {"id": "solution", "text": "Løsningen."}]
ONE_POINT = [{"points": [{"id": "et", "text": "planen godkendes"}]}]


def paper(id: str, edition: Edition = Edition.PUBLIC) -> document.Document:
    return build(examples(), f"case/{id}", edition)


def part(found: list[str], begins: str, ends: str = "") -> list[str]:
    """The lines of a part of a paper, between its heading and the next that is named."""
    start = len(found) - 1 - found[::-1].index(begins)
    stop = found.index(ends, start) if ends else len(found)
    return found[start + 1 : stop]


# -- a paper for each body --------------------------------------------------------------------------------------


def test_the_committee_decides_one_point_and_recommends_the_other() -> None:
    found = lines(paper(f"anlaeg/{KTU}-2026-04-27"))
    assert part(found, "Indstilling", "Problemstilling") == [
        f"{SENDER} indstiller, at {COMMITTEE} godkender,",
        PROJECT,
        f"{SENDER} indstiller, at {COMMITTEE} over for {NEXT} anbefaler,",
        MONEY,
    ]
    starts = [node.start for node in document.walk(paper(f"anlaeg/{KTU}")) if isinstance(node, List) and node.ordered]
    assert starts == [1, 2], "the numbers run on"
    assert "Bilag 2 Tegning" in found, "the committee's own form of the list"


def test_the_finance_committee_gets_the_declaration_of_its_own_administration() -> None:
    found = lines(paper(f"anlaeg/{OEU}"))
    assert found[found.index("Fra") + 1] == "Økonomiforvaltningen"
    lead_in = "Økonomiforvaltningen indstiller, at Økonomiudvalget oversender sagen til Borgerrepræsentationen"
    assert part(found, "Indstilling", "Problemstilling") == [
        f"{lead_in} med følgende erklæring:",
        f"Økonomiudvalget forudsætter, at {CAPITAL}",
        f"Økonomiudvalget forudsætter, at {BUDGET}",
    ]
    assert part(found, "Resumé", "Indstilling")[0].startswith("Før Borgerrepræsentationen kan tage stilling")
    assert "Opdigtet Direktør / Opdigtet Centerchef" in found, "the specialist administration signs"
    decision = part(found, "Beslutning", "Bilag")
    assert decision[:2] == [
        f"{COMMITTEE} anbefaler over for {NEXT},",
        MONEY,
    ]
    assert decision[2] == (
        "Økonomiudvalget besluttede at oversende indstillingen med udvalgets erklæring til behandling i "
        "Borgerrepræsentationen med 12 stemmer mod 1. Ingen medlemmer undlod at stemme."
    )


def test_the_council_gets_its_own_points_the_conditions_and_who_recommends() -> None:
    found = lines(paper(f"anlaeg/{BR}"))
    assert part(found, "Indstilling", "Problemstilling") == [
        "Indstilling om,",
        MONEY,
        f"Det forudsættes, at {CAPITAL}",
        f"Det forudsættes endvidere, at {BUDGET}",
        "(Klima-, Miljø- og Teknikudvalget)",
    ]
    assert found.count("Indstilling om,") == 1
    history = part(found, "Oversigt over politisk behandling", "Beslutning")
    assert history.count(PROJECT) == 1, "what a body got again word by word is shown once"
    steps = [line for line in history if "beslutning i mødet" in line]
    assert [re.sub(r".* den ", "", line) for line in steps] == ["13. april 2026", "27. april 2026", "5. maj 2026"]
    assert (
        "Indstillingens 2. at-punkt blev anbefalet over for Økonomiudvalget og Borgerrepræsentationen uden afstemning."
        in history
    )
    again = "Enhedslisten genfremsatte følgende ændringsforslag om tilføjelse til 1. at-punkt:"
    assert f"{again} ”og at der plantes ti træer mere”" in found


def test_a_case_that_comes_back_has_a_paper_for_each_time() -> None:
    assert ids_of(examples(), ["case/anlaeg"]) == (
        f"case/anlaeg/{BR}",
        f"case/anlaeg/{KTU}",
        f"case/anlaeg/{KTU}-2026-04-27",
        f"case/anlaeg/{OEU}",
    )
    first = lines(paper(f"anlaeg/{KTU}"))
    assert "Sagen blev udsat uden afstemning." in first
    assert "Oversigt over politisk behandling" not in first


def test_a_meeting_takes_the_case_as_it_is_on_its_day() -> None:
    found = lines(build(examples(), "meeting/2026-04-27-ktu/beslutningsprotokol"))
    assert "Indstillingens 1. at-punkt blev herefter godkendt uden afstemning." in found
    assert "Sagen blev udsat uden afstemning." not in found
    council = lines(build(examples(), "meeting/2026-08-20-br/beslutningsprotokol"))
    assert "Sagen blev udsat til næstkommende ordinære møde den 17. september 2026." in council
    assert council[council.index("Forespørgsel") + 1 :][:3] == [
        "Overborgmesteren bedes redegøre for,",
        "hvor meget emnet koster,",
        "om det kan gøres billigere.",
    ]


def test_two_committees_have_one_recommendation() -> None:
    found = lines(paper(f"faelles/{BR}"))
    both = "Sundheds- og Omsorgsudvalget og Socialudvalget"
    history = part(found, "Oversigt over politisk behandling", "Bilag")
    assert sum(line.endswith(f"indstiller over for {both},") for line in history) == 1
    assert history.index("Sundheds- og Omsorgsudvalgets beslutning i mødet den 9. april 2026") < history.index(
        "Socialudvalget den 22. april 2026"
    )
    assert f"({both})" in found
    assert found[found.index("Indstilling om,") + 1 :][:1] == ["at det godkendes, at der flyttes 10,0 mio. kr."]
    assert any(line.endswith(f"inden for henholdsvis {both}s budgetramme.") for line in found)


def test_remarks_go_on_with_their_own_holders() -> None:
    tree = paper(f"anlaeg/{OEU}")
    found = lines(tree)
    at = found.index(f"Enhedslisten og SF videreførte protokolbemærkning fra {COMMITTEE}s møde den 27. april 2026:")
    assert found[at + 1 : at + 3] == ["Vi vil have flere træer i byen.", "Det har vi ønsket længe."]
    quotes = [node for node in document.walk(tree) if isinstance(node, Quote)]
    assert all(len(quote.blocks) == 2 for quote in quotes), "several paragraphs stand in one quotation"


def test_a_body_has_sections_in_an_order_of_its_own() -> None:
    profile = plain_yaml.read(repository().content_files["settings.yaml"])["cases"]
    texts = ["problem", "solution", "political-options", "finance", "next-steps"]
    sections = [{"id": id, "text": "Tekst."} for id in texts]
    way = [
        {"body": "udvalget", "role": "recommends", "date": "2024-06-11"},
        {"body": "raadet", "role": "council", "date": "2024-06-20"},
    ]
    profile["bodies"]["raadet"] = {"sections": ["finance", "political-options"]}
    made = project(profile, sections=sections, treatments=way, annexes=[], recommendation=ONE_POINT)
    usual = ["Problemstilling", "Løsning", "Politisk handlerum", "Økonomi", "Videre proces"]
    for body, expected in (("udvalget", usual), ("raadet", [*usual[:2], "Økonomi", "Politisk handlerum", usual[4]])):
        found = lines(build(made, f"case/sag/{body}"))
        assert [line for line in found if line in usual] == expected
    profile["bodies"]["raadet"] = {"sections": ["finans"]}
    with pytest.raises(ContentError, match="afsnittet 'finans' er ikke i profilen"):
        build(project(profile))


@given(st.permutations("abcde"), st.lists(st.sampled_from("abcdexy"), unique=True))
def test_an_order_of_ones_own_loses_no_section(all_: list[str], own: list[str]) -> None:
    sections = tuple(SectionProfile(id=id, heading=id) for id in all_)
    found = [str(section.id) for section in in_own_order(sections, own)]
    assert sorted(found) == sorted(all_)
    assert [id for id in found if id in own] == [id for id in own if id in all_]
    assert [at for at, id in enumerate(found) if id not in own] == [at for at, id in enumerate(all_) if id not in own]


def test_two_committees_that_meet_the_same_day_do_not_know_what_the_other_decided() -> None:
    together = [{"to": ["udvalget", "andet"], "points": [{"id": "et", "text": "planen godkendes"}]}]
    decision = {"outcomes": [{"verb": "godkendt"}]}
    for second, is_told in (("2024-06-11", False), ("2024-06-12", True)):
        way = [
            {"body": "udvalget", "role": "decides", "date": "2024-06-11", "decision": decision},
            {"body": "andet", "role": "decides", "date": second, "decision": decision},
        ]
        made = project(recommendation=together, treatments=way, annexes=[], sections=PLAIN)
        files = dict(made.content_files)
        files["organisation.yaml"] += b"  - {id: andet, kind: committee, name: Andet Udvalg}\n"
        found = lines(build(replace(made, content_files=files), "case/sag/andet"))
        assert ("Oversigt over politisk behandling" in found) is is_told


def test_a_bodys_own_decision_has_a_line_with_its_day_by_profile_and_after_a_written_vote() -> None:
    profile = plain_yaml.read(repository().content_files["settings.yaml"])["cases"]
    line = "Økonomiudvalgets beslutning i mødet den 11. juni 2024"
    way = decided({"verb": "godkendt"})
    assert line not in lines(build(project(profile, treatments=way)))
    profile["words"]["own_heading"] = True
    assert line in lines(build(project(profile, treatments=way)))
    profile["words"]["own_heading"] = False
    written = [{**way[0], "written": True}]
    assert "Økonomiudvalgets beslutning i skriftlig votering den 11. juni 2024" in lines(
        build(project(profile, treatments=written))
    )


# -- motions ----------------------------------------------------------------------------------------------------


def test_a_motion_has_movers_and_what_is_moved_comes_before_the_votes() -> None:
    found = lines(paper(f"medlemsforslag/{BR}-2026-09-17"))
    movers = "(Stillet af Enhedslisten, SF og Opdigtet Navn (A))"
    assert movers in found
    history = part(found, "Oversigt over politisk behandling", "Beslutning")
    assert history.index(movers) < history.index(
        "Sagen blev udsat til næstkommende ordinære møde den 17. september 2026."
    )
    assert not {"Fra", "Resumé", "Løsning", "Økonomi", "Videre proces"} & set(found)
    decision = part(found, "Beslutning")
    moved = [at for at, line in enumerate(decision) if "fremsatte" in line and not line.startswith("Det af")]
    settled = [at for at, line in enumerate(decision) if line.startswith("Det af")]
    assert len(moved) == 5
    assert max(moved) < min(settled)
    assert "Det af Dansk Folkeparti fremsatte ændringsforslag (ÆF2) bortfaldt." in decision
    assert "Undlod at stemme: Q" in decision, "the number is told and so is the party"
    assert any(line.endswith("med 44 stemmer mod 10. 1 medlem undlod at stemme.") for line in decision)


# -- votes ------------------------------------------------------------------------------------------------------

CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"verb": "godkendt", "how": "vote", "votes_for": 2, "votes_against": 5}, "2 stemte for og 5 imod"),
    ({"verb": "anbefalet", "how": "vote", "votes_for": 3, "votes_against": 3}, "3 stemte for og 3 imod"),
    ({"verb": "forkastet", "how": "vote", "votes_for": 5, "votes_against": 2}, "kan det ikke være forkastet"),
    ({"verb": "ikke vedtaget", "how": "vote", "votes_for": 4, "votes_against": 3}, "kan det ikke være ikke vedtaget"),
    (
        {"verb": "godkendt", "how": "vote", "votes_for": 1, "votes_against": 0, "parties_for": ["A", "B"]},
        "1 stemmer, men partierne er mindst 2",
    ),
    (
        {"verb": "godkendt", "how": "vote", "votes_for": 2, "votes_against": 1, "parties_for": ["A (n, m)", "B"]},
        "2 stemmer, men partierne er mindst 3",
    ),
]


@pytest.mark.parametrize(("outcome", "words"), CONTRADICTIONS)
def test_a_vote_that_contradicts_its_outcome_is_an_error(outcome: dict[str, Any], words: str) -> None:
    assert words in problems(treatments=decided(outcome))


def test_parties_are_measured_by_their_seats() -> None:
    profile = plain_yaml.read(repository().content_files["settings.yaml"])["cases"]
    profile["parties"] = [{"letter": "A", "name": "A-partiet", "seats": {"udvalget": 2}}]
    outcome = {"verb": "godkendt", "how": "vote", "votes_for": 3, "votes_against": 1, "parties_for": ["A"]}
    found = [problem.message for problem in project(profile, treatments=decided(outcome)).problems()]
    assert found == ["der er 3 stemmer, men partierne har kun 2 medlemmer i udvalget"]


@given(
    st.sampled_from(["godkendt", "forkastet", "anbefalet", "ikke vedtaget", "udsat"]),
    st.integers(0, 4),
    st.integers(0, 3),
)
@settings(max_examples=tries(20))
def test_no_decision_is_printed_that_its_votes_deny(verb: str, yes: int, no: int) -> None:
    outcome = {"verb": verb, "how": "vote", "votes_for": yes, "votes_against": no}
    told = project(treatments=decided(outcome)).problems()
    falls = verb in ("forkastet", "ikke vedtaget")
    assert bool(told) == ((yes > no) if falls else (yes <= no))


def test_the_offices_own_words_need_no_outcomes() -> None:
    way = [{"body": "udvalget", "role": "decides", "date": "2024-06-11", "decision": {"text": "Vi vender tilbage."}}]
    found = lines(build(project(treatments=way)))
    assert part(found, "Beslutning", "Bilag") == ["Vi vender tilbage."]
    way[0]["decision"] = {"remarks": ["Intet."]}
    assert "beslutningen siger ikke, hvad det blev" in problems(treatments=way)


# -- faults -----------------------------------------------------------------------------------------------------

POINTS = [{"id": "et", "text": "planen godkendes"}, {"id": "to", "text": "planen følges op"}]


def moved(*amendments: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return decided({"verb": "godkendt"}, amendments=list(amendments), **more)


DECLARES = {"body": "udvalget", "role": "declares"}
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"treatments": moved({"id": "a", "by": "A", "text": "x"})}, "der står ikke, hvad der blev af 'a'"),
    ({"treatments": moved({"id": "a", "by": "A", "kind": "adition", "text": "x"})}, "mente du 'addition'?"),
    ({"treatments": moved({"id": "a", "by": "A", "points": ["tre"]})}, "der er intet at-punkt 'tre'"),
    ({"treatments": moved({"id": "a", "by": "A", "changes": "b"})}, "der er intet forslag 'b' i sagen"),
    ({"treatments": decided({"verb": "godkendt"}, statements=[{"by": "A"}])}, "protokolbemærkningen har ingen tekst"),
    ({"treatments": decided({"verb": "godkendt"}, statements=[{"text": "x"}])}, "hvis protokolbemærkningen er"),
    ({"treatments": decided({"verb": "godkendt"}, statements=[{"carries": "x"}])}, "ingen protokolbemærkning 'x'"),
    ({"treatments": [{"body": "udvalget", "role": "decides", "recommendation": [{"points": [{"id": "x"}]}]}]},
     "der er intet at-punkt 'x' i sagens recommendation"),
    ({"treatments": [{**DECLARES, "declaration": [{"stock": "bujet"}]}]}, "mente du 'budget'?"),
    ({"treatments": [{**DECLARES, "declaration": [{}]}]}, "enten fast eller skrevet ud"),
    ({"recommendation": [{"lead_in": "recomends", "points": POINTS}]}, "mente du 'recommends'?"),
    ({"recommendation": [{"to": ["forvaltningen"], "points": POINTS}]}, "'forvaltningen' er ikke et udvalg"),
    ({"kind": "motion"}, "der står ikke, hvem der har stillet den"),
    ({"moved_by": "A"}, "en forvaltning står bag denne slags sag"),
    ({"administrations": None}, "feltet 'administrations' mangler"),
    ({"summary": None}, "feltet 'summary' mangler"),
    ({"kind": "decisjon"}, "mente du 'decision'?"),
    ({"kle": "85.2"}, "er ikke et KLE-nummer"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "words"), FAULTS)
def test_what_is_wrong_is_told_at_its_place(changes: dict[str, Any], words: str) -> None:
    assert words in problems(**changes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("0000-0000000", "2026-0012345"),
        ("000-0000-#", "330-2018-3619"),
        ("00/#", "16/26946"),
        ("00000000", "23064909"),
        ("00.00.00-A00-#-#", "85.02.02-G01-1-17"),
    ],
)
def test_case_numbers_have_the_form_of_the_municipality(form: str, number: str) -> None:
    profile = plain_yaml.read(repository().content_files["settings.yaml"])["cases"] | {"case_numbers": [form]}
    assert number in lines(build(project(profile, case_number=number)))
    (problem,) = project(profile, case_number="x" + number).problems()
    assert form in problem.hint


# -- numbers ----------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20, unique=True).map(sorted))
def test_numbers_in_words_name_each_once(numbers: list[int]) -> None:
    shown = in_words(numbers)
    named: list[int] = []
    for first, last in re.findall(r"(\d+)\.(?:-(\d+)\.)?", shown):
        named += range(int(first), int(last or first) + 1)
    assert named == numbers


@given(st.permutations(["et", "to"]), st.integers(1, 2))
@settings(max_examples=tries(4), deadline=None)
def test_chosen_points_are_numbered_from_one_in_their_own_order(order: list[str], count: int) -> None:
    way = [
        {"body": "udvalget", "role": "recommends", "date": "2024-06-11"},
        {
            "body": "raadet",
            "role": "council",
            "date": "2024-06-20",
            "recommendation": [{"points": [{"id": id} for id in order[:count]]}],
        },
    ]
    found = project(treatments=way)
    case = found.content.all(Case)["sag"]
    assert numbers_in(groups_for(case, case.treatments[1])) == {id: at for at, id in enumerate(order[:count], 1)}
    assert numbers_in(groups_for(case, case.treatments[0])) == {"et": 1, "to": 2}


def test_three_levels_of_points_are_one_sentence() -> None:
    deep = {"id": "a", "text": "det ene", "points": [{"id": "b", "text": "først"}, {"id": "c", "text": "siden"}]}
    points = [{"id": "et", "text": "udvalget godkender", "points": [deep, {"id": "d", "text": "det andet"}]}]
    found = lines(build(project(recommendation=[{"points": points}])))
    at = found.index("at udvalget godkender:")
    assert found[at : at + 5] == ["at udvalget godkender:", "det ene:", "først,", "siden,", "det andet."]


# -- closed parts of an open case -------------------------------------------------------------------------------

GROUNDS = {"closed": {"reason": "offentlighedsloven § 30"}}


def test_closed_points_decisions_and_remarks_leave_no_word_in_public() -> None:
    secret = "Hemmelighed"
    points = [*POINTS, {"id": f"{secret.lower()}-id", "text": f"{secret} købes", **GROUNDS}]
    way = [
        {
            "body": "udvalget",
            "role": "recommends",
            "date": "2024-06-11",
            "recommendation": [
                {"points": [{"id": "et"}, {"id": f"{secret.lower()}-id", "text": f"{secret} anbefales"}]}
            ],
            "decision": {
                "outcomes": [{"points": ["et", f"{secret.lower()}-id"], "verb": "anbefalet"}],
                "statements": [{"by": "A", "text": f"{secret} sagt", **GROUNDS}],
            },
        },
        {
            "body": "raadet",
            "role": "council",
            "date": "2024-06-20",
            "decision": {"text": f"{secret} besluttet.", "remarks": [f"{secret} bemærket."], **GROUNDS},
        },
    ]
    made = project(recommendation=[{"points": points}], treatments=way)
    public = "\n".join(lines(build(made, "case/sag/raadet")))
    internal = "\n".join(lines(build(made, "case/sag/raadet", Edition.INTERNAL)))
    assert secret not in public
    assert internal.count(secret) >= 4
    assert "at-punktet er ikke offentligt: offentlighedsloven § 30" in public
    assert "Beslutningen er ikke offentlig: offentlighedsloven § 30." in public
    assert "Protokolbemærkningen er ikke offentlig: offentlighedsloven § 30." in public
    assert secret.lower() not in pipeline.source_of(made, "case/sag/raadet", Edition.PUBLIC).decode().lower()


def test_a_closed_remark_is_not_carried_on_in_the_open() -> None:
    way = [
        {"body": "udvalget", "role": "recommends", "date": "2024-06-11",
         "decision": {"text": "Ja.", "statements": [{"id": "x", "by": "A", "text": "y", **GROUNDS}]}},
        {"body": "raadet", "role": "council", "date": "2024-06-20",
         "decision": {"outcomes": [{"verb": "godkendt"}], "statements": [{"carries": "x"}]}},
    ]  # fmt: skip
    assert "'x' er lukket" in problems(treatments=way)


def test_what_others_said_is_left_alone_by_the_proof_reader() -> None:
    words = "Vi  vil have  det ,og nu."
    own = project(treatments=decided({"verb": "godkendt"}, statements=[{"by": "A", "text": words}]))
    ours = project(treatments=decided({"verb": "godkendt"}, remarks=[words]))
    told = [len(read_content(made.content, Chosen(hints=True))) for made in (own, ours)]
    assert told[0] < told[1]
