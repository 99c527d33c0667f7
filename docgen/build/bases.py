"""What stays at home of the Word files that are sent: in the content folder, where neither git nor docgen looks."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from docgen.files import read_file, remove_written, replace_together
from docgen.problems import OutputError
from docgen.writers.docx.base_text import FOLDER, Base, base_name, decode_base, encode_base

_BUILD = re.compile("[0-9a-f]{8}")
_MOST = 200
"""How many are kept of one document in one edition, the newest: as many times it may be changed after it was sent."""
_ENDING = ".json.gz"
_LOOKED_AFTER = 500  # files; with fewer there is nothing to gain
_HEAD = re.compile(rb'"document":"([^"]*)","edition":"([^"]*)"')
_UNSEEN = (f"{FOLDER}/.gitignore", b"# Ordene i de Word-filer, der er sendt ud; de forlader ikke huset\n*\n")


def base_files(base: Base) -> dict[str, bytes]:
    """A base as files of the content folder, by path."""
    return {base_name(base.build): encode_base(base)}


def keep_bases(content: Path, files: Mapping[str, bytes]) -> None:
    """Puts bases into a content folder. One that cannot be written to is no reason to have no Word file."""
    outputs = [(content / path, data) for path, data in files.items()]
    name, data = _UNSEEN
    if outputs and not (content / name).exists():
        outputs.append((content / name, data))
    with suppress(OutputError):
        replace_together(outputs)


def prune_bases(content: Path, written: int) -> None:
    """Takes out the oldest of each document and edition that there are too many of; looked after now and then, by how
    many bases a run has written. Once a run: a folder of ten thousand documents is not listed for each of them."""
    folder = content / FOLDER
    try:
        found = sorted(name for path in folder.iterdir() if (name := path.name).endswith(_ENDING)) if written else []
    except OSError:
        return
    if len(found) < _LOOKED_AFTER or len(found) % (_LOOKED_AFTER // 5) >= written:
        return
    groups: dict[bytes, list[Path]] = {}
    for name in found:
        groups.setdefault(_head(folder / name), []).append(folder / name)
    for paths in groups.values():
        with suppress(OSError, OutputError):
            paths.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
            remove_written(folder, {path.name: sha256(read_file(path)).hexdigest() for path in paths[:-_MOST]})


def _head(path: Path) -> bytes:
    """Of which document and edition a base is; empty where it is none."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(read_file(path))) as packed:
            start = packed.read(500)
    except (OSError, EOFError, zlib.error):
        return b""
    found = _HEAD.search(start)
    return found[0] if found else b""


def read_base(content: Path, build: str) -> Base | None:
    """What stayed at home of a Word file, by the id of its build; None where nothing did."""
    if _BUILD.fullmatch(build) is None:
        return None
    try:
        return decode_base(read_file(content / base_name(build)))
    except OSError:
        return None
