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
from tests.pull.test_home import lines, outcomes
from tests.support.contents import POLICY, small_project
from tests.support.word_edits import Change, inserted, rewritten, row_added, row_deleted, split

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


@pytest.mark.parametrize("name", WRITTEN)
def test_rows_and_items_wait_until_they_are_asked_for(name: str) -> None:
    edit, expected = WRITTEN[name]
    _, waiting = home(edit, structural=False)
    assert outcomes(waiting) == [Outcome.STRUCTURE]
    assert waiting.files == {}
    project, pulled = home(edit)
    assert set(outcomes(pulled)) == {Outcome.WRITTEN}
    assert lines(pulled, project) == expected


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
