"""What no document could show is refused before it is written, at the field that it was typed in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.commands import foresight
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import ContentError, DocgenError, Problem
from docgen.studio.deciding import Decided, Deciding
from docgen.studio.drafts import Typed
from docgen.studio.forms import shown
from docgen.studio.saving import Saved
from tests.support.effort import tries
from tests.support.studio import CASE_FILE, FOLLOW_UP_FILE, POLICY_FILE, copy_of_repository
from tests.support.writing_studio import FILE, Studio

TITLE, SOLUTION = ("title",), ("sections", "@solution", "text")
_UGLY = (
    *(" 😀", " 👩‍👧", " 1️⃣", " שלום", " <b>fed</b>", " {bilag:findes-ikke}", " {tal:findes-ikke}", " x[^9]"),
    *(
        "\n\n| a | b |\n| c |",
        "\n\n#### For dybt",
        "\n\n---",
        " 漢字",
        " ა",
        " **fed",
        " m^2",
        "\n\n+ 5 pct.",
        " ⟶",
        " ☃",
    ),
    *(
        " [her](docx:x)",
        "\n\n![](billede.png)",
        "\n\n[^1]: ingen henviser",
        " &amp;",
        "\n\n1. a\n7. b",
        "\n\n- ",
        " \u202eomvendt",
    ),
)
_PLAIN = (
    " og mere",
    ", nemlig 5 pct.",
    " – ”sådan”",
    "\n\nEt afsnit til.",
    " **fed** og *kursiv*",
    "\n\n- et punkt\n- et til",
)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    found = Studio(copy_of_repository(tmp_path, guide=False))
    yield found
    found.session.close()


def _told(studio: Studio, inner: str, path: tuple[str, ...]) -> set[str]:
    """Everything that making the documents of a file says of one field, in every rendering, edition and format."""
    studio.session.refresh()
    project = studio.session.project
    id = project.content_kinds.document_of(inner)
    assert id is not None
    part = project.part_of([id])
    model = part.content.documents.get(id)
    if model is None:  # by a rule across fields: those are told when it is written
        return set()
    found = set()
    for one in part.kinds[id.kind].ids(id.name, model):
        for edition in Edition:
            for problem in foresight.problems_of(Job(part, one, edition)):
                if problem.origin.file == f"content/{inner}" and problem.origin.path[: len(path)] == path:
                    found.add(problem.message)
    return found


def _tried(studio: Studio, typed: Typed) -> tuple[Saved | None, tuple[Problem, ...]]:
    """What was written, or why nothing was."""
    try:
        return studio.saver.save(typed), ()
    except DocgenError as error:
        return None, error.problems


@pytest.mark.slow
def test_what_is_written_can_be_printed_and_what_cannot_is_not_written(studio: Studio) -> None:
    dice, refused = random.Random(30), 0
    files = (CASE_FILE, POLICY_FILE, "meetings/2022-12-01-br.yaml")
    for number in range(tries(120, 24)):
        inner = files[number % len(files)]
        studio.session.refresh()
        texts = [one for one in scalars(read_yaml(inner, studio.data(inner))) if " " in one]
        path = dice.choice(texts).origin.path
        spot = studio.drafts.spot(f"content/{inner}", path)
        if not spot.is_single or spot.path != path:
            continue
        text, before = shown(spot.shape, spot.value), studio.data(inner)
        typed = Typed(f"content/{inner}", path, text, text + dice.choice(_UGLY if number % 4 else _PLAIN))
        saved, problems = _tried(studio, typed)
        if problems:
            assert {one.origin.file.removeprefix("content/") for one in problems} == {inner}
            assert studio.data(inner) == before
            refused += 1
            continue
        assert _told(studio, inner, path) == set(), (inner, path, typed.text[len(text) :])
        if saved is not None:
            studio.saver.undo()
            assert studio.data(inner) == before
    assert refused > tries(120, 24) / 6


@pytest.mark.slow
@pytest.mark.parametrize("ugly", [" 😀", " {bilag:findes-ikke}", " <b>x</b>", " 漢", "\n\n#### For dybt"])
@pytest.mark.parametrize("fault", ["", 'version: "en"\nstatus: vedtaget'])
def test_words_are_refused_also_where_the_document_is_at_fault_elsewhere(studio: Studio, ugly: str, fault: str) -> None:
    if fault:
        studio.edit('version: "1.0"\nstatus: vedtaget', fault)
    typed = studio.typed(SOLUTION, studio.value(SOLUTION) + ugly)
    before = studio.data()
    with pytest.raises(ContentError) as error:
        studio.saver.save(typed)
    assert {(one.origin.file, one.origin.path) for one in error.value.problems} == {(FILE, SOLUTION)}
    assert studio.data() == before
    assert studio.saver.save(studio.typed(SOLUTION, studio.value(SOLUTION) + " Fint.")) is not None


def test_a_title_a_heading_that_all_share_and_a_new_point_take_no_emoji(studio: Studio) -> None:
    heading = ("cases", "sections", "@solution", "heading")
    for file, path in (
        (FILE, TITLE), (f"content/{POLICY_FILE}", TITLE), (f"content/{FOLLOW_UP_FILE}", TITLE),
        ("content/settings.yaml", heading),
    ):  # fmt: skip
        inner = file.removeprefix("content/")
        before = studio.data(inner)
        with pytest.raises(ContentError, match="kan ikke vises i et dokument"):
            studio.saver.save(studio.typed(path, studio.value(path, file) + " 🎉", file))
        assert studio.data(inner) == before
    before = studio.data()
    with pytest.raises(ContentError, match="kan ikke vises i et dokument"):
        studio.structure.add(FILE, ("recommendation", "0", "points"), {"text": "sagen fejres 🎉"})
    deciding = Deciding(studio.session, studio.drafts, studio.saver)
    treatment = next(one for one in deciding.form(FILE)["treatments"] if one["role"].startswith("anbefaler"))
    with pytest.raises(ContentError, match="kan ikke vises i et dokument"):
        deciding.decide(FILE, tuple(treatment["path"]), Decided("vedtage-politikken", "anbefalet", detail="hurra 🎉"))
    assert studio.data() == before


def test_words_that_cannot_be_printed_can_be_mended_a_little_at_a_time(studio: Studio) -> None:
    studio.edit("fem ligestillede", "fem 😀 ligestillede 🎉")
    studio.session.refresh()
    summary = studio.value(("summary",))
    assert studio.saver.save(studio.typed(("summary",), summary.replace(" 🎉", ""))) is not None
    assert studio.saver.save(studio.typed(TITLE, "En ny titel")) is not None
    with pytest.raises(ContentError):
        studio.saver.save(studio.typed(("summary",), studio.value(("summary",)) + " 🙈"))
