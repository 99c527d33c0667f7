"""Any words typed anywhere: what is written is what the Word file says, and nothing else becomes another."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.content.yaml_editor import SetValue, edit
from docgen.pipeline import Job
from docgen.problems import ContentError
from docgen.project import Project
from docgen.pull.found import Outcome
from docgen.pull.home import Wishes, bring_home
from docgen.pull.splicing import Shown, SourceMap, escaped, spliced
from docgen.pull.words import applied, hunks, merged, normal
from docgen.readers.docx.document import read_word
from docgen.structs import replace
from docgen.writers.docx.base_text import Base
from docgen.writers.docx.carriers import AROUND, Line
from docgen.writers.formats import DOCX
from tests.pull.random_edits import Verdict, judged, random_edits
from tests.pull.test_home import CASE, INTRODUCTION
from tests.support.contents import POLICY, repository, small_project
from tests.support.docx_reading import W
from tests.support.effort import tries
from tests.support.word_edits import rewritten, typed

SIGNS = [
    *"*_[]#:-{}|<>&~^`'\"\\.,!?()",
    "1.",
    "- ",
    "\u00a0",
    "æ",
    "”",
    "“x”",
    "…",
    "–",
    "% ",
    "kr. ",
    "{bilag:x}",
    "[^n]",
]
TYPED = st.lists(st.sampled_from([*SIGNS, "nye ", "ord ", "tal 7 ", "Kilde: ", " "]), min_size=1, max_size=5).map(
    "".join
)


@cache
def sent() -> tuple[Project, bytes, Base]:
    project = small_project(introduction=INTRODUCTION)
    job = Job(project, POLICY)
    return project, job.write(DOCX), job.base


def _runs(root: etree._Element) -> list[etree._Element]:
    """The runs with words that stand in a paragraph with a key."""
    keyed = [one for one in root.iter(W + "p") if one.find(f"{W}bookmarkStart") is not None]
    return [text for one in keyed for text in one.iter(W + "t") if (text.text or "").strip()]


@pytest.mark.slow
@settings(max_examples=tries(120), deadline=None)
@given(where=st.integers(0, 200), at=st.integers(0, 80), length=st.integers(0, 12), words=TYPED)
def test_random_words_are_proved_or_told(where: int, at: int, length: int, words: str) -> None:
    project, data, base = sent()

    def change(root: etree._Element) -> None:
        runs = _runs(root)
        run = runs[where % len(runs)]
        text = run.text or ""
        place = at % (len(text) + 1)
        run.text = text[:place] + words + text[place + length :]

    word = read_word("x.docx", rewritten(data, change))
    pulled = bring_home(project, POLICY, word, base, Wishes())
    before = [normal(line.text) for line in base.lines if line.entry.kind != AROUND]
    read = [normal(one.text) for one in word.paragraphs]
    # A line of the contents has its page, which is not kept at home.
    read = [found if (found := re.sub(r" \d+$", "", one)) in before else one for one in read]
    if not pulled.files:
        assert pulled.changes or sorted(set(before) - set(read)) == []
        return
    assert any(one.outcome is Outcome.WRITTEN for one in pulled.changes)
    again = replace(project, content_files={**project.content_files, **pulled.files})
    new = [line for line in Job(again, POLICY).base.lines if line.entry.kind != AROUND]
    if all(one.outcome is Outcome.WRITTEN for one in pulled.changes):
        missing = [line.text for line in new if normal(line.text) not in {*read, *before}]
        assert missing == [], "no line says what neither the Word file nor the file that was sent says"
        assert {*read} - {*before, ""} <= {normal(line.text) for line in new}, (
            "and what is new in the Word file is there"
        )


@settings(max_examples=tries(200))
@given(base=st.text("ab c.,\n", max_size=30), after=st.text("ab c.,\n", max_size=30))
def test_hunks_make_the_one_text_of_the_other(base: str, after: str) -> None:
    assert normal(applied(base, hunks(base, after))).split() == normal(after).split()


WORDS = st.lists(st.sampled_from(["et", "to", "tre", "fire", "fem", "3,5", "–", "»a«"]), max_size=10).map(" ".join)


@settings(max_examples=tries(200))
@given(WORDS, WORDS, WORDS)
def test_a_merge_has_both_sides_or_is_a_conflict(base: str, ours: str, theirs: str) -> None:
    assert merged(base, base, theirs) == theirs
    assert normal(merged(base, ours, base) or "") == normal(ours)
    assert normal(merged(base, ours, ours) or "") == normal(ours)
    together = merged(base, ours, theirs)
    other = merged(base, theirs, ours)
    assert (together is None) == (other is None)
    if together is not None and other is not None:
        assert normal(together) == normal(other)


def lines_or_told(project: Project) -> tuple[tuple[Line, ...], list[str]]:
    """The lines of the policy's Word file; or what it is refused for."""
    try:
        return Job(project, POLICY).base.lines, []
    except ContentError as error:
        return (), [problem.message for problem in error.problems]


@pytest.mark.slow
@settings(max_examples=tries(150))
@given(words=TYPED, begins=st.booleans())
def test_escaped_words_are_read_as_they_were_typed(words: str, begins: bool) -> None:
    text = words.strip()
    if not text or "\n" in text:
        return
    written = escaped(text, begins=True) if begins else f"Ord {escaped(text, begins=False)}"
    files = small_project().content_files
    path = "policies/eksempel/policy.yaml"
    project = replace(
        small_project(),
        content_files={**files, path: edit(path, files[path], [SetValue(("introduction", "text"), written)])},
    )
    lines, told = lines_or_told(project)
    assert all("bliver stående" in message for message in told), "what looks like markup and can be no words"
    if told:
        return
    shown = [normal(line.text) for line in lines if line.entry.path == ("introduction", "text")]
    assert "".join(shown).replace(" ", "") == normal(text if begins else f"Ord {text}").replace(" ", "")


@given(st.text("*_`[]()ab ", max_size=25), st.text("ab c", max_size=25))
def test_a_map_never_writes_outside_its_text(value: str, shown: str) -> None:
    source = SourceMap(value, [Shown(shown)])
    for hunk in hunks(shown, shown + " ny"):
        splice = source.splice(0, hunk)
        assert splice is None or 0 <= splice.start <= splice.end <= len(value)
        assert splice is None or spliced(value, [splice]) is not None


# -- how Markdown is laid beside what is shown of it ----------------------------------------------------------------

TABLE = "| a | b |\n|--|--|\n" + "\n".join(f"| {n} | nej |" for n in range(9))


def typed_home(introduction: str, before: str, after: str, number: int = 0) -> list[str]:
    """The lines that come into the introduction where words of it are typed over."""
    project = small_project(introduction=introduction)
    job = Job(project, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), typed(before, after, number=number)))
    pulled = bring_home(project, POLICY, word, job.base, Wishes())
    assert [one.outcome for one in pulled.changes] == [Outcome.WRITTEN]
    path = "policies/eksempel/policy.yaml"
    old, new = (files[path].decode().split("\n") for files in (project.content_files, pulled.files))
    return [line.strip() for line in new if line not in old]


def test_one_of_many_cells_that_say_the_same_is_the_one_that_was_typed_in() -> None:
    assert typed_home(TABLE, "nej", "måske", 4) == ["| 4 | måske |"]


@pytest.mark.parametrize(
    ("introduction", "expected"),
    [("Skriv `docgen ord`.", "Skriv `docgen {x} *`."), ("Skriv:\n\n    docgen ord", "docgen {x} *")],
)
def test_in_code_signs_are_written_as_they_are(introduction: str, expected: str) -> None:
    assert typed_home(introduction, "docgen ord", "docgen {x} *") == [expected]


@pytest.mark.slow
def test_a_random_edit_of_every_sort_of_document_is_judged() -> None:
    edits = list(random_edits(("guide/brugervejledning", CASE), 4, 7))
    assert {one.tracked for one in edits} == {True, False}
    assert {judged(one).verdict for one in edits} <= {Verdict.PROVED, Verdict.REPORTED}


def test_the_judge_of_random_edits_sees_what_is_not_told() -> None:
    (edit,) = random_edits((CASE,), 1, 7)
    untouched = replace(edit, file=Job(repository(), CASE).write(DOCX))
    assert judged(untouched).verdict is Verdict.SILENT
    assert judged(replace(edit, file=b"x")).verdict is Verdict.CRASHED
