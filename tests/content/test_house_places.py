"""Where a problem is said to be: at the value itself, whatever its kind, in the document's own file (HOUSE §4, 1-3).

A value that is wrong is told where it stands. What is missing has no place: it is told at the value that asks for it
(`status: vedtaget` asks for `adopted`), else at the list that lacks it, else where the fields that lack it begin, as
`feltet … mangler` is. A list is told where it begins. An item is told at its id, which the message names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.contents import write_content
from tests.support.house import (
    CASE,
    GUIDE,
    HELD,
    LAST,
    MEETING,
    NOW,
    ORGANISATION,
    POLICY,
    SETTINGS,
    Change,
    changed,
    content,
    docgen,
    places_in,
    project,
    told,
    unmarked,
)

SEARCHED = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="HOUSE §4.2: the place is the first that has the same words"
)

OUTCOMES = """\
      outcomes:
        - {point: et, verb: godkendt, how: vote, votes_for: 5, votes_against: 2}
        - {point: to, verb: godkendt}
"""
FIRST = "{point: et, verb: godkendt, how: vote, votes_for: 5, votes_against: 2}"
SERIES = "    series:\n      - {year: 2021"
AREAS = "areas:\n  - area: indsats\n"
PURCHASES = "title: K, year: 2021, unit: kr., total: ¤10.7, parts: [{id: d, label: D, amount: 10.5}], source: S"
KIND = "    decision: {label: Beslutning}\n"
HISTORY = 'version: "1.0"\nhistory: [{version: "0.9", date: 2026-01-09, what: a}, {version: "1.0", date: '
BACKWARDS = f"{HISTORY}¤2026-01-08, what: b}}]\n"


def outcomes(written: str) -> Change:
    """The decision's outcomes, as a list in one line."""
    return (CASE, OUTCOMES, f"      outcomes: {written}\n")


STAND_INS: dict[str, tuple[str, *tuple[Change, ...]]] = {
    # what all have in common
    "et organ slutter, før det begynder": (
        "slutter før det begynder",
        (ORGANISATION, "name: Udvalget", "name: Udvalget, valid_from: 2020-01-01, valid_to: ¤2019-01-01"),
    ),
    # policies
    "perioden går baglæns": ("går baglæns", (POLICY, "{from: 2023, to: 2026}", "¤{from: 2026, to: 2023}")),
    "vedtaget uden adopted": ("skal have feltet 'adopted'", (POLICY, "status: udkast", "status: ¤vedtaget")),
    "politikkens dele giver ikke summen": (
        "delene giver 10,5, men i alt er 10,7",
        (POLICY, "overview:", f"purchases: {{id: k, {PURCHASES}}}\noverview:"),
    ),
    "politikkens history er i uorden": ("står ikke efter dato", (POLICY, 'version: "1.0"\n', BACKWARDS)),
    "sagens history er i uorden": ("står ikke efter dato", (CASE, 'version: "1.0"\n', BACKWARDS)),
    "vejledningens history er i uorden": ("står ikke efter dato", (GUIDE, 'version: "1.0"\n', BACKWARDS)),
    # cases
    "ingen profil for sager": (
        "ingen profil for sager",
        (SETTINGS, content()[SETTINGS].decode().partition("\n")[2].partition("\n")[2], ""),
        (CASE, "title:", "¤title:"),
    ),
    "sagen har ingen dato": (
        "har ingen dato at gå efter",
        (CASE, "title:", "¤title:"),
        (CASE, "date: 2026-01-12\n", ""),
        (CASE, "    date: 2026-02-03\n", ""),
        (CASE, ', document: policy/eksempel, version: "1.0"}', ", file: notat.pdf}"),
    ),
    "slagsen er ikke i profilen": (
        "er ikke i profilen",
        (SETTINGS, KIND, ""),
        (CASE, "kind: decision", "kind: ¤decision"),
    ),
    "et afsnit mangler": (
        "afsnittet Løsning mangler",
        (CASE, "  - {id: solution, text: Løsningen.}\n", ""),
        (CASE, "  - {id: problem", "  ¤- {id: problem"),
    ),
    "ingen indstilling": (
        "sagen har ingen indstilling",
        (CASE, "recommendation:\n  - points:\n", ""),
        (CASE, "      - {id: et, text: planen godkendes}\n      - {id: to, text: planen følges op}\n", ""),
        (CASE, "kind: decision", "kind: ¤decision"),
    ),
    "en indstilling for meget": (
        "denne slags sag har ingen indstilling",
        (CASE, "kind: decision", "kind: tabled-briefing"),
        (CASE, "  - points:", "  ¤- points:"),
    ),
    "at-punkter i fire niveauer": (
        "højst 3 niveauer",
        (
            CASE,
            "planen godkendes}",
            "planen godkendes, points: [{id: a, text: x, points: [{id: c, text: y, points: ¤[{id: e, text: f}]}]}]}",
        ),
    ),
    "besluttet to gange om det hele": ("to gange om det samme", outcomes("[{verb: godkendt}, ¤{verb: udsat}]")),
    "besluttet om både det hele og en del": (
        "gælder både",
        outcomes("¤[{verb: godkendt}, {point: et, verb: godkendt}]"),
    ),
    "et udfald mangler": ("mangler et udfald for to", outcomes("¤[{point: et, verb: godkendt}]")),
    "flere stemmer end medlemmer": ("er afgivet 8 stemmer", (CASE, "votes_for: 5", "votes_for: ¤6")),
    "stemmer imod mangler": (
        "mangler stemmer for eller imod",
        (CASE, "vote, votes_for: 5, votes_against", "¤vote, votes_for"),
    ),
    "stemmetal uden afstemning": ("er stemmetal, men ingen", (CASE, "how: vote, votes_for: 5", "votes_for: ¤5")),
    "stemt imod uden afstemning": (
        "er stemt imod, men ingen",
        (CASE, FIRST, "{point: et, verb: godkendt, parties_against: ¤[A]}"),
    ),
    # follow-ups
    "et andet år end filens": ("year er 2023, men filen hedder", (NOW, "year: 2024\n", "year: ¤2023\n")),
    "uden for politikkens periode": (
        "2024 er uden for",
        (POLICY, "to: 2026}", "to: 2023}"),
        (NOW, "year: 2024\n", "year: ¤2024\n"),
    ),
    "et område uden status": (
        "indsatsområdet 'indsats' har ingen status",
        (NOW, AREAS, AREAS.replace("- ", "¤- ").replace("indsats", "indsatz")),
    ),
    "årene i uorden": ("står ikke i orden", (NOW, "{year: 2023, value: 40.5", "{year: ¤2020, value: 40.5")),
    "intet tal for året": (
        "har intet tal for 2024",
        (NOW, "      - {year: 2024, value: 52, source: Eksempel}\n", ""),
        (NOW, SERIES, SERIES.replace("- ", "¤- ")),
    ),
    "et tal efter året": ("har tal for 2025", (NOW, "{year: 2024, value: 52", "{year: ¤2025, value: 52")),
    "basisåret har intet tal": ("for basisåret 2020", (NOW, "baseline_year: 2021", "baseline_year: ¤2020")),
    "basisåret er et andet end sidst": (
        "basisåret for 'andel' er ændret",
        (NOW, "baseline_year: 2021", "baseline_year: ¤2023"),
    ),
    "penge uden prisniveau": ("mangler pris- og lønniveau", (NOW, "unit: antal", "unit: ¤mio. kr.")),
    "søjler uden forvaltninger": ("ingen forvaltninger at tegne", (NOW, "chart: line", "chart: ¤bars")),
    "et tal uden kilde": ("har ingen kilde", (NOW, "value: 52, source: Eksempel", "value: ¤52")),
    "delene giver ikke tallet": (
        "giver 11, men i alt er 10",
        (NOW, "value: 4}", "value: 5}"),
        (NOW, "        value: 10\n", "        value: ¤10\n"),
    ),
    "et tal er et andet end sidst": ("er et andet end i sidste års", (NOW, "value: 40.5", "value: ¤41")),
    "et tal i teksten er et andet": (
        "teksten siger 53 pct.",
        (NOW, "Andelen er {tal:andel}, efter", "Andelen er ¤53 pct., efter"),
    ),
    # meetings
    "mødets dato er ikke filens": ("men filen hedder andet", (MEETING, "date: 2026-02-03", "date: ¤2026-02-04")),
    "mødets dato mangler": (
        "mødets dato mangler",
        (MEETING, "committee: udvalg\ndate: 2026-02-03", "¤committee: udvalg"),
    ),
    "et punkt siger det, sagen siger": ("sagen siger det selv", (MEETING, "case: sag}", "case: sag, title: ¤Noget}")),
    "sendt ud efter mødet": ("sendt ud efter mødet", (MEETING, "sent: 2026-01-28", "sent: ¤2026-02-28")),
    "sendt for sent": ("senest 2026-01-28", (MEETING, "sent: 2026-01-28", "sent: ¤2026-01-29")),
}
"""The words of a problem, and what makes it: every check whose problem stands at another field than it is about."""


@pytest.mark.slow
@pytest.mark.parametrize("name", STAND_INS)
def test_each_problem_is_told_once_in_its_file(name: str, tmp_path: Path) -> None:
    """So that the next test is red of the place alone."""
    message, *changes = STAND_INS[name]
    files, place = unmarked(changed(content(), *changes))
    assert [found.partition(":")[0] for found in told(project(tmp_path, files), message)] == [place.partition(":")[0]]


@pytest.mark.slow
@pytest.mark.parametrize("name", STAND_INS)
def test_a_problem_is_told_at_the_value_itself(name: str, tmp_path: Path) -> None:
    message, *changes = STAND_INS[name]
    files, place = unmarked(changed(content(), *changes))
    assert told(project(tmp_path, files), message) == [place]


@pytest.mark.slow
def test_a_meeting_without_a_day_is_told_where_its_fields_begin(tmp_path: Path) -> None:
    undated = '¤committee: udvalg\nversion: "1.0"\nstatus: udkast\nitems: [{id: valg, title: Valg}]\n'
    files, place = unmarked({**content(), "meetings/udateret.yaml": undated.encode()})
    assert told(project(tmp_path, files), "mødet har hverken dato eller en sag at gå efter") == [place]


# -- of what a document is made -----------------------------------------------------------------------------------

QUOTE = "{opfoelgning:2024:konklusion}"
QUOTING = (CASE, "Løsningen.", f'"Løsningen: {QUOTE}"')
WRONG_YEAR = (NOW, "year: 2024\n", "year: 2023\n")
TOO_MANY = (CASE, "votes_for: 5", "votes_for: 6")
BACKWARD = (POLICY, "{from: 2023, to: 2026}", "{from: 2026, to: 2023}")


def built(folder: Path, *changes: Change, documents: tuple[str, ...] = ()) -> str:
    """What `docgen build` says of the changed content."""
    return docgen(project(folder, changed(content(), *changes)), "build", *documents, "--format", "html").stderr


@pytest.mark.slow
@pytest.mark.parametrize("documents", [("case/sag",), ()], ids=["sagen alene", "alt"])
@pytest.mark.parametrize("quote", [QUOTE, "{opfoelgning:2024:andel}", "{opfoelgning:2024:andel:2021}"])
def test_a_case_is_made_of_the_follow_up_that_it_quotes(quote: str, documents: tuple[str, ...], tmp_path: Path) -> None:
    quoting = (CASE, "Løsningen.", f'"Løsningen: {quote}"')
    said = built(tmp_path, quoting, WRONG_YEAR, documents=documents)
    assert "cases/sag.yaml" in said
    assert "dokumentet bygger på follow-up/2024, som har fejl; ret dem først" in said
    assert "findes ikke" not in said


def test_a_meeting_is_made_of_what_its_cases_quote(tmp_path: Path) -> None:
    said = built(tmp_path, QUOTING, WRONG_YEAR, documents=(f"meeting/{HELD}",))
    assert "dokumentet bygger på case/sag, som har fejl; ret dem først" in said
    assert "findes ikke" not in said


def test_a_case_is_not_made_of_other_years_than_it_quotes(tmp_path: Path) -> None:
    files = changed(content(), (CASE, "Løsningen.", '"Løsningen: {opfoelgning:2023:konklusion}"'), WRONG_YEAR)
    result = docgen(project(tmp_path, files), "build", "case/sag", "--format", "html")
    assert (result.exit_code, "fejl" in result.stderr) == (0, False)


def test_a_case_is_made_of_the_follow_up_that_it_attaches(tmp_path: Path) -> None:
    attached = (CASE, 'document: policy/eksempel, version: "1.0"', 'document: follow-up/2024, version: "1.0"')
    said = built(tmp_path, QUOTING, attached, WRONG_YEAR, documents=("case/sag",))
    assert "dokumentet bygger på follow-up/2024, som har fejl; ret dem først" in said
    assert "findes ikke" not in said


REFERENCES: dict[str, tuple[str, *tuple[Change, ...]]] = {
    "mødet har en sag": ("bygger på case/sag", TOO_MANY, (MEETING, "case: sag", "case: ¤sag")),
    "sagen har en politik som bilag": ("bygger på policy/", BACKWARD, (CASE, "document: policy", "document: ¤policy")),
    "sagen citerer en opfølgning": (
        "bygger på follow-up/2024",
        WRONG_YEAR,
        (CASE, "Løsningen.", f'"Løsningen: ¤{QUOTE}"'),
        (CASE, 'document: policy/eksempel, version: "1.0"', 'document: follow-up/2024, version: "1.0"'),
    ),
    "opfølgningen er på en politik": ("bygger på policy/", BACKWARD, (NOW, "policy: eksempel", "policy: ¤eksempel")),
    "opfølgningen følger på sidste års": (
        "bygger på follow-up/2023",
        (LAST, "year: 2023\n", "year: 2024\n"),
        (NOW, "year: 2024\n", "year: ¤2024\n"),
    ),
    "opfølgningen nævner en sag": (
        "bygger på case/sag",
        TOO_MANY,
        (NOW, "responsible: skole\n", "responsible: skole\n    cases: [¤sag]\n"),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFERENCES)
def test_what_is_made_of_a_faulty_document_is_told_where_it_refers_to_that(name: str, tmp_path: Path) -> None:
    message, *changes = REFERENCES[name]
    files, place = unmarked(changed(content(), *changes))
    said = docgen(project(tmp_path, files), "build", "--format", "html").stderr
    own = [found for found in places_in(said, message) if found.split(":")[0] == place.split(":")[0]]
    assert own == [place]


# -- words in a text ----------------------------------------------------------------------------------------------

TEXTS: dict[str, tuple[str, *tuple[str, ...]]] = {
    "et tomt punkt efter en bindestreg": ("punkt i listen er tomt", "En e-handel.", "", "- et", "¤-"),
    "en tabel efter en streg i kode": ("tabellen kan ikke læses", "Skriv `a|b`.", "", "¤| a | b |", "|--|--|", "| 1 |"),
    "en henvisning efter den samme i kode": ("{bilag:x} findes ikke", "Skriv `{bilag:x}`.", "", "¤Se {bilag:x}."),
    "et link efter de samme ord": ("fører ikke til noget", "Se afsnittet.", "", "¤Se [afsnittet](#x)."),
    "et link på anden linje": ("fører ikke til noget", "Afsnittet begynder her", "¤og [slutter](#x) her."),
    "en overskrift efter de samme ord": ("springer et niveau over", "Om økonomi.", "", "¤### Om økonomi", "", "Noget."),
    "en fodnote efter den samme i kode": ("[^a] er ikke skrevet", "Skriv `[^a]`.", "", "¤Noget[^a]."),
    "den anden af to ens": ("HTML kan ikke bruges (<b>)", "Noget <b>fedt.", "", "¤Og mere <b>fedt."),
}


def solution(*lines: str) -> Change:
    """The case's solution as a block of these lines."""
    block = "".join(f"      {line}\n" if line else "\n" for line in lines)
    return (CASE, "- {id: solution, text: Løsningen.}\n", f"- id: solution\n    text: |\n{block}")


@pytest.mark.slow
@SEARCHED
@pytest.mark.parametrize("name", TEXTS)
def test_a_problem_in_a_text_is_told_at_its_own_line(name: str, tmp_path: Path) -> None:
    message, *lines = TEXTS[name]
    files, place = unmarked(changed(content(), solution(*lines)))
    found = told(project(tmp_path, files), message)
    assert [each.rpartition(":")[0] for each in found][-1:] == [place.rpartition(":")[0]]


# -- what is issued -----------------------------------------------------------------------------------------------

FINAL = [(path, "status: udkast", "status: til behandling") for path in (POLICY, LAST, NOW, MEETING)]


def issued(folder: Path, document: str) -> str:
    """What `docgen issue` says."""
    return docgen(folder, "issue", document, "--meeting", HELD).stderr


DRAFTS: dict[str, tuple[str, *tuple[Change, ...]]] = {
    "politik": ("policy/eksempel", (POLICY, "status: til behandling", "status: ¤udkast")),
    "sag": ("case/sag", (CASE, "status: til behandling", "status: ¤udkast")),
    "sag, der går efter sit bilags dag": (
        "case/sag",
        (CASE, "status: til behandling", "status: ¤udkast"),
        (CASE, "date: 2026-01-12\n", ""),
        (CASE, "    date: 2026-02-03\n", ""),
        (MEETING, "  - {id: sagen, case: sag}\n", ""),
    ),
    "opfølgning": ("follow-up/2024", (NOW, "status: til behandling", "status: ¤udkast")),
    "dagsorden": (f"meeting/{HELD}/dagsorden", (MEETING, "status: til behandling", "status: ¤udkast")),
    "beslutningsprotokol": (f"meeting/{HELD}/beslutningsprotokol", (MEETING, "{status: til", "{status: ¤udkast} #")),
    "vejledning": ("guide/vejledning", (GUIDE, "status: vedtaget", "status: ¤udkast")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_is_refused_at_its_own_status(name: str, tmp_path: Path) -> None:
    document, *changes = DRAFTS[name]
    files, place = unmarked(changed(content(), *FINAL, *changes))
    said = issued(project(tmp_path, files), document)
    assert "dokumentet er udkast og kan ikke udstedes" in said
    assert places_in(said, "dokumentet er udkast") == [place]


def test_a_figure_that_is_missing_is_refused_where_it_is_missing(tmp_path: Path) -> None:
    missing = (NOW, "{year: 2024, value: 52, source: Eksempel}", "{year: 2024, value: ¤null}")
    files, place = unmarked(changed(content(), *FINAL, missing))
    said = issued(project(tmp_path, files), "follow-up/2024")
    assert "tallet for 2024 i 'andel' mangler" in said
    assert places_in(said, "tallet for 2024") == [place]


VERSIONS: dict[str, tuple[str, str, Change]] = {
    "politik": ("policy/eksempel", POLICY, ("policies/eksempel/values/1-vaerdi.yaml", "title: Værdien", "title: Ny")),
    "sag": ("case/sag", CASE, (CASE, "title: En sag", "title: Den sag")),
    "opfølgning": ("follow-up/2024", NOW, (NOW, "value: 52,", "value: 53,")),
    "dagsorden": (
        f"meeting/{HELD}/dagsorden",
        MEETING,
        (MEETING, "sent: 2026-01-28", "sent: 2026-01-28\nplace: Salen"),
    ),
    "vejledning": ("guide/vejledning", GUIDE, (GUIDE, "title: En", "title: Denne")),
}
LOOKS: dict[str, tuple[str, str, Change]] = {
    "sag": ("case/sag", CASE, (SETTINGS, "heading: Løsning", "heading: Vejen")),
    "opfølgning": ("follow-up/2024", NOW, (POLICY, "title: Eksempelpolitik", "title: Politikken")),
    "dagsorden": (f"meeting/{HELD}/dagsorden", MEETING, (CASE, "title: En sag", "title: Den sag")),
    "vejledning": ("guide/vejledning", GUIDE, (SETTINGS, "name: Eksempel Kommune", "name: Prøve Kommune")),
}
"""What is shown with a document and stands elsewhere is not what its version is known by."""


@pytest.mark.slow
@pytest.mark.parametrize("name", VERSIONS)
def test_a_version_that_says_something_else_is_told_where_the_version_stands(name: str, tmp_path: Path) -> None:
    """That is what the hint says to raise, whichever file was changed."""
    said, place = built_after(*VERSIONS[name], tmp_path)
    assert "med et andet indhold" in said
    assert places_in(said, "med et andet indhold") == [place]


@pytest.mark.slow
@pytest.mark.parametrize("name", LOOKS)
def test_a_version_with_its_own_words_in_a_new_look_is_built_and_told(name: str, tmp_path: Path) -> None:
    said, place = built_after(*LOOKS[name], tmp_path)
    assert "med et andet indhold" not in said
    assert f"{place}: {LOOKS[name][0]} er ordlyden af 1.0, i ny form" in said


def built_after(document: str, own: str, change: Change, tmp_path: Path) -> tuple[str, str]:
    """What a build says after a document was issued and then something changed, and the place of its version."""
    files, place = unmarked(changed(content(), *FINAL, (own, 'version: "', 'version: ¤"')))
    folder = project(tmp_path, files)
    for needed in dict.fromkeys(("policy/eksempel", document)):  # what is attached is issued before
        assert "er udstedt til mødet" in issued(folder, needed)
    write_content(folder / "content", changed(files, change))
    return docgen(folder, "build", document, "--format", "html").stderr, str(place)
