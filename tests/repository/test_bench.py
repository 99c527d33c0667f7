"""The benchmark's own parts: the text that the contenders set is the text of the document."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docgen import pipeline
from docgen.build.folders import read_project
from docgen.kinds.follow_up.model import FollowUp
from docgen.tree.document import Paragraph, plain_text, walk
from tests.bench.batch import write_cases
from tests.bench.cluster import Sample, row
from tests.bench.follow_up import INDICATORS, YEAR, write_follow_up
from tests.bench.pandoc_text import pandoc_text
from tests.bench.parts import attempt
from tests.bench.timing import Timing, markdown_table, measure
from tests.bench.word_template import flat_blocks, write_template
from tests.support.contents import ROOT, ids_of
from tests.support.trees import every_node


def test_every_paragraph_reaches_the_contenders() -> None:
    document = every_node()
    markdown = pandoc_text(document).replace("\\", "")
    flat = [block.get("text") for block in flat_blocks(document)]
    for node in walk(document):
        if isinstance(node, Paragraph):
            assert plain_text(node.children) in flat
            assert plain_text(node.children[:1]) in markdown


def test_the_word_template_is_written(tmp_path: Path) -> None:
    write_template(tmp_path / "template.docx")
    assert (tmp_path / "template.docx").stat().st_size > 10_000


def test_the_first_round_is_not_counted() -> None:
    runs: list[str] = []
    timings, missing = measure({"a": lambda: runs.append("a"), "b": lambda: runs.append("b")}, rounds=2)
    assert runs == ["a", "b"] * 3
    assert [len(timing.seconds) for timing in timings] == [2, 2]
    assert missing == []


def test_what_cannot_be_measured_is_told_and_the_rest_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    def lacking() -> str:
        subprocess.run(["et-program-der-ikke-er-her"], check=True)
        return ""

    def ended() -> str:
        said = "import sys; sys.exit('ReferenceError: noget er galt')"
        subprocess.run([sys.executable, "-c", said], check=True, capture_output=True)
        return ""

    timings, missing = measure({"a": lacking, "b": lambda: None}, rounds=2)
    assert [(timing.name, len(timing.seconds)) for timing in timings] == [("b", 2)]
    assert missing == ["Ikke målt: a (et-program-der-ikke-er-her findes ikke)."]
    assert attempt("delen", ended) == "Ikke målt: delen (programmet endte med 1: ReferenceError: noget er galt)."
    assert attempt("delen", lambda: "tal") == "tal"
    assert capsys.readouterr().err.count("Ikke målt") == 2


def test_ratios_are_to_the_base() -> None:
    table = markdown_table([Timing("a", (1.0, 0.5, 3.0)), Timing("b", (4.0,))], "a", {"b": 4.5})
    rows = ["| a | 1,00 s | 0,50-3,00 s | 1,00 |", "| b | 4,00 s | 4,00-4,00 s | 4,00 (højst 4,5) |"]
    assert table.splitlines()[2:] == rows


def test_a_timing_has_a_median() -> None:
    assert Timing("a", (1.0, 2.0, 9.0)).median == pytest.approx(2.0)


@pytest.mark.slow
def test_the_big_follow_up_is_valid(tmp_path: Path) -> None:
    project = read_project(write_follow_up(tmp_path / "content"), ROOT / "templates")
    assert len(project.content.all(FollowUp)[str(YEAR)].indicators) == INDICATORS


def test_the_synthetic_cases_are_valid(tmp_path: Path) -> None:
    project = read_project(write_cases(tmp_path / "content", 3), ROOT / "templates")
    ids = ids_of(project, ["case"])
    assert len(ids) == 3
    assert all(pipeline.build_tree(project, id).blocks for id in ids)


def test_a_run_on_a_cluster_is_told_quarter_by_quarter_and_by_the_largest() -> None:
    """The last quarter costs twice as much here, and what each has in memory is the most that it had."""
    samples = [
        Sample(processor=done * 0.02 + max(0, done - 75) * 0.02, done=done, memory={"docgen": 80.0 + done, **others})
        for done, others in ((at, {"fordeler": 70.0, "hjælper": 200.0 - at}) for at in range(0, 101, 5))
    ]
    assert row(100, 1234.4, samples) == (
        "| 100 | 1.234 s | 20,0 ms · 20,0 ms · 20,0 ms · 40,0 ms | 130 MB | 180 MB | 70 MB | 200 MB |"
    )
