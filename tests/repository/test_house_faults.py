"""Faults that users met in what is kept of a document: its keys in Word, what a build makes again, its formats.

HOUSE §4, 5-7. What is red today is marked, and each mark goes with the fault.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from docgen.writers.formats import FORMATS, Format, Writing
from tests.support.contents import repository
from tests.support.docx_reading import bookmark_texts, docx_manifest
from tests.support.house import (
    CASE,
    GUIDE,
    HELD,
    MEETING,
    NOW,
    POLICY,
    Change,
    Files,
    changed,
    content,
    docgen,
    project,
)

# -- keys of a Word file's paragraphs -----------------------------------------------------------------------------

TABLE = "Tabel: En ny tabel\n\n| Navn | Tal |\n|:--|--:|\n| En | 1 |\n\n"
_COMPUTED = re.compile(
    r"(?:Tabel|Figur)\s\d+\.\s|(?<=\[\^)\d+(?=\])|^\d+\.\s|[Bb]ilag\s\d+|\d+\.(?=\sat-punkt)|^[0-9a-f]{8}$"
)


def keys(folder: Path, files: Files, document: str) -> dict[str, dict[str, Any]]:
    """What the Word file of a document says of each of its keys, all of which are in its text."""
    built = docgen(project(folder, files), "build", document, "--format", "docx")
    assert built.exit_code == 0, built.stderr
    data = (folder / f"build/{document}.docx").read_bytes()
    found = docx_manifest(data)
    assert set(found) == set(bookmark_texts(data))
    return found


def lost(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> list[str]:
    """The paragraphs whose key is gone or means another paragraph, computed words not told apart."""
    return [entry["text"] for key, entry in before.items() if _says(entry) != _says(after.get(key, {}))]


def _says(entry: dict[str, Any]) -> tuple[object, ...]:
    path = [step for step in entry.get("path", []) if not step.isdigit()]
    return path, entry.get("kind"), _COMPUTED.sub("", entry.get("text", ""))


def block(field: str, written: str, indent: str, markdown: str) -> tuple[str, str]:
    """A field in one line, and the same with Markdown before what is written."""
    lines = (markdown + written.strip("'")).split("\n")
    return f"{field}: {written}\n", f"{field}: |\n" + "".join(f"{indent}{line}\n" if line else "\n" for line in lines)


@pytest.mark.slow
def test_a_table_put_first_changes_no_key_of_a_later_table(tmp_path: Path) -> None:
    real, document, path = repository().content_files, "follow-up/2024", "follow_ups/2024.yaml"
    (mandate,) = re.findall(r"^mandate: (.*)\n", real[path].decode(), re.MULTILINE)
    before = keys(tmp_path / "a", real, document)
    after = keys(tmp_path / "b", changed(real, (path, *block("mandate", mandate, "  ", TABLE))), document)
    captions = {key: entry for key, entry in before.items() if entry["kind"] == "caption"}
    assert len(captions) >= 10
    assert [entry["text"] for entry in after.values() if entry["text"].endswith("En ny tabel")]
    assert lost(captions, after) == []


FIRST_CHAPTER = ("text: Teksten.}", 'text: "Teksten.\\n\\nMere.\\n\\n- Et\\n- To"}')
LONGER = changed(content(), (GUIDE, *FIRST_CHAPTER))
FIGURE = "Figur: Et kort\n\n![Et kort](images/kort.svg)\n\n"
PUT_FIRST: dict[str, tuple[str, *tuple[Change, ...]]] = {
    "en figur i en opfølgning": ("follow-up/2024", (NOW, *block("mandate", "Eksempel.", "  ", FIGURE))),
    "et punkt på et møde": (
        f"meeting/{HELD}/beslutningsprotokol",
        (MEETING, "items:\n", "items:\n  - {id: ny, title: Nyt, decision: Udsat.}\n"),
    ),
    "et bilag til en sag": (
        "case/sag",
        (CASE, "annexes:\n", 'annexes:\n  - {id: ny, title: Nyt, document: follow-up/2024, version: "1.0"}\n'),
    ),
    "et at-punkt, der er besluttet": (
        "case/sag",
        (CASE, "  - points:\n", "  - points:\n      - {id: ny, text: noget nyt}\n"),
        (CASE, "      outcomes:\n", "      outcomes:\n        - {point: ny, verb: udsat}\n"),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PUT_FIRST)
def test_nor_does_anything_else_that_is_numbered(name: str, tmp_path: Path) -> None:
    document, *changes = PUT_FIRST[name]
    before = keys(tmp_path / "a", content(), document)
    after = keys(tmp_path / "b", changed(content(), *changes), document)
    fingerprint = [entry["text"] for entry in before.values() if re.fullmatch("[0-9a-f]{8}", entry["text"])]
    mandate = ["Eksempel."] if "mandate" in str(changes) else []  # the text that was changed
    assert [words for words in lost(before, after) if words not in fingerprint + mandate] == []


PUT_IN: dict[str, Change] = {
    "en tabel forrest": (GUIDE, '"Teksten.', '"Tabel: Ny\\n\\n|A|B|\\n|--|--|\\n|1|2|\\n\\nTeksten.'),
    "en fodnote": (GUIDE, '"Teksten.', '"[^a]: En note.\\n\\nTeksten.[^a]'),
}


@pytest.mark.parametrize("name", PUT_IN)
def test_what_is_put_in_a_text_changes_no_other_key_of_it(name: str, tmp_path: Path) -> None:
    old = keys(tmp_path / "a", LONGER, "guide/vejledning")
    new = keys(tmp_path / "b", changed(LONGER, PUT_IN[name]), "guide/vejledning")
    others = {key: entry for key, entry in old.items() if entry["text"] in ("Mere.", "Et", "To")}
    assert len(others) == 3
    assert lost(others, new) == []


VALUES: dict[str, tuple[str, Change]] = {
    "et tal": ("follow-up/2024", (NOW, "value: 52,", "value: 53,")),
    "en status": ("follow-up/2024", (NOW, "status: udkast", "status: til behandling")),
    "en dato": ("follow-up/2024", (NOW, "date: 2024-12-31", "date: 2024-12-30")),
    "et områdes status": ("follow-up/2024", (NOW, "status: på vej", "status: nået")),
    "en forvaltning": ("case/sag", (CASE, "administrations: [skole]", "administrations: [teknik]")),
    "stemmer": ("case/sag", (CASE, "votes_for: 5", "votes_for: 4")),
    "fingeraftrykket": ("guide/vejledning", (GUIDE, "title: En", "title: Denne")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", VALUES)
def test_a_changed_value_keeps_its_key(name: str, tmp_path: Path) -> None:
    """As a changed text does, also where the words that are shown are computed from it."""
    document, change = VALUES[name]
    before = keys(tmp_path / "a", content(), document)
    after = keys(tmp_path / "b", changed(content(), change), document)
    assert {key: before[key]["text"] for key in before.keys() - after.keys()} == {}


# -- what a build makes again -------------------------------------------------------------------------------------

FINAL = [(path, "status: udkast", "status: til behandling") for path in (POLICY, NOW, MEETING)]


def made(folder: Path, *options: str) -> set[str]:
    """The documents of which a build wrote a file."""
    result = docgen(folder, "build", "--format", "html", *options)
    assert result.exit_code == 0, result.stderr
    paths = [line.removeprefix("build/").rpartition(".")[0] for line in result.stdout.split()]
    return {path.removesuffix("-med-bilag").replace("/moedemappe", "/dagsorden") for path in paths}


ISSUES = {
    "den første": [("policy/eksempel", "public")],
    "en senere": [("guide/vejledning", "public"), ("policy/eksempel", "public")],
    "den interne udgave": [("policy/eksempel", "internal")],
    "en sag, som et møde har": [("policy/eksempel", "public"), ("case/sag", "public")],
    "med bilag": [("policy/eksempel", "public")],
    "en dagsorden": [(f"meeting/{HELD}/dagsorden", "public")],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ISSUES)
def test_to_issue_one_document_makes_no_other_be_built_again(name: str, tmp_path: Path) -> None:
    options = ("--with-annexes",) if name == "med bilag" else ()
    folder = project(tmp_path, changed(content(), *FINAL))
    *before, (document, edition) = ISSUES[name]
    for earlier, of in before:
        assert docgen(folder, "issue", earlier, "--meeting", HELD, "--edition", of).exit_code == 0
    everything = made(folder, *options)
    assert made(folder, *options) == set()
    issued = docgen(folder, "issue", document, "--meeting", HELD, "--edition", edition)
    assert issued.exit_code == 0, issued.stderr
    assert document in everything
    assert made(folder, *options) <= {document}


@pytest.mark.slow
def test_what_is_issued_is_still_looked_after_by_the_next_build(tmp_path: Path) -> None:
    """A key that leaves the ledger out must not let a changed document pass."""
    folder = project(tmp_path, changed(content(), *FINAL))
    made(folder)
    assert docgen(folder, "issue", "guide/vejledning", "--meeting", HELD).exit_code == 0
    made(folder)
    path = folder / "content" / GUIDE
    text = path.read_text("utf-8")
    path.write_text(text.replace("Teksten.", "Noget andet."), "utf-8")
    result = docgen(folder, "build", "--format", "html")
    assert (result.exit_code, "med et andet indhold" in result.stderr) == (1, True)
    path.write_text(text, "utf-8")
    assert made(folder) <= {"guide/vejledning"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["guide", "case"])
def test_a_new_document_makes_no_other_be_built_again(name: str, tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    made(folder)
    path, text = (GUIDE, "vejledning") if name == "guide" else (CASE, "sag")
    written = (folder / "content" / path).read_bytes()
    (folder / "content" / path.replace(text, "ny")).write_bytes(written)
    assert made(folder) == {f"{name}/ny"}


# -- formats ------------------------------------------------------------------------------------------------------


def plain_text(writing: Writing) -> bytes:
    """A document as the simplest format there could be: what it is called."""
    document = writing.document
    return f"{document.id}\n{document.title}\n{document.version}\n".encode()


@pytest.fixture
def txt(monkeypatch: pytest.MonkeyPatch) -> str:
    """A format that only this test knows, put in the registry with one line; made when asked for, and issued."""
    monkeypatch.setitem(FORMATS, "txt", Format("txt", plain_text))
    return "guide/vejledning\nEn vejledning til prøver\n1.0\n"


@pytest.mark.slow
def test_every_command_takes_its_formats_from_the_registry(tmp_path: Path) -> None:
    assert list(FORMATS) == ["pdf", "docx", "html", "tree"]
    folder = project(tmp_path, changed(content(), *FINAL))
    refused = docgen(folder, "build", "--format", "findes-ikke")
    assert refused.exit_code == 2
    assert all(name in refused.stderr for name in FORMATS)
    docgen(folder, "build", "guide")
    by_default = {path.suffix[1:] for path in (folder / "build/guide").iterdir()}
    assert by_default == {name for name, format in FORMATS.items() if format.by_default} == {"pdf", "docx", "html"}
    issued = docgen(folder, "issue", "guide/vejledning", "--meeting", HELD).stdout.split()
    assert [Path(path).suffix[1:] for path in issued] == [name for name, found in FORMATS.items() if found.issued]


def test_a_format_of_ones_own_is_built(txt: str, tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    assert "txt" in docgen(folder, "build", "--help").stdout
    built = docgen(folder, "build", "guide", "--format", "txt")
    assert (built.exit_code, built.stdout) == (0, "build/guide/vejledning.txt\n")
    assert (folder / "build/guide/vejledning.txt").read_text("utf-8") == txt
    assert docgen(folder, "build", "guide", "--format", "txt").stdout == "", "a second time it is as before"


@pytest.mark.slow
def test_a_format_of_ones_own_is_issued_verified_and_built_again(txt: str, tmp_path: Path) -> None:
    folder = project(tmp_path, changed(content(), *FINAL))
    written = docgen(folder, "issue", "guide/vejledning", "--meeting", HELD).stdout.split()
    path = f"build/issued/{HELD}/guide/vejledning_v1.0.txt"
    assert path in written
    assert (folder / path).read_text("utf-8") == txt
    assert docgen(folder, "verify", path).exit_code == 0
    assert docgen(folder, "verify").exit_code == 0
    again = docgen(folder, "build", "guide/vejledning@1.0", "--format", "txt")
    assert (again.exit_code, "samme bytes" in again.stderr) == (0, True)
    (folder / path).write_text(txt + "Mere.\n", "utf-8")
    assert docgen(folder, "verify", path).exit_code == 1


def test_what_is_not_issued_is_not_and_what_is_made_by_default_is(
    txt: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(FORMATS, "txt", Format("txt", plain_text, by_default=True, issued=False))
    folder = project(tmp_path, changed(content(), *FINAL))
    assert "build/guide/vejledning.txt" in docgen(folder, "build", "guide").stdout.split()
    written = docgen(folder, "issue", "guide/vejledning", "--meeting", HELD)
    assert (written.exit_code, ".txt" in written.stdout) == (0, False)
