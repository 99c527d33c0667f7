"""A batch as it is sent to a worker of a cluster, and what the worker does with it: bytes -> bytes.

A worker needs docgen, made with the same libraries, and nothing of the folders: the content that the documents are made
of goes along, and so does what they ask for of the archive. Fonts are the worker's own, of the same package.
"""

from __future__ import annotations

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
from docgen.structs import Struct, replace

_QUICKLY = 1
_NAMES = {"docgen-code": "docgen selv", "docgen-words": "ordlisten", "python": "Python", "zlib": "zlib"}


class Wanted(Struct, frozen=True):
    """What a batch cannot be made without: blobs of the archive, by hash."""

    blobs: tuple[str, ...]


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


def packed(batch: Batch, kept: Mapping[str, bytes | None]) -> bytes:
    """A batch for a worker, with what it has asked for of the archive."""
    archive = SentArchive(Path(), kept, set())
    return zlib.compress(pickle.dumps(replace(batch, project=replace(batch.project, archive=archive))), _QUICKLY)


def make_packed(sent: bytes) -> list[Outcome] | Wanted:
    """In a worker: what becomes of a batch, or what it lacks."""
    batch: Batch = pickle.loads(zlib.decompress(sent))
    archive = batch.project.archive
    assert isinstance(archive, SentArchive)
    made = list(make_batch(replace(batch, project=replace(batch.project, font_directories=font_directories()))))
    return Wanted(tuple(sorted(archive.wanted))) if archive.wanted else made


def apart(batch: Batch) -> Iterable[Batch]:
    """The documents of a batch, a batch for each."""
    for document, names in batch.requested.items():
        to_proofread = {own: paths for own, paths in batch.to_proofread.items() if own == document}
        yield replace(batch, requested={document: names}, to_proofread=to_proofread)
