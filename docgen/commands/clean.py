"""`docgen clean`: empties the output folder of what docgen wrote there, and of nothing else."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from docgen.build.cache import EARLIER_WORDS, LIST, written_files
from docgen.build.last_run import NOTE
from docgen.files import read_file, remove_written, sweep
from docgen.structs import Struct


class Cleaned(Struct, frozen=True):
    """The files that were removed, and those that are left because they were changed after docgen wrote them."""

    removed: tuple[Path, ...]
    left: tuple[Path, ...]


def clean(output: Path) -> Cleaned:
    """Removes what builds wrote in an output folder, their lists, and folders that are empty then.

    Issued versions (`issued/`) stay: they are final. So does what is not in the list of what docgen wrote.
    """
    if not output.is_dir():
        return Cleaned((), ())
    sweep(output)
    removed, left = remove_written(output, written_files(output))
    lists = {}
    for name in (LIST, NOTE, EARLIER_WORDS):
        with suppress(OSError):
            lists[name] = hashlib.sha256(read_file(output / name)).hexdigest()
    if not left:
        remove_written(output, lists)
    return Cleaned(tuple(removed), tuple(left))
