"""Rows of tables and items of lists in YAML that are more or less in Word: written when that is asked for."""

from __future__ import annotations

import pytest

from docgen.pipeline import Job
from docgen.project import Project
from docgen.pull.found import Outcome, Pulled
from docgen.pull.home import Wishes, bring_home
from docgen.readers.docx.document import read_word
from docgen.structs import replace
from docgen.writers.formats import DOCX
from tests.kinds.test_municipalities import municipality
from tests.pull.test_home import lines, outcomes
from tests.support.contents import POLICY, small_project
from tests.support.word_edits import Change, inserted, joined, moved, rewritten, row_added, row_deleted, split, typed

TABLE = "Ord.\n\n| A | B |\n|:--|--|\n| en celle | 2 |\n| to \\| tre | 4 |"


def home(edit: Change, *, structural: bool = True) -> tuple[Project, Pulled]:
    """What an edited file brings, and the folder that it is brought to."""
    project = small_project(introduction=TABLE)
    job = Job(project, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), edit))
    return project, bring_home(project, POLICY, word, job.base, Wishes(structural=structural))


WRITTEN: dict[str, tuple[Change, list[str]]] = {
    "a row in the middle": (row_added("en celle", "ny | række", "3"), ["+| ny \\| række | 3 |"]),
    "a row at the end": (row_added("to | tre", "sidste", "9"), ["+| sidste | 9 |"]),
    "a row less": (row_deleted("en celle"), ["-| en celle | 2 |"]),
    "the last row less": (row_deleted("to | tre"), ["-| to \\| tre | 4 |"]),
    "an item of a list in YAML": (
        inserted("Beslutter politikken", "Følger den op: hvert år."),
        ["+- id: ny-1", '+text: "Følger den op: hvert år."'],
    ),
    "an item of a list in YAML split": (
        split("Beslutter"),
        ["-text: Beslutter politikken.", "+text: Beslutter", "+- id: ny-1", "+text: politikken."],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITTEN)
def test_rows_and_items_wait_until_they_are_asked_for(name: str) -> None:
    edit, expected = WRITTEN[name]
    _, waiting = home(edit, structural=False)
    assert outcomes(waiting) == [Outcome.STRUCTURE]
    assert waiting.files == {}
    project, pulled = home(edit)
    assert set(outcomes(pulled)) == {Outcome.WRITTEN}
    assert lines(pulled, project) == expected


@pytest.mark.slow
def test_a_row_that_the_table_has_no_place_for_is_told() -> None:
    _, pulled = home(row_added("Version", "Nyt felt", "7"))
    assert pulled.files == {}
    assert pulled.changes
    assert Outcome.WRITTEN not in outcomes(pulled)


def test_an_item_that_comes_later_has_an_id_of_its_own() -> None:
    first, pulled = home(inserted("Beslutter politikken", "Følger den op."))
    project = replace(first, content_files={**first.content_files, **pulled.files})
    job = Job(project, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), inserted("Følger den op", "Spørger om den.")))
    again = bring_home(project, POLICY, word, job.base, Wishes(structural=True))
    assert lines(again, project) == ["+- id: ny-2", "+text: Spørger om den."]


def test_items_of_a_list_in_yaml_that_are_joined_are_one() -> None:
    own = "policies/eksempel/responsibilities.yaml"
    first = small_project()
    more = b"      - {id: foelger, text: 'F\xc3\xb8lger *den* op.'}  # hvert aar\n      - {id: ser, text: Ser.}\n"
    project = replace(first, content_files={**first.content_files, own: first.content_files[own] + more})
    job = Job(project, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), joined("Beslutter")))
    assert outcomes(bring_home(project, POLICY, word, job.base, Wishes())) == [Outcome.STRUCTURE]
    pulled = bring_home(project, POLICY, word, job.base, Wishes(structural=True))
    assert outcomes(pulled) == [Outcome.WRITTEN]
    assert lines(pulled, project) == [
        "-text: Beslutter politikken.",
        "-- {id: foelger, text: 'Følger *den* op.'}  # hvert aar",
        "+text: Beslutter politikken. Følger *den* op.",
    ]


# -- another order --------------------------------------------------------------------------------------------------

ITEMS = b"""\
  # om den anden
  - id: to
    lead: Mere.
    text: Og til.
  - {id: tre, lead: Tredje., text: Med tekst.}
"""
VALUE = "policies/eksempel/values/1-vaerdi.yaml"
TEXT = "Et *første* afsnit.\n\nEt andet.\n\n1. punkt et\n2. punkt to\n3. punkt tre\n\nTil sidst."


def three() -> Project:
    """A policy with a text of several paragraphs, and three items in a list."""
    project = small_project(introduction=TEXT)
    data = project.content_files[VALUE].rstrip() + b"\n" + ITEMS
    return replace(project, content_files={**project.content_files, VALUE: data})


def reordered(*edits: Change, structural: bool = True) -> Pulled:
    """What comes of a file in which paragraphs were moved."""
    job = Job(three(), POLICY)
    data = job.write(DOCX)
    for edit in edits:
        data = rewritten(data, edit)
    return bring_home(three(), POLICY, read_word("x.docx", data), job.base, Wishes(structural=structural))


MOVED: dict[str, tuple[Change, str]] = {
    "a paragraph": (moved("Et første", "Et andet"), "Et andet.|Et *første* afsnit.|1. punkt et"),
    "a paragraph pasted": (moved("Et første", "Et andet", "_Copy_1"), "Et andet.|Et *første* afsnit.|1. punkt et"),
    "a paragraph without its bookmark": (moved("Et første", "Et andet", "-"), "Et andet.|Et *første* afsnit.|1."),
    "a paragraph past a list": (moved("Et andet", "Til sidst"), "Et *første* afsnit.|1. punkt et"),
    "an item of a text": (moved("punkt tre", "Et andet"), "1. punkt tre|2. punkt et|3. punkt to"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MOVED)
def test_paragraphs_of_a_text_get_the_order_that_they_have_in_word(name: str) -> None:
    edit, expected = MOVED[name]
    assert outcomes(reordered(edit, structural=False)) == [Outcome.STRUCTURE]
    pulled = reordered(edit)
    assert [(one.outcome, one.note) for one in pulled.changes] == [(Outcome.WRITTEN, "flyttet")]
    text = pulled.files["policies/eksempel/policy.yaml"].decode()
    written = "|".join(line.strip() for line in text.split("\n") if line.strip())
    assert expected in written


@pytest.mark.slow
def test_items_of_a_list_are_moved_with_their_comments() -> None:
    edit = moved("Gøre noget", "Mere. Og til")
    assert outcomes(reordered(edit, structural=False)) == [Outcome.STRUCTURE]
    (change,) = reordered(edit).changes
    assert (change.outcome, change.note, change.file) == (Outcome.WRITTEN, "flyttet", f"content/{VALUE}")
    text = reordered(edit).files[VALUE].decode()
    assert text.index("# om den anden") < text.index("id: to") < text.index("id: indsats") < text.index("id: tre")


def test_an_item_that_is_moved_and_reworded_is_both() -> None:
    pulled = reordered(moved("Gøre noget", "Tredje. Med"), typed("Med tekst", "Med anden tekst"))
    assert outcomes(pulled) == [Outcome.WRITTEN, Outcome.WRITTEN]
    text = pulled.files[VALUE].decode()
    assert text.index("id: to") < text.index("Med anden tekst") < text.index("id: indsats")


def test_what_was_moved_out_of_its_list_is_told() -> None:
    pulled = reordered(moved("Mere. Og til", "Et andet"))
    assert pulled.files == {}
    assert "flyt det selv" in pulled.changes[0].note


# -- rows of a table that the template makes of a list --------------------------------------------------------------

TOWN = "policy/byrum"
ROWS: dict[str, tuple[Change, list[str]]] = {
    "a row": (
        row_added("Plant 100", "Mal striber: *gule*", "2028", "Borgerne"),
        ["+- id: ny-1", "+text: 'Mal striber: \\*gule\\*'", "+year: '2028'", "+responsible: Borgerne"],
    ),
    "a row after one that has less": (
        row_added("Sæt skilte", "Mal striber", "-", "Borgerne"),
        ["+- id: ny-1", "+text: Mal striber", "+responsible: Borgerne"],
    ),
    "a row less": (
        row_deleted("Plant 100"),
        ["-- id: m1", "-text: Plant 100 træer", "-year: '2027'", "-responsible: Teknik og Miljø"],
    ),
    "a row with nothing less": (row_deleted("Sæt skilte"), ["-- id: m2", "-text: Sæt skilte op"]),
}


def in_town(edit: Change, *, structural: bool = True) -> Pulled:
    """What an edited file of a policy with a table of measures brings."""
    job = Job(municipality("odense"), TOWN)
    word = read_word("x.docx", rewritten(job.write(DOCX), edit))
    return bring_home(municipality("odense"), TOWN, word, job.base, Wishes(structural=structural))


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_rows_made_of_items_are_items(name: str) -> None:
    edit, expected = ROWS[name]
    assert outcomes(in_town(edit, structural=False)) == [Outcome.STRUCTURE]
    pulled = in_town(edit)
    assert outcomes(pulled) == [Outcome.WRITTEN]
    assert lines(pulled, municipality("odense")) == expected


def test_a_row_of_which_docgen_makes_something_is_told_with_its_place() -> None:
    """A version's date is written in another way than it is shown."""
    first_one = '{version: "0.9", date: 2022-01-08, what: Den første.}'
    history = f'\nhistory:\n  - {first_one}\n  - {{version: "1.0", date: 2022-12-01, what: Helt ny.}}\n'
    first = small_project()
    own = "policies/eksempel/policy.yaml"
    project = replace(first, content_files={**first.content_files, own: first.content_files[own] + history.encode()})
    job = Job(project, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), row_added("Helt ny.", "2.0", "1.1.2027", "Nyere.")))
    (change,) = bring_home(project, POLICY, word, job.base, Wishes(structural=True)).changes
    assert (change.outcome, change.path) == (Outcome.HOMELESS, ("history", "1"))
    assert "skriv punktet selv" in change.note
