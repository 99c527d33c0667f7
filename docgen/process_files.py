"""Files that go with the process, for libraries that take nothing but files."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_FOLDERS: list[TemporaryDirectory[str]] = []


def file_of_process(name: str, data: bytes) -> Path:
    """A file, alone in a new folder that only this user can open. It goes when the process ends, or `leave_no_file` is
    called."""
    folder = TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True)
    if not _FOLDERS and "multiprocessing.util" in sys.modules:
        from multiprocessing.util import Finalize  # at the end of a worker these are run, and nothing else is

        Finalize(None, leave_no_file, exitpriority=0)
    _FOLDERS.append(folder)
    file = Path(folder.name, name)
    file.write_bytes(data)
    return file


def is_there(file: Path) -> bool:
    """Whether a `file_of_process` is there yet: somebody may have emptied the system's folder for such files."""
    return file.exists()


def leave_no_file() -> None:
    """Removes every `file_of_process`: before a process ends in a way in which nothing else is run."""
    while _FOLDERS:
        _FOLDERS.pop().cleanup()
