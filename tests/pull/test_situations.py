"""What happens to files and folders before a Word file comes home: other builds, colleagues, programs and names."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from docgen.files import read_file
from tests.support.contents import POLICY
from tests.support.docx_reading import W, docx_parts
from tests.support.house import CASE, changed, content, docgen, project
from tests.support.word_edits import Change, rewritten, typed, with_parts

OWN = "content/policies/eksempel/policy.yaml"
VALUE = "content/policies/eksempel/values/1-vaerdi.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose policy was built as a Word file and sent as `sendt.docx`."""
    made = project(tmp_path, content())
    assert docgen(made, "build", POLICY, "--format", "docx").exit_code == 0
    (made / "sendt.docx").write_bytes(read_file(made / f"build/{POLICY}.docx"))
    return made


def back(folder: Path, *edits: Change, name: str = "bo.docx", sent: str = "sendt.docx") -> str:
    """The file that was sent as a colleague sends it back."""
    data = read_file(folder / sent)
    for edit in edits:
        data = rewritten(data, edit)
    (folder / name).write_bytes(data)
    return name


def said(folder: Path, path: str) -> str:
    return read_file(folder / path).decode()


def replaced(folder: Path, path: str, before: str, after: str) -> None:
    text = said(folder, path)
    assert before in text
    (folder / path).write_bytes(text.replace(before, after).encode())


def test_three_colleagues_in_one_paragraph_each_with_a_file(folder: Path) -> None:
    names = [
        back(folder, typed("Værdiens", "Hele værdiens", "Bo"), name="bo.docx"),
        back(folder, typed("tekst.", "tekst og mere.", number=0), name="ane.docx"),
        back(folder, typed("Værdiens tekst", "Noget ganske andet"), name="carl.docx"),
    ]
    assert docgen(folder, "pull", names[0]).exit_code == 0
    told = docgen(folder, "pull", names[2])
    assert told.exit_code == 1
    assert "i konflikt, ikke skrevet" in told.stdout
    assert "text: Hele værdiens tekst." in said(folder, VALUE)
    assert docgen(folder, "pull", names[1]).exit_code == 0


def test_a_file_of_an_old_version_is_merged_into_the_new_one(folder: Path) -> None:
    replaced(folder, OWN, 'version: "1.0"', 'version: "1.1"')
    replaced(folder, OWN, "Indledningens tekst.", "Et nyt afsnit.\n\n    Indledningens tekst.")
    replaced(folder, VALUE, "title: Værdien", "title: Den nye værdi")
    assert docgen(folder, "build", POLICY, "--format", "docx").exit_code == 0
    told = docgen(folder, "pull", back(folder, typed("Indledningens tekst", "Indledningens rettede tekst")))
    assert told.exit_code == 0
    assert "Et nyt afsnit.\n\n    Indledningens rettede tekst." in said(folder, OWN)
    assert 'version: "1.1"' in said(folder, OWN)
    assert "title: Den nye værdi" in said(folder, VALUE), "what is new here is not taken back"


def test_parts_may_have_the_names_that_word_on_the_web_gives_them(folder: Path) -> None:
    data = rewritten(read_file(folder / "sendt.docx"), typed("Værdiens tekst", "Værdiens nye tekst"))
    parts = docx_parts(data)
    moved: dict[str, bytes | None] = {"word/document.xml": None, "word/document2.xml": parts["word/document.xml"]}
    moved |= {"word/_rels/document.xml.rels": None}
    moved |= {"word/_rels/document2.xml.rels": parts["word/_rels/document.xml.rels"]}
    for name in ("_rels/.rels", "[Content_Types].xml"):
        moved[name] = parts[name].replace(b"word/document.xml", b"word/document2.xml")
    (folder / "web.docx").write_bytes(with_parts(data, moved))
    assert docgen(folder, "pull", "web.docx").exit_code == 0
    assert "Værdiens nye tekst" in said(folder, VALUE)


def test_a_text_that_was_moved_to_another_file_is_found_there(folder: Path) -> None:
    whole = said(folder, VALUE)
    (folder / VALUE).unlink()
    (folder / VALUE.replace("1-vaerdi", "3-vaerdi")).write_bytes(whole.encode())
    other = whole.replace("vaerdi\n", "anden\n").replace("indsats\n", "indsats-to\n").replace("Værdien", "Den anden")
    (folder / VALUE.replace("1-vaerdi", "4-anden")).write_bytes(other.replace("Indsatsens", "Den andens").encode())
    told = docgen(folder, "pull", back(folder, typed("Indsatsens tekst", "Indsatsens nye tekst")))
    assert told.exit_code == 0, told.stdout
    assert "Indsatsens nye tekst" in said(folder, VALUE.replace("1-vaerdi", "3-vaerdi"))
    assert "Indsatsens nye tekst" not in said(folder, VALUE.replace("1-vaerdi", "4-anden"))


def _accept(words: str) -> Change:
    """One insertion and the deletion before it accepted, as Word does that; what else is tracked stays so."""

    def change(root: etree._Element) -> None:
        said = [one for one in root.iter(W + "p") if words in "".join(one.itertext())]
        paragraph = next(one for one in said if next(one.iter(W + "ins"), None) is not None)
        for name in ("ins", "del"):
            for one in list(paragraph.iter(W + name)):
                holder = one.getparent()
                assert holder is not None
                if name == "ins" and holder.tag != W + "rPr":
                    for run in one:
                        one.addprevious(run)
                holder.remove(one)

    return change


@pytest.mark.slow
def test_a_redline_that_is_partly_accepted_brings_just_that(folder: Path) -> None:
    """`docgen compare` marks what is new; who rejects the rest of it gives the old words back."""
    assert docgen(folder, "build", POLICY, "--format", "pdf").exit_code == 0
    (folder / "gammel.pdf").write_bytes(read_file(folder / f"build/{POLICY}.pdf"))
    replaced(folder, VALUE, "Værdiens tekst", "Værdiens nye tekst")
    replaced(folder, OWN, "Oversigtens tekst", "Oversigtens nye tekst")
    compared = docgen(folder, "compare", "gammel.pdf", POLICY, "--format", "docx")
    assert compared.exit_code in (0, 1), compared.stderr
    (redline,) = (folder / "build/compare").rglob("*.docx")
    name = back(folder, sent=redline.relative_to(folder).as_posix())
    assert "Ingen ord er ændret." in docgen(folder, "pull", name).stdout, "all of it accepted is what is here"
    partly = back(folder, _accept("Værdiens"), name="delvis.docx", sent=redline.relative_to(folder).as_posix())
    told = docgen(folder, "pull", partly, "--tracked", "reject")
    assert told.exit_code == 0, told.stdout
    assert "Værdiens nye tekst" in said(folder, VALUE)
    assert "text: Oversigtens tekst." in said(folder, OWN)


def test_an_internal_file_opens_nothing_that_is_closed(tmp_path: Path) -> None:
    closed = (CASE, "text: Løsningen.", "text: Hemmelig løsning., closed: {reason: § 30}")
    made = project(tmp_path, changed(content(), closed))
    assert docgen(made, "build", "case", "--format=docx", "--edition=internal").exit_code == 0
    sent = next((made / "build/case").rglob("*-intern.docx")).relative_to(made).as_posix()
    edits = typed("Hemmelig", "Meget hemmelig"), typed("Problemet", "Hele problemet")
    told = docgen(made, "pull", back(made, *edits, sent=sent))
    assert told.exit_code == 0, told.stdout
    text = said(made, f"content/{CASE}")
    assert "Meget hemmelig løsning., closed: {reason: § 30}" in text
    assert docgen(made, "build", "case", "--format=html").exit_code == 0
    pages = b"".join(path.read_bytes() for path in (made / "build/case").rglob("*.html"))
    assert b"Hele problemet" in pages
    assert b"emmelig" not in pages
