"""The world outside: files read, files put in place whole, fonts, what is installed, and a lock.

With `docgen.folder`, `docgen.commands.build` and what is above it the only modules that touch files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

from docgen.lexicon.forms import list_hash
from docgen.problems import Origin, OutputError, Problem

_IGNORED_NAMES = {"Thumbs.db", "desktop.ini", "__pycache__"}
_IGNORED_ENDINGS = ("~", ".bak", ".tmp", ".swp")
_MAX_FILE = 200_000_000
_LIBRARIES = (
    "babel",
    "fontpkg-source-sans-3",
    "fonttools",
    "holidays",
    "jinja2",
    "lxml",
    "matplotlib",
    "mistune",
    "msgspec",
    "pypdf",
    "python-docx",
    "pyyaml",
    "typst",
)
_LOCK_SECONDS = 30.0
_TEMPORARY = ".docgen-"
_LONGEST_RUN = 86_400  # seconds


def read_file(path: Path) -> bytes:
    """The bytes of a file, as far as the largest that is read. Raises OSError."""
    # One byte over any limit is enough for the reader to refuse it. No more is asked for than the file says it has, for
    # all that is asked for is taken of the memory first.
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, _MAX_FILE) + 1)
        return data if len(data) <= size else data + file.read(_MAX_FILE + 1 - len(data))


def is_ignored(name: str) -> bool:
    """Whether a file is what the system, an editor or Word leaves beside others."""
    return name.startswith((".", "~$")) or name in _IGNORED_NAMES or name.endswith(_IGNORED_ENDINGS)


def replace_together(
    outputs: Sequence[tuple[Path, bytes | Iterable[bytes]]],
    read: Mapping[Path, bytes] | None = None,
    durable: bool = False,
) -> None:
    """Writes files, whole or in parts, beside their places, then puts them in place: all, or none if that fails.
    Raises OutputError.

    `read` is what was read from some of them: where one of these holds other bytes by now, nothing is written, so that
    what somebody else wrote meanwhile is not lost. What an earlier run that was killed left beside them is removed.
    `durable` says that each file is on the disk before it is put in place, and the place before the next one is, so
    that a power cut leaves nothing that is half.
    """
    ready: list[tuple[Path, Path]] = []
    path = Path()
    with ExitStack() as held:
        put = _Put(held, durable=durable)
        try:
            for path, data in outputs:
                _make_folder(path.parent, durable=durable)
                sweep(path.parent)
                with _temporary_file(path.parent, held) as file:
                    ready.append((Path(file.name), path))
                    file.writelines((data,) if isinstance(data, bytes) else data)
                    if durable:
                        file.flush()
                        os.fsync(file.fileno())
                ready[-1][0].chmod(_file_mode())
            _check_unchanged(read or {})
            for temporary, path in ready:
                put.in_place(temporary, path, is_last=path is ready[-1][1])
        except BaseException as error:
            put.back()
            if not isinstance(error, OSError):
                raise
            hint = "luk filen, hvis den er åben i et andet program, og tjek plads og rettigheder"
            raise OutputError(
                [Problem(Origin(path.as_posix()), f"filen kan ikke skrives ({reason(error)})", hint)]
            ) from None
        finally:
            for temporary in (*(temporary for temporary, _ in ready), *put.beside):
                temporary.unlink(missing_ok=True)


class _Put:
    """Files put in place one after the other, so that they can be as they were where one of them cannot: one that is
    open in a program that locks it, for example. What lay there is kept beside its place as long as that takes."""

    def __init__(self, held: ExitStack, *, durable: bool) -> None:
        self.beside: list[Path] = []
        self._held, self._durable = held, durable
        self._done: list[tuple[Path, Path | None]] = []

    def in_place(self, temporary: Path, path: Path, *, is_last: bool) -> None:
        """Puts a file in its place. Of the last one nothing need be kept, where nothing is left to fail after it."""
        earlier = self._keep(path, temporary) if self._durable or not is_last else None
        temporary.replace(path)
        self._done.append((path, earlier))
        if self._durable:
            _sync_folder(path.parent)

    def back(self) -> None:
        """Puts back what lay in each place, as far as the system lets it."""
        for path, earlier in reversed(self._done):
            with suppress(OSError):
                if earlier is None:
                    path.unlink()
                else:
                    earlier.replace(path)

    def _keep(self, path: Path, temporary: Path) -> Path | None:
        """The file of a place under another name, beside it; None where there is none."""
        if not os.path.lexists(path):
            return None
        beside = temporary.with_name(f"{temporary.name.removesuffix('.tmp')}-before.tmp")
        self.beside.append(beside)
        try:
            os.link(path, beside)
        except OSError:  # a disk that has no two names for a file
            shutil.copy2(path, beside)
        _hold(beside, self._held)
        return beside


def _hold(path: Path, held: ExitStack) -> None:
    """Tells a file that is kept from what a killed run left, until `held` is closed; several runs may keep the same."""
    if sys.platform == "win32":
        return
    import fcntl

    with suppress(OSError):  # one that may not be read, a disk without locks
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        held.callback(os.close, opened)
        fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)


def _make_folder(folder: Path, *, durable: bool) -> None:
    """Makes a folder where there is none, and puts on the disk that it is there."""
    new = [each for each in (folder, *folder.parents) if not each.exists()] if durable else []
    folder.mkdir(parents=True, exist_ok=True)
    for each in new:
        _sync_folder(each.parent)


def _sync_folder(folder: Path) -> None:
    """Puts what a folder says of its files on the disk, where the system can."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _check_unchanged(read: Mapping[Path, bytes]) -> None:
    """Refuses files that hold other bytes than they did when they were read. Raises OutputError with each."""
    problems = []
    for path, data in read.items():
        try:
            message = "" if read_file(path) == data else "filen er ændret, siden den blev læst"
        except OSError as error:
            message = f"filen kan ikke læses igen ({reason(error)})"
        if message:
            problems.append(Problem(Origin(path.as_posix()), message, "prøv igen; der er ikke skrevet noget"))
    if problems:
        raise OutputError(problems)


def _temporary_file(folder: Path, held: ExitStack) -> IO[bytes]:
    """A new file in a folder. Until `held` is closed it is locked, which tells it from what a killed run left."""
    while True:
        file = tempfile.NamedTemporaryFile(dir=folder, prefix=_TEMPORARY, suffix=".tmp", delete=False)  # noqa: SIM115
        if sys.platform == "win32":
            return file
        import fcntl

        keeping = os.dup(file.fileno())  # the lock lasts as long as this does, also when the file is closed
        held.callback(os.close, keeping)
        with suppress(OSError):  # a disk without locks
            fcntl.flock(keeping, fcntl.LOCK_EX)
        if os.fstat(keeping).st_nlink:
            return file
        file.close()  # another run swept it away before it was locked


def remove_written(folder: Path, files: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
    """Removes files of a folder, given the hashes that they were written with, and the folders that are empty then.

    Returns those that were removed, and those that are left, for they are others by now or cannot be removed.
    """
    removed, left, root = [], [], folder.resolve()
    for path in (folder / name for name in sorted(files)):
        if not path.resolve().is_relative_to(root) or path.is_symlink() or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            if hashlib.sha256(read_file(path)).hexdigest() != files[name]:
                left.append(path)
                continue
            path.unlink()
        except OSError:
            left.append(path)
            continue
        removed.append(path)
        for parent in path.relative_to(folder).parents[:-1]:
            with suppress(OSError):
                (folder / parent).rmdir()  # only where it is empty
    return removed, left


@cache
def _file_mode() -> int:
    """The mode of a new file, as the system's umask has it. It can only be read by setting it for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def sweep(folder: Path) -> None:
    """Removes the temporary files that killed runs left in a folder; once, for it may hold very many files."""
    _sweep(folder.absolute())


@cache
def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{_TEMPORARY}*.tmp"):
        with suppress(OSError):
            if sys.platform == "win32":  # one that is in use may be closed already, and not yet in its place
                if time.time() - path.stat().st_mtime > _LONGEST_RUN:
                    path.unlink()
                continue
            import fcntl

            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def reason(error: OSError) -> str:
    """What was wrong, in Danish."""
    reasons = {
        "ENOSPC": "disken er fuld",
        "EACCES": "ingen adgang",
        "EPERM": "ingen adgang",
        "EROFS": "disken kan kun læses",
        "ENOTDIR": "en del af stien er en fil",
        "EEXIST": "en del af stien er en fil",
        "ENOENT": "den findes ikke",
        "EISDIR": "der ligger en mappe med samme navn",
        "ENAMETOOLONG": "navnet er for langt",
        "EDQUOT": "kvoten er brugt op",
    }
    import errno

    return reasons.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or type(error).__name__)


def font_directories() -> tuple[str, ...]:
    """Where the fonts lie that come with docgen as a package; never the host's own fonts."""
    from importlib.util import find_spec

    spec = find_spec("fontpkg_source_sans_3")
    return () if spec is None or spec.origin is None else (str(Path(spec.origin).parent),)


def installed() -> dict[str, str]:
    """What makes the bytes: the version of each library that writes, and hashes of docgen's own code and of the list of
    words, which says where words may be divided."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"docgen-code": _code_hash(), "docgen-words": list_hash()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


@cache
def tools_key() -> str:
    """A hash of all that bytes could depend on beside what is read: docgen's code, Python, and what is installed."""
    packages = {
        name
        for folder in sys.path
        if Path(folder).is_dir()
        for name in os.listdir(folder or ".")  # noqa: PTH208 (names are all that is asked for)
        if name.endswith((".dist-info", ".egg-info"))
    }
    parts = [_code_hash(), list_hash(), sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION, *sorted(packages)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _code_hash() -> str:
    root = os.fspath(Path(__file__).parent)  # texts, for a path each of five hundred takes as long as their bytes
    found = [
        (*parent[len(root) + 1 :].split(os.sep), name) if parent != root else (name,)  # noqa: PTH206
        for parent, _, names in os.walk(root)
        for name in names
        if name.endswith((".py", ".woff"))
    ]
    total = hashlib.sha256()
    for parts in sorted(found):
        with open(os.sep.join((root, *parts)), "rb", buffering=0) as file:  # noqa: PTH118, PTH123
            data = file.read()
        if b"\r" in data:  # line ends differ between systems; what the code does, does not
            data = data.replace(b"\r\n", b"\n")
        total.update(f"{'/'.join(parts)}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a lock that ends with the process, however it ends. Raises OutputError where another holds it too long."""
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=_LOCK_SECONDS):
            yield
    except Timeout:
        hint = "vent, til den anden er færdig, og prøv igen"
        raise OutputError([Problem(Origin(path.parent.as_posix()), "en anden docgen er i gang her", hint)]) from None
    except OSError as error:
        shown = f"mappen kan ikke låses ({reason(error)})"
        raise OutputError([Problem(Origin(path.parent.as_posix()), shown, "tjek rettighederne")]) from None
