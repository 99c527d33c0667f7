"""Files that go with the process, for libraries that take nothing but files."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from docgen.files import reason
from docgen.problems import Origin, OutputError, Problem

_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def file_of_process(name: str, data: bytes) -> Path:
    """A file, alone in a new folder that only this user can open. It goes when the process ends, or `leave_no_file` is
    called. Raises OutputError where it cannot be written."""
    try:
        return _written(name, data)
    except OSError as error:
        shown = f"en midlertidig fil kan ikke skrives ({reason(error)})"
        hint = "gør plads der, eller bed IT om en anden mappe til midlertidige filer (TMPDIR, på Windows TEMP)"
        raise OutputError([Problem(Origin(Path(tempfile.tempdir or ".").as_posix()), shown, hint)]) from None


def _written(name: str, data: bytes) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True)
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
