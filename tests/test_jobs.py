"""Several documents at once: the same bytes as one after the other, from processes or from any executor."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from docgen.build import BuildOptions, build_documents
from docgen.kinds.prepared import Edition
from docgen.pipeline import Format
from tests.contents import ROOT, write_content
from tests.examples_project import example_files


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_content(tmp_path_factory.mktemp("many") / "content", example_files())


def built(content: Path, output: Path, jobs: int = 1, executor: Executor | None = None) -> dict[str, bytes]:
    options = BuildOptions(
        content, ROOT / "templates", output, ("case", "meeting"), edition=Edition.INTERNAL, with_annexes=True, jobs=jobs
    )
    told: list[Path] = []
    report = build_documents(options, told.append, executor)
    assert report.problems == []
    assert told == report.written
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in report.written}


def test_processes_and_threads_make_the_same_bytes_in_the_same_order(content: Path, tmp_path: Path) -> None:
    alone = built(content, tmp_path / "en")
    processes = built(content, tmp_path / "to", jobs=2)
    assert list(processes) == list(alone)
    assert processes == alone
    with ThreadPoolExecutor(2) as executor:
        assert built(content, tmp_path / "tråde", jobs=2, executor=executor) == alone


def test_every_kind_of_document_can_be_made_by_a_worker(tmp_path: Path) -> None:
    """The repository's own content: follow-ups and meetings name cases that a worker must have too."""
    made = [
        build_documents(
            BuildOptions(ROOT / "content", ROOT / "templates", tmp_path / str(jobs), formats=(Format.TREE,), jobs=jobs)
        )
        for jobs in (1, 2)
    ]
    assert made[0].problems == made[1].problems == []
    assert {id.split("/")[0] for id in made[0].built} == {"case", "follow-up", "guide", "meeting", "policy"}
    alone, workers = ([path.read_bytes() for path in report.written] for report in made)
    assert workers == alone


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path) -> None:
    files = example_files()
    files["cases/droeftelse.yaml"] = files["cases/droeftelse.yaml"].replace(b"Der er to veje.", b"UDFYLD {bilag:intet}")
    content = write_content(tmp_path / "content", files)
    options = BuildOptions(content, ROOT / "templates", tmp_path / "ud", ("case",), jobs=2)
    report = build_documents(options)
    assert "case/droeftelse" not in report.built
    assert len(report.built) == 9
    assert {problem.origin.file for problem in report.problems} == {(content / "cases/droeftelse.yaml").as_posix()}
