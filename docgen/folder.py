"""A folder as `{path: bytes}`: each file is read when it is asked for, and one that cannot be read stops no other."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path

from docgen.files import is_ignored, read_file, reason
from docgen.problems import Origin, OutputError, Problem


class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by path, each read once, when it is asked for, until it is forgotten.

    A path is in composed letters (NFC), as content is read, however the disk writes it. What cannot be read is there
    under its path as no bytes, and `unread` says why: what lies outside or is no file from the beginning, what the disk
    refuses when it is asked for, which is `refused`, too. `name` is what the folder is called in messages.
    """

    def __init__(self, folder: Path, name: str = "", leave_out: str = "") -> None:
        self._places: dict[str, str] = {}  # as the disk writes them; "" where that is the path in the folder
        self._bytes: dict[str, bytes] = {}
        self._name = name or folder.as_posix()
        self._folder, self._root = folder, folder.resolve()
        self.unread: dict[str, Problem] = {}
        self.refused: dict[str, Path] = {}
        self._find(folder, leave_out)

    def __getitem__(self, path: str) -> bytes:
        if (found := self._bytes.get(path)) is None:
            place = self._place(path)
            try:
                found = read_file(place)
            except OSError as error:
                found = b""
                self.refused[path] = place
                self._refuse(path, f"filen kan ikke læses ({reason(error)})", "tjek rettighederne")
            self._bytes[path] = found
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def read_again(self, paths: Iterable[str]) -> FolderFiles:
        """The same folder, of which some files that were there have other bytes by now; the others are not read."""
        again = copy(self)
        again._bytes, again.unread, again.refused = dict(self._bytes), dict(self.unread), dict(self.refused)
        for path in paths:
            again._bytes.pop(path, None)
            again.unread.pop(path, None)
            again.refused.pop(path, None)
            if fault := _fault(self._place(path), self._root):
                again._refuse(path, *fault)
        return again

    def forget(self, keep: Collection[str]) -> None:
        """Lets go of the bytes of all files but some, which are read again where they are asked for again: of a folder
        of a hundred thousand documents no more is in memory than is worked at."""
        self._bytes = {path: data for path, data in self._bytes.items() if path in keep or path in self.unread}

    @property
    def read_files(self) -> Mapping[str, bytes]:
        """The files that were read, and not let go since."""
        return self._bytes

    @property
    def in_memory(self) -> int:
        """How many bytes of files are in memory."""
        return sum(map(len, self._bytes.values()))

    def keep(self, earlier: FolderFiles, paths: Iterable[str]) -> None:
        """Takes the bytes that an earlier look at the folder has read of files that are known to be as they were."""
        for path in paths:
            if path in earlier._bytes and path not in earlier.unread and path not in self.unread:
                self._bytes[path] = earlier._bytes[path]

    def _place(self, path: str) -> Path:
        written = self._places[path]
        return Path(written) if written else self._folder / path

    def _refuse(self, path: str, message: str, hint: str) -> None:
        self.unread[path] = Problem(Origin(f"{self._name}/{path}"), message, hint)
        self._bytes[path] = b""

    def _find(self, folder: Path, leave_out: str) -> None:
        root = self._root
        for parent, folders, names in os.walk(folder, onerror=lambda error: self._closed(folder, error)):
            folders[:] = sorted(
                name
                for name in folders
                if not is_ignored(name) and Path(parent, name).relative_to(folder).as_posix() != leave_out
            )
            found = [Path(parent, name) for name in sorted(names) if not is_ignored(name)]
            linked = [path for name in folders if (path := Path(parent, name)).is_symlink()]
            prefix = "" if (within := Path(parent).relative_to(folder).as_posix()) == "." else f"{within}/"
            for place in (*found, *linked):  # os.walk does not go into folders that are links
                inside = _printed(unicodedata.normalize("NFC", prefix + place.name))
                twin = inside in self._places
                self._places.setdefault(inside, "" if inside == prefix + place.name else str(place))
                if fault := ("to filer har samme navn", "giv den ene et andet navn") if twin else _fault(place, root):
                    self._refuse(inside, *fault)

    def _closed(self, folder: Path, error: OSError) -> None:
        """A folder inside that cannot be listed."""
        place = Path(os.fsdecode(error.filename))
        path = _printed(unicodedata.normalize("NFC", place.relative_to(folder).as_posix()))
        if path != ".":
            self._places[path] = str(place)
            self._refuse(path, f"mappen kan ikke læses ({reason(error)})", "tjek rettighederne")


def can_be_read(path: Path) -> bool:
    """Whether a file can be read now: another program may hold it, and let it go a moment later."""
    try:
        read_file(path)
    except OSError:
        return False
    return True


def find_files(folder: Path, default: str, leave_out: str = "") -> FolderFiles:
    """The files of a folder, called `default` in messages, but what lies in `leave_out`; `default` is the option that
    names another folder. Raises OutputError where there is no such folder."""
    if not folder.is_dir():
        hint = f"stå i projektets mappe, eller skriv --{default} MAPPE"
        raise OutputError([Problem(Origin(folder.as_posix()), "mappen findes ikke", hint)])
    return FolderFiles(folder, default, leave_out)


def read_folder(folder: Path, default: str, leave_out: str = "") -> dict[str, bytes]:
    """Every file of a folder as `{path: bytes}`, read at once, all or none; as `find_files`, and its places are named
    as the caller did.

    Raises OutputError with each file that cannot be read, lies outside, or is no file with a name in Unicode.
    """
    find_files(folder, default)
    found = FolderFiles(folder, folder.as_posix(), leave_out)
    files = dict(found)
    if found.unread:
        raise OutputError(found.unread.values())
    return files


def _printed(path: str) -> str:
    """A path that can be written, also where its bytes are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _fault(path: Path, root: Path) -> tuple[str, str] | None:
    """Why what a folder holds is not read: what is wrong, and what would be right. It is not opened to find out."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return "filens navn er ikke UTF-8", "giv den et andet navn"
    with suppress(OSError):
        if stat.S_ISREG(os.lstat(path).st_mode):  # no link, and none of its folders is one: it lies where it stands
            return None
    try:
        inside = path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself; which of the two it is depends on Python
        return "genvejen fører til sig selv", "slet den"
    if not inside:
        return "filen er en genvej ud af mappen", "læg selve filen i mappen"
    if path.is_dir():
        return "mappen er en genvej", "læg selve mappen her"
    if path.exists() and not path.is_file():
        return "det er ikke en almindelig fil", "slet den"
    return None
