"""The two folders as they are now, in memory: a file is read again when its size, time or number on disk is another.

It reads and never writes. What was read before a save is kept for a while, so that "before" can be shown beside "now".
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from docgen.archive import ARCHIVE
from docgen.build.folders import SETTINGS, archive_of, path_inside
from docgen.files import font_directories, is_ignored
from docgen.folder import FolderFiles, can_be_read, find_files
from docgen.problems import DocgenError, Problem
from docgen.project import Project
from docgen.structs import Struct

_KEPT_SAVES = 50
_TEXT = (".yaml", ".yml")
_SETTLED_SECONDS = 0.04
_LONGEST_WAIT = 1.0  # for files that are still being written

_Stamp = tuple[int, int, int]
Stamps = Mapping[str, _Stamp]
"""By path: size, time of the last change and number of a file."""
Both = tuple[Stamps, Stamps]
"""Of the content and of the templates folder."""


class Save(Struct, frozen=True):
    """What was saved at one moment: its number, when (seconds since 1970), the paths that changed, as `content/…`, and
    the files of the content folder as they were before."""

    number: int
    time: float
    paths: tuple[str, ...]
    before: Mapping[str, bytes]


class Workspace:
    """A content and a templates folder. `version` grows by one each time something in them is another."""

    def __init__(self, content: Path, templates: Path) -> None:
        self.content, self.templates = content, templates
        self.version = 0
        self.saves: deque[Save] = deque(maxlen=_KEPT_SAVES)
        self.problems: tuple[Problem, ...] = ()
        """Why the folders cannot be read as they are now; then `project` is the last that could."""
        self._stamps: Both = ({}, {})
        self._files: tuple[FolderFiles | None, FolderFiles | None] = (None, None)
        self._refused: tuple[Mapping[str, Path], Mapping[str, Path]] = ({}, {})
        self._whole: dict[str, _Stamp] = {}
        self.project: Project | None = None

    def note_written(self, path: str) -> None:
        """Notes that a file of the content folder was just put in place here: it is whole, and nobody waits for it."""
        whole = self.content / path
        with (
            suppress(OSError, StopIteration),
            os.scandir(whole.parent) as entries,
        ):  # a path's own stat has other numbers on Windows
            self._whole[path] = next(_stamp(entry.stat()) for entry in entries if entry.name == whole.name)

    def refresh(self) -> tuple[str, ...]:
        """Reads what changed since the last time, when it is no longer being written, and returns the paths, as
        `content/…` and `templates/…`; at first none."""
        self._forget_refused()
        stamps = settled_stamps(self.content, self.templates, self._stamps if self.version else None, self._whole)
        self._whole.clear()
        if self.version and stamps == self._stamps:
            return ()
        changed = tuple(
            f"{name}/{path}"
            for name, now, before in zip(("content", "templates"), stamps, self._stamps, strict=True)
            for path in sorted({*now, *before})
            if now.get(path) != before.get(path)
        )
        was_read, earlier = bool(self.version), self._files[0]
        try:
            self._read(stamps)
        except DocgenError as error:
            self.problems = error.problems
        else:
            self.problems = ()
            if was_read and earlier is not None:
                texts = (path for path in self._written(changed) if path.endswith(_TEXT))
                before = {path: earlier[path] for path in texts if path in earlier}
                self.saves.append(Save(self.version + 1, time.time(), changed, before))
        self._stamps = stamps
        self.version += 1
        return changed if was_read else ()

    def files_before(self, number: int) -> dict[str, bytes]:
        """The content files as they were before a save. Raises KeyError for one that is not kept."""
        if self.project is None or number not in [save.number for save in self.saves]:
            raise KeyError(number)
        files = dict(self.project.content_files)
        for save in reversed(self.saves):
            if save.number >= number:
                for path in self._written(save.paths):
                    if path.endswith(_TEXT):
                        files.pop(path, None)
                files.update(save.before)
        return files

    def is_as_read(self) -> bool:
        """Whether nothing on the disk is another than what was read."""
        return (_stamps(self.content), _stamps(self.templates)) == self._stamps

    def _read(self, stamps: Both) -> None:
        archive = archive_of(self.content)
        leave_out = path_inside(archive.folder, self.content, ARCHIVE)
        content = self._content(stamps, leave_out)
        templates = self._kept(find_files(self.templates, "templates"), 1, stamps)
        made_with = dict(templates)
        self._refused = (content.refused, templates.refused)
        if templates.unread:
            raise DocgenError(templates.unread.values())
        self._files = (content, templates)
        self.project = Project(content, made_with, font_directories(), archive=archive, unread=content.unread)

    def _forget_refused(self) -> None:
        """Forgets that files were seen which another program held when they were to be read, as on Windows while it
        saves them, and no longer does: nothing else of them may be another by now."""
        if any(self._refused):
            content, templates = (
                {path: stamp for path, stamp in stamps.items() if path not in held or not can_be_read(held[path])}
                for stamps, held in zip(self._stamps, self._refused, strict=True)
            )
            self._stamps = (content, templates)

    def _content(self, stamps: Both, leave_out: str) -> FolderFiles:
        earlier, now, before = self._files[0], stamps[0], self._stamps[0]
        is_same = now.keys() == before.keys() and now.get(SETTINGS) == before.get(SETTINGS)  # where the archive lies
        if earlier is not None and is_same:  # the common case, which large folders depend on
            changed = [path for path, stamp in now.items() if stamp != before[path] and path in earlier]
            files = earlier.read_again(changed)
            for path in changed:
                if path.endswith(_TEXT):
                    files[path]
            return files
        return self._kept(find_files(self.content, "content", leave_out=leave_out), 0, stamps)

    def _kept(self, files: FolderFiles, which: int, stamps: Both) -> FolderFiles:
        """The files of a folder, with the bytes of those that are as they were."""
        earlier, now, before = self._files[which], stamps[which], self._stamps[which]
        if earlier is not None:
            files.keep(earlier, [path for path in files if path in now and now[path] == before.get(path)])
        for path in files:  # what is saved later must not be taken for what was there before
            if path.endswith(_TEXT):
                files[path]
        return files

    def _written(self, changed: tuple[str, ...]) -> Iterator[str]:
        return (path.removeprefix("content/") for path in changed if path.startswith("content/"))


def settled_stamps(content: Path, templates: Path, before: Both | None, whole: Stamps | None = None) -> Both:
    """The stamps of both folders; where they are not as before, when they have been the same for a moment, for a save
    may be written in parts. Content files of the stamps in `whole` are known not to be."""
    end = time.monotonic() + _LONGEST_WAIT
    found = (_stamps(content), _stamps(templates))
    if before is not None and whole and found == ({**before[0], **whole}, before[1]):
        return found
    while before is not None and found != before and time.monotonic() < end:
        time.sleep(_SETTLED_SECONDS)
        again = (_stamps(content), _stamps(templates))
        if again == found:
            break
        found = again
    return found


def _stamps(folder: Path) -> Stamps:
    """Size, time and number of each file of a folder; those that the system or an editor leaves are not among them."""
    found: dict[str, _Stamp] = {}
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError:
            continue
        for entry in entries:
            if is_ignored(entry.name):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    found[prefix + entry.name] = _stamp(entry.stat())
            except OSError:
                found[prefix + entry.name] = (-1, 0, 0)
    return found


def _stamp(says: os.stat_result) -> _Stamp:
    return says.st_size, says.st_mtime_ns, says.st_ino
