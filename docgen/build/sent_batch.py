"""A batch as it is sent to a worker of a cluster, and what the worker does with it: bytes -> bytes.

A worker needs docgen, made with the same libraries, and nothing of the folders: the content that the documents are made
of goes along, and so does what they ask for of the archive. What all documents share is given to a worker once, for
the scheduler remembers the last thousand batches that went through it. Fonts are the worker's own, of the same package.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from docgen.archive import SentArchive
from docgen.build.batch import Batch, Outcome, make_batch
from docgen.build.workers import load
from docgen.files import font_directories, installed
from docgen.project import Project
from docgen.structs import Struct, replace

_QUICKLY = 1
_NAMES = {"docgen-code": "docgen selv", "docgen-words": "ordlisten", "python": "Python", "zlib": "zlib"}


class Wanted(Struct, frozen=True):
    """What a batch cannot be made without: blobs of the archive, by hash, or what all documents share."""

    blobs: tuple[str, ...] = ()
    common: bool = False


class Common(Struct, frozen=True):
    """What all documents of a project share, as it is given to workers: the templates and the shared content, packed,
    by the hash of that."""

    paths: frozenset[str]
    hash: str
    data: bytes


_given: dict[str, tuple[Mapping[str, bytes], Mapping[str, bytes]]] = {}
"""In a worker: the last that it was given, by its hash."""


@cache
def made_here() -> dict[str, str]:
    """What makes the bytes where this runs: as a record of an issued version has it, and Python and what it packs
    with. Of a process that goes on it is what it was when it was first asked, for that code it has loaded."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {**installed(), "python": python, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def made_there() -> dict[str, str]:
    """In a worker: the same, when it has loaded what makes documents."""
    load(font_directories())
    return made_here()


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """What makes other bytes there than here, each with its two versions, as it is told."""
    found = []
    for name in sorted({*there, *here}):
        if (other := there.get(name, "")) != (own := here.get(name, "")):
            versions = "" if name.startswith("docgen-") else f" ({other or 'mangler'}, her {own or 'mangler'})"
            found.append(f"{_NAMES.get(name, name)}{versions}")
    return found


def common_of(project: Project) -> Common:
    """What all documents of a project share."""
    content = {path: project.content_files[path] for path in project.graph.shared}
    data = _pack((content, dict(project.template_files)))
    return Common(frozenset(content), hashlib.sha256(data).hexdigest(), data)


def take(hash: str, data: bytes) -> None:
    """In a worker: keeps what all documents share, instead of what it had."""
    found = pickle.loads(zlib.decompress(data))
    _given.clear()
    _given[hash] = found


def packed(batch: Batch, kept: Mapping[str, bytes | None], common: Common) -> bytes:
    """A batch for a worker that has what all documents share, with what it has asked for of the archive."""
    project = batch.project
    own = {path: data for path, data in project.content_files.items() if path not in common.paths}
    archive = SentArchive(Path(), kept, set())
    return _pack(replace(batch, project=replace(project, content_files=own, template_files={}, archive=archive)))


def make_packed(sent: bytes, hash: str, whole: bytes = b"") -> list[Outcome] | Wanted:
    """In a worker: what becomes of a batch, or what it lacks. `whole` is what all documents share, where the worker was
    found to have lost it."""
    if whole and hash not in _given:
        take(hash, whole)
    if (common := _given.get(hash)) is None:
        return Wanted(common=True)
    content, templates = common
    batch: Batch = pickle.loads(zlib.decompress(sent))
    archive = batch.project.archive
    assert isinstance(archive, SentArchive)
    project = replace(
        batch.project,
        content_files=dict(sorted({**content, **batch.project.content_files}.items())),
        template_files=templates,
        font_directories=font_directories(),
    )
    made = list(make_batch(replace(batch, project=project)))
    return Wanted(tuple(sorted(archive.wanted))) if archive.wanted else made


def _pack(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value), _QUICKLY)


def apart(batch: Batch) -> Iterable[Batch]:
    """The documents of a batch, a batch for each."""
    for document, names in batch.requested.items():
        to_proofread = {own: paths for own, paths in batch.to_proofread.items() if own == document}
        yield replace(batch, requested={document: names}, to_proofread=to_proofread)
