"""Cases from Word, from web pages and from bare texts: the headings of the profile say what each part is."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from docgen.build.folders import read_project
from docgen.importing.case_votes import outcomes_of
from docgen.kinds.case.model import Case
from docgen.kinds.guide.model import Guide
from tests.importing.test_import_command import docgen, folder, give
from tests.support.contents import repository

__all__ = ["folder"]

PAGE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Sag</title></head><body>
<nav><a href="/">Forside</a></nav><main>
<h1>Nye cykelstier i Eksempelkvarteret</h1>
<p>Beslutning</p>
<h2>Indstilling</h2>
<p>Økonomiforvaltningen indstiller, at Økonomiudvalget godkender,</p>
<ul><li>at der bliver anlagt to nye cykelstier,</li><li>2. at stierne bliver taget i brug i 2031.</li></ul>
<h2>Problemstilling</h2><p>Vejene er smalle,<br>og mange cykler
til skole<sup><a role="doc-noteref" href="#n1">1</a></sup>.</p>
<p>Tal fra skolerne<br>Hver anden elev cykler, og det bliver til mange, når skolen begynder om morgenen.</p>
<table><tr><th>Skole</th><th>Elever</th></tr><tr><td>Den ene</td><td>120</td></tr></table>
<p>Løsning</p><p>Stierne bliver lavet, hvor der er plads.</p>
<p>Politisk<br>handlerum</p><p>Udvalget kan vælge én sti.</p>
<h2>Økonomi</h2><p>Stierne koster 1 mio. kr.</p>
<h2>Videre proces</h2><p>Arbejdet begynder i maj.</p>
<h2>Beslutning</h2><p>Økonomiudvalgets beslutning den 3. februar 2031:</p><p>Indstillingen blev godkendt.</p>
<p>A afgav følgende protokolbemærkning:</p><p>”Vi ser frem til stierne.”</p>
<h2>Bilag</h2><ul><li>Bilag 1 - Kort over stierne</li></ul>
<section role="doc-endnotes"><h2>Noter</h2><ol><li id="n1">Tal fra 2030.</li></ol></section>
</main></body></html>"""

TEXT = """ Orientering

Til Økonomiudvalget

Nye bænke i Eksempelparken

Resumé

Parken har fået tolv nye bænke. De er sat op af lær-
linge fra den lokale skole.

Problemstilling

De gamle bænke var rådne.

Løsning

Økonomiforvaltningen har gjort tre ting:

- Bænkene er lavet af genbrugt træ, som
skolen havde til overs.

- Lærlingene har sat dem op.

Videre proces

Der sker ikke mere i sagen.
"""


def case_of(folder: Path) -> Case:
    return read_project(folder / "content", folder / "templates").content.all(Case)["sag"]


def imported(folder: Path, data: str, name: str) -> Case:
    result = docgen(folder, "import", give(folder, data.encode(), name), "--as", "case/sag")
    assert result.exit_code == 0, result.output
    return case_of(folder)


def test_a_saved_page_becomes_a_case(folder: Path) -> None:
    case = imported(folder, PAGE, "sag.html")
    assert case.title == "Nye cykelstier i Eksempelkvarteret"
    assert case.kind == "decision"
    assert case.administrations == ("oekonomiforvaltningen",)
    assert [point.text for group in case.recommendation for point in group.points] == [
        "der bliver anlagt to nye cykelstier",
        "stierne bliver taget i brug i 2031",
    ]
    sections = {str(section.id): str(section.text).strip() for section in case.sections}
    assert list(sections) == ["problem", "solution", "political-options", "finance", "next-steps"]
    assert "Vejene er smalle, og mange cykler til skole[^n1]." in sections["problem"]
    assert "[^n1]: Tal fra 2030." in sections["problem"]
    assert "# Tal fra skolerne\n\nHver anden elev cykler" in sections["problem"]
    assert "| Skole | Elever |\n|---|---|\n| Den ene | 120 |" in sections["problem"]
    assert sections["political-options"] == "Udvalget kan vælge én sti."


def test_a_decision_has_its_body_its_day_its_words_and_its_statements(folder: Path) -> None:
    (treatment,) = imported(folder, PAGE, "sag.html").treatments
    assert (treatment.body, treatment.role) == ("oekonomiudvalget", "decides")
    decision = treatment.decision
    assert decision is not None
    assert treatment.date == datetime.date(2031, 2, 3)
    assert str(decision.text) == "Indstillingen blev godkendt."
    assert [(one.by, one.text) for one in decision.statements] == [(("A",), "Vi ser frem til stierne.")]


def test_an_annex_whose_file_is_not_here_is_told(folder: Path) -> None:
    imported(folder, PAGE, "sag.html")
    review = (folder / "content/cases/sag.review.html").read_text(encoding="utf-8")
    assert "bilaget »Kort over stierne«" in review


def test_a_bare_text_becomes_a_case(folder: Path) -> None:
    case = imported(folder, TEXT, "sag.txt")
    assert case.title == "Nye bænke i Eksempelparken"
    assert case.kind == "tabled-briefing"
    assert case.summary is not None
    assert " ".join(case.summary.split()).endswith("De er sat op af lærlinge fra den lokale skole.")
    (solution,) = [section.text for section in case.sections if section.id == "solution"]
    assert "- Bænkene er lavet af genbrugt træ, som skolen havde til overs.\n- Lærlingene" in solution
    assert [(one.body, one.role) for one in case.treatments] == [("oekonomiudvalget", "receives")]


@pytest.mark.slow
@pytest.mark.parametrize(("data", "name"), [(PAGE, "sag.html"), (TEXT, "sag.txt")])
def test_an_imported_case_can_be_built_at_once(folder: Path, data: str, name: str) -> None:
    imported(folder, data, name)
    assert docgen(folder, "build", "case/sag", "--output", str(folder / "build")).exit_code == 0


def test_a_page_becomes_a_guide_by_its_headings(folder: Path) -> None:
    result = docgen(folder, "import", give(folder, PAGE.encode(), "side.html"), "--as", "guide/side")
    assert result.exit_code == 0, result.output
    guide = read_project(folder / "content", folder / "templates").content.all(Guide)["side"]
    assert guide.title == "Nye cykelstier i Eksempelkvarteret"
    assert [chapter.title for chapter in guide.chapters][:3] == ["Indledning", "Indstilling", "Problemstilling"]


VOTED = PAGE.replace(
    "<p>Indstillingen blev godkendt.</p>",
    "<p>Indstillingens 1. at-punkt blev godkendt med 8 stemmer mod 3. Ingen medlemmer undlod at stemme.</p>"
    "<p>For stemte: A, B og F<br>Imod stemte: V</p><p>Indstillingens 2. at-punkt blev taget til efterretning.</p>",
)


def test_votes_stand_beside_the_words(folder: Path) -> None:
    case = imported(folder, VOTED, "sag.html")
    assert case.verbatim, "what is decided is not worded anew"
    decision = case.treatments[-1].decision
    assert decision is not None
    assert "For stemte: A, B og F" in str(decision.text)
    first, second = decision.outcomes
    assert (first.point, first.verb, first.how) == (case.recommendation[0].points[0].id, "godkendt", "vote")
    assert (first.votes_for, first.votes_against, first.abstentions) == (8, 3, 0)
    assert (first.parties_for, first.parties_against) == (("A", "B", "F"), ("V",))
    assert (second.point, second.verb, second.how) == (
        case.recommendation[0].points[1].id, "taget til efterretning", None
    )  # fmt: skip


OUTCOMES = {
    "Indstillingens 1.-3. at-punkt blev herefter godkendt uden afstemning.": [
        {"points": ["a", "b", "c"], "verb": "godkendt", "how": "without-vote"}
    ],
    "Indstillingens første at-punkt blev godkendt, og andet at-punkt blev anbefalet over for Byrådet.": [
        {"point": "a", "verb": "godkendt"},
        {"point": "b", "verb": "anbefalet", "detail": "over for Byrådet"},
    ],
    "Medlemsforslaget blev herefter forkastet efter afstemning med 38 mod 16.": [
        {"verb": "forkastet", "how": "vote", "votes_for": 16, "votes_against": 38}
    ],
    "Det af Venstre fremsatte ændringsforslag (ÆF1) blev vedtaget uden afstemning.": [
        {"amendment": "ÆF1", "verb": "vedtaget", "how": "without-vote"}
    ],
    "Byrådet godkendte indstillingen enstemmigt.": [{"verb": "godkendt", "how": "unanimous"}],
    "Godkendt.": [{"verb": "godkendt"}],
    "Sagen blev udsat til mødet den 17. september 2026.": [
        {"verb": "udsat", "detail": "til mødet den 17. september 2026"}
    ],
    "Kommunen har tidligere vedtaget en plan.": [],
    "Indstillingens 9. at-punkt blev godkendt.": [],
    "Indstillingen blev godkendt. Indstillingens 1. at-punkt blev anbefalet.": [],
}


@pytest.mark.parametrize(("words", "outcomes"), OUTCOMES.items(), ids=[words[:40] for words in OUTCOMES])
def test_what_a_sentence_decides(words: str, outcomes: list[dict[str, object]]) -> None:
    profile = repository().content.settings.cases
    assert profile is not None
    assert outcomes_of([words], ["a", "b", "c"], profile) == outcomes
