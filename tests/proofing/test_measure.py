"""`docgen check --against LISTE` counts what is found in papers whose errors are listed, and shows figures alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from docgen.cli.main import main
from docgen.problems import ContentError
from docgen.proofing.measure import read_list
from tests.support.contents import ROOT

HEADER = "fil\tfamilie\tforkert\trigtigt\n"
PAPER = "Mødet holdes i April.\n\nDet er Vigtigt at vide, men fristen er den 15 maj 2026.\n"
PAPERS = ROOT / "tests/proofing_corpus/papers"


def run(*arguments: str) -> Result:
    """By no municipality's names, so that no content is read."""
    return CliRunner().invoke(main, ["check", "--content", "no-such-folder", *arguments])


def listed(folder: Path, lines: str, header: str = HEADER) -> str:
    (folder / "sag.txt").write_text(PAPER, "utf-8")
    path = folder / "fejl.tsv"
    path.write_bytes((header + lines).encode())
    return str(path)


def test_what_is_found_missed_and_found_wrongly_is_counted(tmp_path: Path) -> None:
    lines = "sag.txt\tstort\ti April.\ti april.\nsag.txt\tkongruens\ter Vigtigt at\ter vigtigt at\n"
    result = run("--against", listed(tmp_path, lines))
    assert result.exit_code == 0, result.stderr
    assert "I 1 papir på i alt 16 ord er der 2 fejl. 1 bliver fundet (genkaldelse 0,50)" in result.stdout
    assert "1 fund er med urette (præcision 0,50)" in result.stdout
    assert "| kongruens | 1 | 0 | 0,00 |" in result.stdout
    assert "| stort | 1 | 1 | 1,00 |" in result.stdout
    assert "| DG302 Punktum efter dagen | 0 | 1 | 0,00 |" in result.stdout
    assert result.stderr == "overset: sag.txt:3:5 kongruens\nmed urette: sag.txt:3:44 DG302\n"
    for word in ("April", "Vigtigt", "vide"):
        assert word not in result.stdout + result.stderr, "the figures are kept, the text is not"


def test_a_word_file_is_measured_and_the_same_words_twice_are_two_places(tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph("Mødet holdes i April.")
    paper.add_paragraph("Mødet holdes i April.")
    paper.save(str(tmp_path / "sag.docx"))
    path = tmp_path / "fejl.tsv"
    path.write_text(HEADER + "sag.docx\tstort\ti April\ti april\n" * 2, "utf-8")
    result = run("--against", str(path))
    assert "| stort | 2 | 2 | 1,00 |" in result.stdout, result.stderr
    unseen = run("--against", str(path), "--ignore", "DG341")
    assert unseen.stderr == "overset: sag.docx: afsnit 1 stort\noverset: sag.docx: afsnit 2 stort\n"


def test_papers_beside_the_list_and_named_ones_are_read(tmp_path: Path) -> None:
    path = listed(tmp_path, "sag.txt\tstort\ti April.\ti april.\n")
    (tmp_path / "anden.txt").write_text("Den er fra den 15 maj 2026.", "utf-8")
    result = run("--against", path, str(tmp_path / "anden.txt"), str(tmp_path / "sag.txt"))
    assert "I 2 papirer" in result.stdout
    assert "2 fund er med urette" in result.stdout
    quiet = run("--against", path, "--select", "DG341")
    assert "(præcision 1,00)" in quiet.stdout
    assert "DG302" not in quiet.stdout


def test_every_line_of_a_list_that_is_at_fault_is_told(tmp_path: Path) -> None:
    lines = "\tkomma\ta\tb\nsag.txt\t\ta\tb\nsag.txt\tkomma\t\tb\nsag.txt\tkomma\tens\tens\n"
    result = run("--against", listed(tmp_path, lines))
    assert result.exit_code == 1
    for number, told in enumerate(
        ("der står ingen fil", "fejlen har ingen familie", "der står ikke, hvad der er forkert", "er ens"), 2
    ):
        assert f"fejl.tsv:{number}: " in result.stderr
        assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_words_that_are_not_in_the_paper_and_papers_that_are_not_there_are_told(tmp_path: Path) -> None:
    missing = run("--against", listed(tmp_path, "sag.txt\tkomma\tdet findes ej\tdet, findes\n"))
    assert missing.exit_code == 1
    assert "fejl.tsv:2: ”det findes ej” står ikke i sag.txt" in missing.stderr
    gone = run("--against", listed(tmp_path, "borte.txt\tkomma\ta b\ta, b\n"))
    assert gone.exit_code == 1
    assert "borte.txt: filen kan ikke læses" in gone.stderr
    empty = run("--against", listed(tmp_path, "", "fil\tfejl\n"))
    assert "kolonnen familie mangler" in empty.stderr
    assert run("--against", listed(tmp_path, ""), "case/x").exit_code == 2


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "replace")))
def test_any_list_is_read_or_told_to_be_at_fault(data: bytes) -> None:
    files: set[str] = set()
    with suppress(ContentError):
        files = {one.file for one in read_list("fejl.tsv", data)}
    assert "" not in files


@pytest.mark.slow
@pytest.mark.parametrize(("name", "papers", "errors", "most"), [("fejl.tsv", 20, 140, 35), ("flere.tsv", 10, 89, 25)])
def test_the_invented_papers_are_measured(name: str, papers: int, errors: int, most: int) -> None:
    """A floor: these papers were written before the rules were read, and rules are mended by them since."""
    result = CliRunner().invoke(main, ["check", "--against", str(PAPERS / name)])
    assert result.exit_code == 0, result.stderr
    assert f"I {papers} papirer" in result.stdout
    assert f"er der {errors} fejl" in result.stdout
    missed = [line for line in result.stderr.splitlines() if line.startswith("overset")]
    assert len(missed) <= most, missed
    assert "med urette: " not in result.stderr
