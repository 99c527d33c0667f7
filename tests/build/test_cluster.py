"""`docgen build --scheduler`: a running Dask cluster makes the same as one machine, whoever of its workers is lost."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.build import cluster, sent_batch
from docgen.build.batch import Batch, Target, make_batch
from docgen.build.build_report import BuildReport
from docgen.build.cache import LIST
from docgen.build.folders import read_project
from docgen.build.options import BuildOptions, ClusterAddress
from docgen.build.sent_batch import Common, common_of
from docgen.cli.main import main
from docgen.commands.build import build_documents
from docgen.document_id import parse_id
from docgen.structs import replace
from docgen.writers import formats
from tests.bench.batch import write_cases
from tests.support.contents import REAL_POLICY, ROOT, repository
from tests.support.dask_cluster import DaskCluster

pytest.importorskip("distributed")

OTHER_TYPST = """
from docgen import files
from docgen.build import sent_batch
real = files.installed
sent_batch.installed = lambda: {**real(), "typst": "0.0.1"}
"""
WITHOUT_DOCGEN = "import sys\nsys.modules['docgen'] = None\n"
FALLS_OVER_ONE = """
import os
from docgen.build import sent_batch
from docgen.build.batch import make_batch as real
def make_batch(one):
    if any(id.name == "eksempel-1" for id in one.requested):
        os._exit(9)
    return real(one)
sent_batch.make_batch = make_batch
"""


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def cases(folder: Path, count: int) -> Path:
    """That many cases, the third of which names an annex that is not there."""
    content = write_cases(folder / "content", count)
    faulty = content / "cases/eksempel-2.yaml"
    faulty.write_text(faulty.read_text("utf-8").replace("et punkt mere", "se {bilag:intet}"), encoding="utf-8")
    return content


def run(content: Path, output: Path, *words: str) -> Result:
    folders = ["--content", str(content), "--templates", str(ROOT / "templates"), "--output", str(output)]
    return CliRunner().invoke(main, ["build", "case", *folders, *words])


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_workers_are_lost_and_join_and_all_is_as_on_one_machine(stack: ExitStack, tmp_path: Path) -> None:
    """Bytes, keys, order, progress and what is told; of two workers the first is killed when one file is there."""
    content = cases(tmp_path, 16)
    dask = DaskCluster(stack, tmp_path)
    first = dask.worker()
    told: list[Path] = []
    counted: list[tuple[int, int]] = []

    def progress(path: Path) -> None:
        if not told:
            dask.worker()
            first.kill()
        told.append(path)

    def build(name: str, where: ClusterAddress | None) -> BuildReport:
        options = BuildOptions(
            content, ROOT / "templates", tmp_path / name, ("case",), proofread=True, incremental=True, cluster=where
        )
        return build_documents(options, progress, counted=lambda done, total: counted.append((done, total)))

    report = build("spredt", ClusterAddress(dask.address))
    assert told == report.written
    assert len(told) == 3 * 15
    assert counted[-1] == (16, 16)
    assert [done for done, _ in counted] == list(range(1, 17))
    first.wait(10)
    alone = build("alene", None)
    assert files_of(tmp_path / "spredt") == files_of(tmp_path / "alene")
    assert LIST in files_of(tmp_path / "spredt")
    assert (report.built, report.problems, report.remarks) == (alone.built, alone.problems, alone.remarks)
    assert [problem.origin.file for problem in report.problems] == [(content / "cases/eksempel-2.yaml").as_posix()]
    assert (report.lengths, report.notices) == (alone.lengths, alone.notices)


@pytest.mark.slow
def test_a_worker_that_would_make_other_bytes_gets_nothing_to_do(stack: ExitStack, tmp_path: Path) -> None:
    content = write_cases(tmp_path / "content", 2)
    dask = DaskCluster(stack, tmp_path)
    dask.worker(OTHER_TYPST)
    words = ["--format", "html", "--scheduler", dask.address]
    refused = run(content, tmp_path / "ud", *words)
    assert refused.exit_code == 1
    assert "hjælperen får intet at lave, for den ville lave andre bytes: typst (0.0.1, her " in refused.stderr
    assert not (tmp_path / "ud").exists(), "before anything is built"
    dask.worker(WITHOUT_DOCGEN)
    dask.worker()
    built = run(content, tmp_path / "ud", *words)
    assert (built.exit_code, built.stdout.count(".html")) == (0, 2)
    assert built.stderr.count("hjælperen får intet at lave") == 2
    assert "for docgen er ikke installeret dér" in built.stderr
    again = run(content, tmp_path / "ud", "--format", "html", "--scheduler", "tcp://127.0.0.1:1")
    assert (again.exit_code, again.stdout) == (0, ""), "where nothing has to be made, nobody is asked"


@pytest.mark.slow
def test_a_cluster_with_tls_is_used_with_its_certificates_alone(stack: ExitStack, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    content = write_cases(tmp_path / "content", 2)
    files = {}
    for name in ("own", "other"):
        made = distributed.Security.temporary()
        for what, text in (("cert", made.tls_client_cert), ("key", made.tls_client_key)):
            files[name, what] = tmp_path / f"{name}-{what}.pem"
            files[name, what].write_text(text, encoding="utf-8")
    options = [("--tls-ca-file", "cert"), ("--tls-cert", "cert"), ("--tls-key", "key")]
    given = [word for option, what in options for word in (option, str(files["own", what]))]
    dask = DaskCluster(stack, tmp_path, *given, protocol="tls")
    dask.worker()

    def build(name: str, address: str = dask.address) -> Result:
        named = [("--tls-ca", "cert"), ("--tls-cert", "cert"), ("--tls-key", "key")]
        words = [word for option, what in named for word in (option, str(files[name, what]))] if name else []
        return run(content, tmp_path / "ud", "--format", "html", "--scheduler", address, *words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "CONNECTING", 2.0)
        assert dask.address.startswith("tls://")
        for refused in (build("other"), build("")):
            assert refused.exit_code == 1
            assert "klyngen og docgen godkender ikke hinandens certifikater" in refused.stderr
        unencrypted = build("", dask.address.replace("tls", "tcp"))
        assert (unencrypted.exit_code, "bruger den TLS, er det tls://" in unencrypted.stderr) == (1, True), (
            unencrypted.stderr
        )
        assert not (tmp_path / "ud").exists()
    built = build("own")
    assert (built.exit_code, built.stdout.count(".html")) == (0, 2), built.stderr


@pytest.mark.slow
def test_a_document_that_workers_fall_over_is_told_and_the_others_are_built(stack: ExitStack, tmp_path: Path) -> None:
    content = write_cases(tmp_path / "content", 3)
    environment = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    dask = DaskCluster(stack, tmp_path, environment=environment)
    dask.worker(FALLS_OVER_ONE, nanny=True)
    built = run(
        content, tmp_path / "ud", "--format", "html", "--scheduler", dask.address.replace("127.0.0.1", "0.0.0.0")
    )
    assert (built.exit_code, built.stdout.count(".html")) == (1, 2), built.stderr
    told = f"{(content / 'cases/eksempel-1.yaml').as_posix()}: dokumentet er ikke bygget, for hver hjælper, der prøvede"
    assert told in built.stderr
    assert "indholdet bliver sendt ukrypteret" in built.stderr, "that address is not only this machine's"


# -- without a cluster ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_worker_asks_for_what_it_lacks_of_the_archive() -> None:
    """It sees none of the folders: the content goes along, and an issued version comes when it is asked for."""
    policy = f"policies/{REAL_POLICY.removeprefix('policy/')}/policy.yaml"
    files = dict(repository().content_files)
    files[policy] = files[policy].replace(b'"1.0"', b'"1.1"')
    project = replace(repository(), content_files=files)
    case = parse_id("case/vedtagelse-af-indkoebspolitik-2023-2026")
    batch = Batch(
        project.part_of([case]),
        {case: (f"{case}/borgerrepraesentationen",)},
        Target((formats.TREE,), with_annexes=True),
    )
    common = common_of(project)
    asked = make(batch, {}, common)
    assert isinstance(asked, sent_batch.Wanted)
    assert project.archive is not None
    kept = {blob: project.archive.read(blob) for blob in asked.blobs}
    assert list(map(bool, kept.values())) == [True]
    made = make(batch, kept, common)
    assert made == list(make_batch(batch))
    lost = make(batch, dict.fromkeys(kept), common)
    assert "ligger ikke i arkivet" in str(lost), "what is lost is not asked for again"


@pytest.mark.slow
def test_what_a_worker_makes_is_what_is_made_here(tmp_path: Path) -> None:
    project = read_project(write_cases(tmp_path / "content", 2), ROOT / "templates")
    requested = {id: (str(id),) for id in project.graph.documents if id.kind == "case"}
    batch = Batch(project.part_of(tuple(requested)), requested, Target((formats.HTML, formats.PDF)))
    elsewhere = replace(batch, project=replace(batch.project, font_directories=("/intet",)))
    made = make(elsewhere, {}, common_of(project))
    assert made == list(make_batch(batch)), "its fonts lie where they lie there, keys included"


def test_what_all_documents_share_goes_to_a_worker_once(tmp_path: Path) -> None:
    """The scheduler remembers a thousand batches; so none has more than its own documents along."""
    content = write_cases(tmp_path / "content", 3)
    (content / "images").mkdir(exist_ok=True)
    (content / "images/stort.png").write_bytes(random.Random(1).randbytes(500_000))
    project = read_project(content, ROOT / "templates")
    requested = {id: (str(id),) for id in project.graph.documents if id.kind == "case"}
    batch = Batch(project.part_of(tuple(requested)), requested, Target((formats.TREE,)))
    common, other = common_of(project), common_of(repository())
    sent = sent_batch.packed(batch, {}, common)
    assert len(sent) < 40_000 < len(common.data)
    sent_batch.take(other.hash, other.data)
    assert sent_batch.make_packed(sent, common.hash) == sent_batch.Wanted(common=True)
    made = sent_batch.make_packed(sent, common.hash, common.data)
    assert made == sent_batch.make_packed(sent, common.hash) == list(make_batch(batch)), "by then it has it"


def make(batch: Batch, kept: Mapping[str, bytes | None], common: Common) -> object:
    """What a worker makes of a batch that has what all documents share."""
    sent_batch.take(common.hash, common.data)
    return sent_batch.make_packed(sent_batch.packed(batch, kept, common), common.hash)


def test_what_differs_is_named_with_its_versions() -> None:
    here = {"docgen-code": "a", "lxml": "6.0", "python": "3.11", "typst": "0.15.2"}
    there = {"docgen-code": "b", "lxml": "6.0", "python": "3.12"}
    assert sent_batch.differences(there, here) == [
        "docgen selv",
        "Python (3.12, her 3.11)",
        "typst (mangler, her 0.15.2)",
    ]
    assert sent_batch.differences(here, dict(here)) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--scheduler", "10.0.0.5:8786"], "'10.0.0.5:8786' er ingen adresse; skriv tcp://VÆRT:PORT"),
        (["--scheduler", "tcp://vaert"], "er ingen adresse"),
        (["--scheduler", "http://vaert:80"], "er ingen adresse"),
        (["--scheduler", "tcp://vaert:1", "--tls-ca", "ca.pem"], "kræver, at adressen begynder med tls://"),
        (["--tls-key", "k.pem"], "hører sammen med --scheduler"),
        (["--scheduler", "tcp://vaert:1", "--jobs", "2"], "--jobs gælder processer her"),
    ],
)
def test_a_call_that_makes_no_sense_is_told(words: list[str], told: str, tmp_path: Path) -> None:
    result = run(tmp_path, tmp_path / "ud", *words)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


@pytest.mark.slow
def test_nobody_there_no_certificate_and_no_dask_are_each_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_cases(tmp_path / "content", 1)
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    nobody = run(content, tmp_path / "ud", "--scheduler", "tcp://127.0.0.1:1")
    assert "tcp://127.0.0.1:1: klyngen svarer ikke; tjek adressen" in nobody.stderr
    lacking = run(content, tmp_path / "ud", "--scheduler", "tls://127.0.0.1:1", "--tls-ca", str(tmp_path / "ca.pem"))
    assert "ca.pem: certifikatet kan ikke læses (den findes ikke)" in lacking.stderr
    monkeypatch.setitem(sys.modules, "distributed", None)
    without = run(content, tmp_path / "ud", "--scheduler", "tcp://127.0.0.1:1")
    assert 'docgen: distributed mangler, som --scheduler bruger; installér det med: pip install "docgen[cluster]"' in (
        without.stderr
    )
    assert (nobody.exit_code, lacking.exit_code, without.exit_code) == (1, 1, 1)
    assert not (tmp_path / "ud").exists()
