"""Texts that must follow each other over the years: both are written, or neither, and never what is final."""

from __future__ import annotations

from functools import cache

import pytest

from docgen.pipeline import Job
from docgen.project import Project
from docgen.pull.found import Change, Outcome
from docgen.pull.home import Wishes, bring_home
from docgen.readers.docx.document import read_word
from docgen.structs import replace
from docgen.writers.formats import DOCX
from tests.support.contents import repository
from tests.support.word_edits import rewritten, typed

REPORT, BEFORE = "follow-up/2024", "follow_ups/2023.yaml"
BASE = ("indicators", "@kontroller", "base")


@cache
def project(status: str) -> Project:
    """The repository, where the report of the year before has a status."""
    files = repository().content_files
    own = files[BEFORE].replace(b"status: udkast", f"status: {status}".encode())
    return replace(repository(), content_files={**files, BEFORE: own})


def brought(status: str) -> tuple[Change, ...]:
    """What comes of another wording of what an indicator counts, which both reports give in the same words."""
    job = Job(project(status), REPORT, draws=False)
    word = read_word("x.docx", rewritten(job.write(DOCX), typed("Alle fire slags", "Alle fem slags")))
    return bring_home(project(status), REPORT, word, job.base, Wishes()).changes


@pytest.mark.slow
def test_the_draft_of_the_year_before_follows() -> None:
    first, second = brought("udkast")
    assert (first.outcome, first.file, first.path) == (Outcome.WRITTEN, "content/follow_ups/2024.yaml", BASE)
    assert (second.outcome, second.file, second.path) == (Outcome.WRITTEN, f"content/{BEFORE}", BASE)
    assert "følges ad" in second.note


@pytest.mark.slow
def test_what_is_final_stays_and_what_to_do_is_told() -> None:
    (change,) = brought("vedtaget")
    assert change.outcome is Outcome.UNPROVED
    assert "skriv i changed" in change.note
