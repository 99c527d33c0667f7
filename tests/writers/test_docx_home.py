"""What a Word file that is sent carries of where its words are from, and what stays at home of it."""

from __future__ import annotations

import itertools
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.build.bases import read_base
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import Origin
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import Code, Emphasis, Inline, LineBreak, Link, Span, Strong, Text, plain_text
from docgen.tree.shown import shown_line
from docgen.writers.docx.base_text import Base, base_name, decode_base, encode_base
from docgen.writers.formats import DOCX
from tests.support.contents import POLICY, document_ids, repository, small_project
from tests.support.docx_reading import bookmark_texts, docx_manifest, docx_parts
from tests.support.effort import tries
from tests.support.house import content, docgen, project

AT = Origin("content/a.yaml", 1, 1, ("a",))
DRAFT = "case/afdaekning-af-innovation-og-partnerskaber"


def salted(small: Project, salt: str = "s") -> Project:
    """A project with a salt of its own."""
    files = dict(small.content_files)
    files["settings.yaml"] = files["settings.yaml"] + f"\nsalt: {salt}\n".encode()
    return replace(small, content_files=files)


def said(text: str, salt: str = "s") -> tuple[Job, bytes]:
    """The small policy with a text for its introduction, and its Word file."""
    job = Job(salted(small_project(introduction=text), salt), POLICY)
    return job, job.write(DOCX)


@pytest.mark.slow
@pytest.mark.parametrize("id", document_ids())
def test_what_stays_at_home_is_what_the_file_shows(id: str) -> None:
    job = Job(repository(), id)
    marked, base = bookmark_texts(job.write(DOCX)), job.base
    assert {line.key: line.text for line in base.lines if line.key} == {
        key: text.replace("\N{NON-BREAKING HYPHEN}", "-") for key, text in marked.items()
    }
    assert (base.document, base.build, base.edition) == (id, job.tree.fingerprint, "public")
    known = {(value.file, value.path) for value in base.values}
    written = [part for line in base.lines for part in line.entry.spans if not part.computed]
    assert written
    assert [part for part in written if (part.file, part.path) not in known] == []
    assert decode_base(encode_base(base)) == base


def test_no_deleted_word_is_left_in_a_file_nor_a_hash_that_tells_it() -> None:
    """Whoever takes a paragraph out in Word and saves has taken it out: the rest of the file does not have it."""
    words = "Bodilskovs"
    _, data = said(f"Første afsnit.\n\n{words}\n\nSidste afsnit.")
    _, other = said("Første afsnit.\n\nNoget andet\n\nSidste afsnit.")
    for name, part in docx_parts(data).items():
        if name != "word/document.xml":
            assert words.encode() not in part, name
    key, changed = (
        next(key for key, entry in docx_manifest(one).items() if entry["text"] == text)
        for one, text in ((data, words), (other, "Noget andet"))
    )
    assert key != changed, "the words are in the key, and so is the salt"
    _, elsewhere = said(f"Første afsnit.\n\n{words}\n\nSidste afsnit.", "another")
    assert key not in docx_manifest(elsewhere)


def test_a_paragraph_put_in_front_takes_no_key() -> None:
    (_, before), (_, after) = said("Et.\n\nTo.\n\nTo."), said("Nul.\n\nEt.\n\nTo.\n\nTo.")
    keys = {entry["text"]: key for key, entry in docx_manifest(before).items()}
    found = docx_manifest(after)
    assert found[keys["Et."]]["text"] == "Et."
    assert found[keys["To."]]["text"] == "To."


def test_a_label_is_no_place_to_write_a_value() -> None:
    _, data = said("Tekst.")
    labels = [entry for entry in docx_manifest(data).values() if entry["kind"] == "label"]
    assert labels
    assert {tuple(entry["path"]) for entry in labels if entry["text"] in ("Version", "Status", "Gælder")} == {()}


def test_a_file_says_which_edition_it_is() -> None:
    for edition in Edition:
        data = Job(repository(), DRAFT, edition).write(DOCX)
        assert f'edition="{edition.value}"'.encode() in docx_parts(data)["customXml/item1.xml"]


def test_a_lead_in_and_its_text_are_two_parts() -> None:
    line = shown_line((Strong((Span((Text("Vi vil"),), AT),)), Text(" "), Span((Text("mere"),), AT)))
    assert [(line.text[part.start : part.end], part.whole) for part in line.parts] == [
        ("Vi vil", False),
        ("mere", False),
    ]
    (only,) = shown_line((Strong((Link((Span((Text("Titel"),), AT),), "#titel"),)),)).parts
    assert only.whole


INLINES: st.SearchStrategy[Inline] = st.recursive(
    st.text(max_size=4).map(Text) | st.text(max_size=4).map(Code) | st.just(LineBreak()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: Strong(tuple(some))),
        st.lists(inner, max_size=3).map(lambda some: Emphasis(tuple(some))),
        st.lists(inner, max_size=3).map(lambda some: Link(tuple(some), "https://a.dk/(b)")),
        st.builds(lambda some, made: Span(tuple(some), AT, made), st.lists(inner, max_size=3), st.booleans()),
    ),
    max_leaves=8,
)


@settings(max_examples=tries(150))
@given(st.lists(INLINES, max_size=4).map(tuple))
def test_a_line_has_its_words_and_each_mark_and_part_is_a_range_of_them(inlines: tuple[Inline, ...]) -> None:
    line = shown_line(inlines, AT)
    assert line.text == plain_text(inlines)
    ranges = [(one.start, one.end) for one in line.marks] + [(one.start, one.end) for one in line.parts]
    assert all(0 <= start <= end <= len(line.text) for start, end in ranges)
    spans = line.parts[1:]
    assert all(outer.end <= inner.start or inner.end <= outer.end for outer, inner in itertools.pairwise(spans))


@pytest.mark.slow
@given(st.binary(max_size=200))
def test_what_is_no_base_is_none(data: bytes) -> None:
    assert decode_base(data) is None
    assert decode_base(zlib.compress(data)) is None


# -- where it lies ------------------------------------------------------------------------------------------------


def test_a_build_keeps_it_where_nothing_is_handed_on(tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    assert docgen(folder, "build", POLICY, "--format", "docx").exit_code == 0
    data = (folder / f"build/{POLICY}.docx").read_bytes()
    build = re.search(rb'build="([0-9a-f]{8})"', docx_parts(data)["customXml/item1.xml"])
    assert build
    base = read_base(folder / "content", build[1].decode())
    assert isinstance(base, Base)
    assert {line.key for line in base.lines if line.key} == set(docx_manifest(data))
    kept = folder / "content" / base_name(base.build)
    assert docgen(folder, "clean").exit_code == 0
    assert kept.exists()
    assert (kept.parent / ".gitignore").read_text("utf-8").splitlines()[-1] == "*"
    assert read_base(folder / "content", "../../ud") is None
    assert read_base(folder / "content", "00000000") is None


def test_it_is_no_part_of_a_source(tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    docgen(folder, "build", POLICY, "--format", "docx", "--format", "pdf")
    assert b".docgen" not in Job(small_project(), POLICY).source
    before = (folder / f"build/{POLICY}.pdf").read_bytes()
    docgen(folder, "build", POLICY, "--format", "docx", "--format", "pdf", "--force")
    assert (folder / f"build/{POLICY}.pdf").read_bytes() == before


def test_the_salt_is_in_no_source() -> None:
    small = salted(small_project(), "hemmeligt-salt")
    for edition in Edition:
        assert b"hemmeligt-salt" not in Job(small, POLICY, edition).source
    assert b"hemmeligt-salt" not in Job(small, POLICY).write(DOCX)


def test_what_is_final_is_made_without_it() -> None:
    """For it is made again of its own source alone, and must be the same bytes then."""
    assert repository().content.settings.salt
    assert Job(repository(), "policy/indkoebspolitik-2023-2026").way_home(print).salt == ""
    assert Job(salted(small_project()), POLICY).way_home(print).salt == "s"


def test_what_comes_from_no_place_stays_at_home_too() -> None:
    """So that nobody takes it for something new when the file comes back."""
    job = Job(small_project(), POLICY)
    job.write(DOCX)
    around = [line.text for line in job.base.lines if line.entry.kind == "around"]
    assert around
    assert all(not line.entry.path for line in job.base.lines if not line.key)
