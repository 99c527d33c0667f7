"""Several documents at once: the same bytes as one after the other, from processes or from any executor."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from docgen.build.build_report import BuildReport
from docgen.build.options import BuildOptions
from docgen.commands.build import build_documents
from docgen.kinds.edition import Edition
from docgen.problems import DocgenError
from docgen.writers import formats
from tests.bench.batch import write_cases
from tests.support.contents import ROOT, ids_of, write_content
from tests.support.examples_project import example_files, examples


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


@pytest.mark.slow
def test_processes_and_threads_make_the_same_bytes_in_the_same_order(content: Path, tmp_path: Path) -> None:
    alone = built(content, tmp_path / "en")
    processes = built(content, tmp_path / "to", jobs=2)
    assert list(processes) == list(alone)
    assert processes == alone
    with ThreadPoolExecutor(2) as executor:
        assert built(content, tmp_path / "tråde", jobs=2, executor=executor) == alone


@pytest.mark.slow
def test_every_kind_of_document_can_be_made_by_a_worker(tmp_path: Path) -> None:
    """The repository's own content: follow-ups and meetings name cases that a worker must have too."""
    made = [
        build_documents(
            BuildOptions(ROOT / "content", ROOT / "templates", tmp_path / str(jobs), formats=(formats.TREE,), jobs=jobs)
        )
        for jobs in (1, 2)
    ]
    assert made[0].problems == made[1].problems == []
    assert {id.split("/")[0] for id in made[0].built} == {"case", "follow-up", "guide", "meeting", "policy"}
    alone, workers = ([path.read_bytes() for path in report.written] for report in made)
    assert workers == alone


@pytest.mark.slow
def test_one_bad_document_does_not_stop_the_others(tmp_path: Path) -> None:
    files = example_files()
    files["cases/droeftelse.yaml"] = files["cases/droeftelse.yaml"].replace(b"Der er to veje.", b"Se {bilag:intet}.")
    content = write_content(tmp_path / "content", files)
    options = BuildOptions(content, ROOT / "templates", tmp_path / "ud", ("case",), (formats.HTML,), jobs=2)
    report = build_documents(options)
    assert "case/droeftelse" not in report.built
    assert report.built == [id for id in ids_of(examples(), ["case"]) if not id.startswith("case/droeftelse")]
    assert {problem.origin.file for problem in report.problems} == {(content / "cases/droeftelse.yaml").as_posix()}


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_faulty_file_stops_only_what_is_made_of_it(tmp_path: Path, jobs: int) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("arkiv"))
    case = tmp_path / "content/cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml"
    case.write_text(case.read_text("utf-8").replace("summary:", "sumary:"), encoding="utf-8")

    def build(*names: str) -> BuildReport:
        options = BuildOptions(
            tmp_path / "content", ROOT / "templates", tmp_path / "ud", names, (formats.TREE,), jobs=jobs
        )
        return build_documents(options)

    everything = build()
    assert {id.rpartition("/")[0] for id in everything.built} >= {"policy", "follow-up", "meeting/udateret-oeu"}
    stopped = ("case/vedtagelse-af-indkoebspolitik-2023-2026", "meeting/2022-12-01-br")
    assert not any(id.startswith(stopped) for id in everything.built)
    faulty, leaning = sorted(everything.problems, key=lambda problem: "bygger på" in problem.message)
    assert (faulty.origin.file, faulty.message) == (case.as_posix(), "feltet 'sumary' kendes ikke")
    assert leaning.origin.file.endswith("meetings/2022-12-01-br.yaml")
    assert leaning.message == "dokumentet bygger på case/vedtagelse-af-indkoebspolitik-2023-2026, som har fejl"
    assert (build("policy", "follow-up").problems, list(build(stopped[0]).built)) == ([], [])
    assert build(stopped[0]).problems == [faulty]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_in_what_all_share_is_told_by_whoever_finds_it(tmp_path: Path, jobs: int) -> None:
    files = example_files()
    files["settings.yaml"] += b"\nukendt: felt\n"
    content = write_content(tmp_path / "content", files)
    with pytest.raises(DocgenError) as refused:
        build_documents(BuildOptions(content, ROOT / "templates", tmp_path / "ud", ("case",), jobs=jobs))
    (problem,) = refused.value.problems
    assert (problem.origin.file, problem.message) == (
        (content / "settings.yaml").as_posix(),
        "feltet 'ukendt' kendes ikke",
    )


@pytest.mark.slow
def test_a_faulty_policy_takes_its_cases_and_reports_with_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content/policies/indkoebspolitik-2023-2026/responsibilities.yaml").write_text("id: 7\n", "utf-8")
    report = build_documents(
        BuildOptions(tmp_path / "content", ROOT / "templates", tmp_path / "ud", formats=(formats.TREE,))
    )
    assert all(id.startswith("guide/") for id in report.built)
    assert {problem.origin.file.split("content/")[1].split("/")[0] for problem in report.problems} == {
        *("cases", "follow_ups", "meetings", "policies"),
    }


@pytest.mark.slow
def test_any_faulty_file_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    """Every document's file in turn: nothing but what leans on it is left out, and each left out says why."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    files = sorted(path for path in (tmp_path / "content").glob("*/*.yaml") if path.parent.name != "issued")
    assert len(files) >= 8
    folders = (tmp_path / "content", ROOT / "templates", tmp_path / "ud")
    everything = set(build_documents(BuildOptions(*folders, formats=(formats.TREE,))).built)
    for file in files:
        sound = file.read_bytes()
        file.write_bytes(sound + b"\nukendt: felt\n")
        report = build_documents(BuildOptions(*folders, formats=(formats.TREE,)))
        file.write_bytes(sound)
        own, *leaning = sorted(report.problems, key=lambda problem: "bygger på" in problem.message)
        assert (own.origin.file, own.message) == (file.as_posix(), "feltet 'ukendt' kendes ikke")
        assert all(problem.message.startswith("dokumentet bygger på") for problem in leaning)
        places = [problem.origin.file for problem in report.problems]
        assert len(set(places)) == len(places)
        told = {document_of(Path(place)) for place in places}
        assert everything - set(report.built) == {id for id in everything if id.startswith(tuple(told))}, file.name


def document_of(file: Path) -> str:
    """`…/cases/x.yaml` -> `case/x`"""
    kinds = {"cases": "case", "meetings": "meeting", "follow_ups": "follow-up", "guides": "guide", "policies": "policy"}
    return f"{kinds[file.parent.name]}/{file.stem}"


@pytest.mark.slow
def test_an_existing_engine_can_spread_the_work(tmp_path: Path) -> None:
    """A local Dask cluster, as its `client.get_executor()`: the same bytes as alone, in the same order."""
    distributed = pytest.importorskip("distributed")
    content = write_content(tmp_path / "content", example_files())
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        spread = built(content, tmp_path / "spredt", jobs=2, executor=client.get_executor())
    assert spread == built(content, tmp_path / "alene")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many cases that the workers are called before the content is read."""
    return write_cases(tmp_path_factory.mktemp("sager") / "content", 48)


@pytest.mark.slow
def test_workers_that_are_called_early_make_the_same_bytes(many: Path, tmp_path: Path) -> None:
    written = []
    for jobs in (2, 1):
        options = BuildOptions(many, ROOT / "templates", tmp_path / str(jobs), ("case",), (formats.HTML,), jobs=jobs)
        report = build_documents(options)
        assert report.problems == []
        written.append([path.read_bytes() for path in report.written])
    assert len(written[0]) == 48
    assert written[0] == written[1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell in other ways when the workers are there")
@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 0.1, 0.3, 0.6])
def test_ctrl_c_ends_all_without_a_traceback_or_half_a_file(many: Path, tmp_path: Path, moment: float) -> None:
    folders = ["--content", str(many), "--templates", str(ROOT / "templates"), "--output", str(tmp_path)]
    command = [sys.executable, "-m", "docgen", "build", "case", *folders, "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with suppress(OSError):  # it has ended, or this Linux does not tell
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while process.poll() is None and len(children.read_text().split()) < 3:  # two workers, and who looks after them
            time.sleep(0.01)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    _, told = process.communicate(timeout=60)
    assert "Traceback" not in told
    assert [path for path in tmp_path.rglob("*") if path.name.endswith(".tmp")] == []
    assert process.returncode in (0, 1), "it was done by then, or it was interrupted"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="mappen til midlertidige filer vælges på en anden måde")
@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_lies_among_temporary_files_afterwards(jobs: int, content: Path, tmp_path: Path) -> None:
    """Typst and matplotlib take some things only from files."""
    temporary = tmp_path / "midlertidig"
    temporary.mkdir()
    command = [sys.executable, "-m", "docgen", "build", "case", "follow-up", "--jobs", str(jobs)]
    command += ["--content", str(content), "--templates", str(ROOT / "templates"), "--output", str(tmp_path / "ud")]
    made = subprocess.run(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary)}, check=False, timeout=300)
    assert made.returncode == 0
    assert list((tmp_path / "ud").rglob("*.pdf"))
    assert list(temporary.iterdir()) == []
