"""What docgen itself remembers of each document while it builds very many."""

from __future__ import annotations

import gc
import hashlib
import json
import tracemalloc
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from docgen.build import cache
from docgen.build.batch import Batch, Built, Outcome, Planned, Proofread
from docgen.build.options import BuildOptions
from docgen.commands.build import build_documents
from docgen.files import read_file, tools_key
from docgen.writers import formats
from tests.bench.batch import write_cases
from tests.support.contents import ROOT

MOST = 300
"""Bytes that are remembered of a document that was made: five hashes, and what the proof-reader said of it."""


class Elsewhere(Executor):
    """Workers that have made everything already."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        (batch,) = given
        found: Future[list[Outcome]] = Future()
        found.set_result(outcomes(batch))
        return found


def outcomes(batch: Batch) -> list[Outcome]:
    """What workers give of a batch: a page of 2,000 bytes of each document, and three remarks."""
    planned = Planned({document: (document,) for document in batch.requested}, ())
    built = [
        Built(document, {"html": f"{document}".encode() * 100}, key=hash_of(document), source=hash_of(document.name))
        for document in batch.requested
    ]
    paths = [path for paths in batch.to_proofread.values() for path in paths]
    return [
        planned,
        *built,
        Proofread({path: [f"content/{path}:{line}:1: et ord" for line in "123"] for path in paths}),
    ]


def hash_of(value: object) -> str:
    return hashlib.sha256(str(value).encode()).hexdigest()


def test_hardly_anything_is_remembered_of_a_document_that_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.build.run.MANY", 10)
    monkeypatch.setattr("docgen.packed._AT_A_TIME", 64)
    content = write_cases(tmp_path / "content", 480)
    options = BuildOptions(
        *(content, ROOT / "templates", tmp_path / "ud", ("case",), (formats.HTML,)),
        jobs=2,
        proofread=True,
        incremental=True,
    )
    used = {}

    def look(done: int, _: int) -> None:
        if done in (192, 384):  # as much is not packed yet
            gc.collect()
            used[done] = tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        report = build_documents(options, executor=Elsewhere(), counted=look)
    finally:
        tracemalloc.stop()
    assert (len(report.built), len(report.written), len(report.remarks), report.problems) == (480, 480, 1_440, [])
    assert (used[384] - used[192]) / 192 < MOST
    again = build_documents(options, executor=Elsewhere())
    assert (list(again.built), again.remarks, len(again.unchanged)) == ([], report.remarks, 480)


def test_the_list_is_the_json_of_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written in parts, some of an earlier list and some new, in order."""
    monkeypatch.setattr("docgen.packed._AT_A_TIME", 2)
    content = write_cases(tmp_path / "content", 12)
    for names in (("case/eksempel-3", "case/eksempel-11", "case/eksempel-7"), ("case",), ("policy",)):
        options = BuildOptions(
            *(content, ROOT / "templates", tmp_path / "ud", names, (formats.HTML,)), proofread=True, incremental=True
        )
        build_documents(options, executor=Elsewhere())
        data = (options.output / cache.LIST).read_bytes()
        listed = json.loads(data)
        assert data == data_of(listed)
        assert listed["tools"] == tools_key()
        assert len(listed["documents"]) == len(listed["renderings"]) >= len(names)
        (options.output / cache.LIST).write_text(json.dumps(listed), "utf-8")  # as another program would write it
        assert build_documents(options, executor=Elsewhere()).built == []
        assert data == data_of(json.loads((options.output / cache.LIST).read_bytes()))


def data_of(listed: dict[str, Any]) -> bytes:
    """A list as it is written: a line for each row."""
    parts = []
    for name in ("documents", "others", "remarks", "renderings"):
        rows = ",".join(
            f"\n{json.dumps(key)}:" + json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
            for key, value in sorted(listed[name].items())
        )
        parts.append(f'"{name}":{{{rows}\n}}')
    return f'{{{",".join(parts)},"tools":"{listed["tools"]}"}}\n'.encode()


@pytest.mark.parametrize("many", [2, 1_000])
def test_a_file_that_changes_while_others_are_built_is_made_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Either way the list says what the file was made of, so that the next run ends as a build from nothing."""
    monkeypatch.setattr("docgen.build.run.MANY", many)
    monkeypatch.setattr("docgen.build.workers._LARGEST_SHARE", 1)
    monkeypatch.setattr("docgen.build.workers._MANY", 2)
    content = write_cases(tmp_path / "content", 4)
    last = content / "cases/eksempel-3.yaml"

    def change(path: Path) -> None:
        if path.name == "eksempel-0.html":
            last.write_bytes(last.read_bytes().replace(b"title: ", b"title: Ny ", 1))

    def files(name: str, progress: Callable[[Path], None] = lambda path: None) -> dict[str, bytes]:
        options = BuildOptions(
            *(content, ROOT / "templates", tmp_path / name, ("case",), (formats.HTML,)), jobs=1, incremental=True
        )
        assert build_documents(options, progress).problems == []
        return {path.name: path.read_bytes() for path in (options.output / "case").iterdir()}

    files("ud", change)
    assert files("ud") == files("nyt")


def test_a_list_that_is_longer_than_any_other_file_may_be_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_cases(tmp_path / "content", 3)
    options = BuildOptions(
        *(content, ROOT / "templates", tmp_path / "ud", ("case",), (formats.HTML,)), incremental=True
    )
    build_documents(options, executor=Elsewhere())
    length = (options.output / cache.LIST).stat().st_size
    monkeypatch.setattr("docgen.build.made_list.read_file", lambda path: read_file(path)[: length - 100])
    assert len(build_documents(options, executor=Elsewhere()).unchanged) == 3
