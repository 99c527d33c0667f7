"""What comes into the page from elsewhere, in Chromium: pasted tables and text, a Word file and a file to import; and
what the page tells of a field beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen.build.options import BuildOptions
from docgen.commands.build import build_documents
from tests.support.studio import CASE, CASE_FILE, copy_of_repository
from tests.support.studio_scenes import Play, played
from tests.support.word_edits import rewritten, typed

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Plays a scene of `judges/studio_files.mjs`; a colleague has changed the case in Word, and another one here."""
    folder = copy_of_repository(tmp_path_factory.mktemp("filer"))
    options = BuildOptions(folder / "content", folder / "templates", folder / "build", (CASE,))
    word = next(path for path in build_documents(options).written if path.suffix == ".docx").read_bytes()
    (folder / "sent").mkdir()
    for old, new in (("særskilt", "selvstændig"), ("ligestillede", "sideordnede")):
        word = rewritten(word, typed(old, new))
    (folder / "sent/sag.docx").write_bytes(word)
    page = (
        "<h1>Støj i Østbyen</h1><h2>Indstilling</h2><ol><li>at støjen dæmpes</li></ol><h2>Løsning</h2><p>En skærm.</p>"
    )
    (folder / "sent/Støj i Østbyen.html").write_text(page, "utf-8")
    path = folder / "content" / CASE_FILE
    path.write_text(path.read_text("utf-8").replace("særskilt sag", "egen sag", 1), "utf-8")
    with played(folder, "studio_files.mjs") as scene:
        yield scene


def test_tables_and_text_from_excel_and_word(play: Play) -> None:
    seen = play("pasted")
    assert seen["excel"].strip().split("\n") == [
        "Tabel: Eksempel (1.000 kr.)",
        "",
        "| Udvalg | I/U | Budget | << |",
        "| ^^ | ^^ | 2027 | 2028 |",
        "| --- | --- | --: | --: |",
        r"| Teknik og Miljø \| Vej & park | U | 1.234,50 | -6.000,00 |",
        "| I alt |  | 1.234,50 | 12,5 % |",
    ]
    assert seen["word-table"].strip().split("\n\n")[-2].split("\n") == [
        "| Område | Bemærkning |",
        "| --- | --- |",
        "| Skoler | Første afsnit<br>- et punkt |",
        r"| ^^ | 2\*3 \[se note\] |",
    ]
    assert seen["word-table"].startswith("Fordelingen er **ny**:\n\n|")
    assert seen["word-table"].endswith("|\n\nOg så videre.")
    assert seen["word-text"] == (
        "Overskrift fra Word\n\nEt afsnit med **fed**, *kursiv* og et [link](https://www.example.org/side) samt "
        "5 \\* 3 og \\{x\\}.\n\n- første\n  - under\n- sidste\n\n2021\\. var et godt år."
    )
    assert seen["tabs"].strip() == "| År | Antal |\n| --: | --: |\n| 2026 | 1.234 |\n| 2027 | 2.345,5 |"
    assert seen["named"].strip() == "| Stor | a |\n| --- | --- |\n| Stor | b |\n| ^^ | c |"
    assert seen["plain"] == "bare ord\n\nog flere"
    assert seen["grid"][1] == ["^^", "^^", "2027", "2028"]
    assert seen["labels"][:3] == ["Overskrift 1, kolonne 1", "Overskrift 2, kolonne 1", "Række 1, kolonne 1"]
    assert "| Udvalg | I/U | Budget | << |\n| ^^ | ^^ | 2027 | 2028 |\n| --- |" in seen["fromGrid"]
    assert seen["cells"] == 2
    assert seen["undone"]
    assert seen["reference"] == "{bilag:indkoebspolitik}"
    assert seen["saved"]


def test_a_word_file_comes_home_in_the_view_of_conflicts(play: Play) -> None:
    seen = play("pulled")
    assert seen["titles"] == ["Rettet både i Word og her: vælg selv (1)", "Rettelser (1)"]
    assert seen["nothing"]
    assert seen["title"] == "Rettet både her og i Word"
    assert seen["place"].startswith("Sagens afsnit › ")
    assert [words.split()[0] for words in seen["marked"]] == ["egen", "selvstændig"]
    assert seen["written"]
    assert seen["judged"] == [[], [], 0]
    assert seen["taken"]
    assert seen["undone"]


def test_what_to_look_at_in_an_import_stands_beside_it(play: Play) -> None:
    seen = play("imported")
    assert seen["title"] == "Gennemgang af case/stoej-i-oestbyen"
    assert seen["rows"] > 0
    assert seen["both"]
    assert seen["judged"] == [[], [], 0]
    assert seen["field"].startswith("Sag")
    assert seen["closed"]
    assert seen["again"]


def test_where_a_field_is_used_is_counted(play: Play) -> None:
    seen = play("used")
    assert seen["heading"].startswith("Bruges i 3 dokumenter")
    assert seen["names"] == 3
    assert seen["title"].startswith("Bruges i 2 dokumenter")  # the case, and the meeting that has it


def test_the_pages_follow_what_is_typed(play: Play) -> None:
    seen = play("pages")
    assert seen["before"] != seen["after"]
    assert seen["pictures"]
    assert seen["unsaved"]
    assert seen["open"] == 1


def test_the_document_is_renewed_to_what_it_would_be_anew(play: Play) -> None:
    seen = play("renewed")
    assert len(seen) == 12
    assert seen == [True] * 12


def test_every_page_is_as_good_on_a_telephone_and_a_small_screen(play: Play) -> None:
    """Nothing runs out to the side or scrolls in two directions (WCAG 1.4.10), light or dark; axe finds nothing."""
    seen = play("widths")
    assert len(seen) == 4 * 10
    wrong = [one for one in seen if one["violations"] or one["sideways"] or one["overflow"] > 0 or not one["isThere"]]
    assert wrong == []
