"""What is typed and not saved, kept on the disk so that it is offered again, whatever ended the page or the program.

Each studio has a file of its own beside the content, where docgen keeps what leaves the house never, and a lock on it:
a file whose lock is free is of a studio that ended, and its texts go to the next one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from docgen.files import read_file, replace_together
from docgen.problems import OutputError
from docgen.studio.drafts import Typed
from docgen.studio.forms import Steps

_FOLDER = ".docgen/ugemt"


class Unsaved:
    """The texts of one studio that are not saved. `name` is its own among those of the folder."""

    def __init__(self, content: Path, name: str) -> None:
        self._folder, self._name = content / _FOLDER, name
        self._texts: dict[tuple[str, Steps], Typed] = {}
        self._release: Callable[[], None] | None = None

    def begin(self) -> None:
        """Takes over what studios left that have ended."""
        for path in sorted(self._folder.glob("*.json")) if self._folder.is_dir() else ():
            lock = path.with_suffix(".laas")
            if (release := _take_lock(lock)) is None:
                continue
            for one in _read(path):
                self._texts.setdefault((one.file, one.path), one)
            self._keep()
            _remove([path])
            release()
            _remove([lock])

    def end(self) -> None:
        """Leaves what is not saved to the next studio."""
        if self._release is not None:
            self._release()
            self._release = None
        if not self._texts:
            _remove([self._path, self._path.with_suffix(".laas")])

    @property
    def texts(self) -> Sequence[Typed]:
        """What is not saved."""
        return list(self._texts.values())

    def note(self, typed: Sequence[Typed]) -> None:
        """Notes what is typed; what is as it was is no longer unsaved."""
        before = dict(self._texts)
        for one in typed:
            if one.text == one.before:
                self._texts.pop((one.file, one.path), None)
            else:
                self._texts[one.file, one.path] = one
        if self._texts != before:
            self._keep()

    def forget(self, file: str, path: Steps) -> None:
        """Notes that a text was saved or given up."""
        if self._texts.pop((file, path), None) is not None:
            self._keep()

    @property
    def _path(self) -> Path:
        return self._folder / f"{self._name}.json"

    def _keep(self) -> None:
        if self._release is None:
            self._release = _take_lock(self._path.with_suffix(".laas"))
        told = [{"file": one.file, "path": one.path, "before": one.before, "text": one.text} for one in self.texts]
        with suppress(OutputError):  # a folder that cannot be written to: the page has the text none the less
            if told:
                replace_together([(self._path, json.dumps(told, ensure_ascii=False).encode())])
            else:
                _remove([self._path])


def _read(path: Path) -> list[Typed]:
    try:
        told = json.loads(read_file(path))
        return [Typed(str(one["file"]), tuple(map(str, one["path"])), one["before"], one["text"]) for one in told]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _take_lock(path: Path) -> Callable[[], None] | None:
    """Takes a lock that ends with the process, and returns what gives it back; None where another has it, or there can
    be none."""
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except (Timeout, OSError):
        return None
    return lock.release


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
