"""Hearing notes: every answer with who gave it; the name of a private person is in no byte of the public edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.house import bytes_inside, content, docgen, project

NOTE = """\
title: Udkast til politik
summary: Svarene i høringen.
version: "1.0"
status: udkast
date: 2026-02-04
about: policy/eksempel
answers:
  - id: svar-1
    who: zq9700001qz
    date: 2026-01-04
    place: Oversigt
    about: den ordlyd
    words: Hvorfor kun i disse år?
    answer: Det er besluttet.
  - id: svar-2
    who: Handelsforeningen
    private: false
    place: Afgrænsning
    words: |
      Vi foreslår:

      - mere samarbejde
      - færre krav
"""
PATH = "hearings/hoering.yaml"
FORMATS = ("--format=pdf", "--format=docx", "--format=html", "--format=tree")


def built(folder: Path, text: str, *options: str) -> dict[str, bytes]:
    """The files of the note, by name."""
    made = project(folder, {**content(), PATH: text.encode()})
    done = docgen(made, "build", "hearing-note", *FORMATS, *options)
    assert done.exit_code == 0, done.stderr
    return {path.name: bytes_inside(path) for path in sorted((made / "build/hearing-note").iterdir())}


def test_the_public_edition_has_organisations_by_name_and_no_private_person(tmp_path: Path) -> None:
    files = built(tmp_path, NOTE)
    assert [*files] == ["hoering.docx", "hoering.html", "hoering.pdf", "hoering.tree"]
    for name, data in files.items():
        assert b"9700001" not in data, name
    page = files["hoering.html"].decode()
    for words in ("Privatperson", "Handelsforeningen", "Hvorfor kun i disse år?", "Svaret er ikke skrevet endnu."):
        assert words in page
    assert "1 af 2 svar er ikke besvaret endnu." in page.replace("\N{NO-BREAK SPACE}", " ")


def test_the_internal_edition_has_every_name_and_says_so(tmp_path: Path) -> None:
    for name, data in built(tmp_path, NOTE, "--edition", "internal").items():
        assert "-intern" in name
        if not name.endswith(".pdf"):
            assert b"zq9700001qz" in data, name
    page = (tmp_path / "build/hearing-note/hoering-intern.html").read_text("utf-8")
    assert "navne på privatpersoner" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_another_name_changes_no_public_byte(tmp_path: Path) -> None:
    made = []
    for folder, name in (("en", "zq9700001qz"), ("to", "Et ganske andet og meget længere Navn")):
        built(tmp_path / folder, NOTE.replace("zq9700001qz", name))
        made.append({path.name: path.read_bytes() for path in (tmp_path / folder / "build/hearing-note").iterdir()})
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("about: policy/eksempel", "about: policy/anden", ":6:8: dokumentet 'policy/anden' findes ikke"),
        ("status: udkast", "status: vedtaget", "svaret 'svar-2' er ikke besvaret, og notatet er vedtaget"),
        ("id: svar-2", "id: svar-1", "svar-1"),
        ("private: false", "private: måske", "måske"),
    ],
)
def test_what_is_wrong_is_told(before: str, after: str, told: str, tmp_path: Path) -> None:
    made = project(tmp_path, {**content(), PATH: NOTE.replace(before, after).encode()})
    checked = docgen(made, "check", "hearing-note")
    assert checked.exit_code == 1
    assert told in checked.stdout + checked.stderr


def test_a_name_that_stands_in_an_open_text_too_is_not_issued_unseen(tmp_path: Path) -> None:
    text = NOTE.replace("den ordlyd", "som zq9700001qz skrev").replace("status: udkast", "status: til orientering")
    text = text.replace("      - færre krav\n", "      - færre krav\n    answer: Ja.\n")
    made = project(tmp_path, {**content(), PATH: text.encode()})
    refused = docgen(made, "issue", "hearing-note/hoering", "--meeting", "2026-02-03-udvalg")
    assert refused.exit_code == 1
    assert f"content/{PATH}" in refused.stderr


def test_new_begins_one(tmp_path: Path) -> None:
    made = project(tmp_path, content())
    done = docgen(made, "new", "hearing-note", "ny")
    assert (done.exit_code, done.stdout) == (0, "content/hearings/ny.yaml\n")
    assert docgen(made, "build", "hearing-note/ny", "--format=html").exit_code in (0, 1)
    assert "DG108" in docgen(made, "check", "hearing-note/ny").stderr
