"""The ledger: one record for each issued version, each bound to the one before it by its hash.

A record is a JSON file in `content/issued/` that people can read; `head.json` says how many there are and the hash of
the last. So a changed, removed, reordered or inserted record is found, also the last one. What cannot be found from the
folder alone is a ledger that was written anew from some record on, head and all, or that is gone altogether: for that
the folder is kept in version control, or the last hash is published with the minutes.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.kinds.edition import Edition
from docgen.ledger.record import (
    CONFIRMED,
    ERASURE,
    FOLDER,
    ISSUE,
    MIGRATION,
    WITHDRAWAL,
    WITHHELD,
    IssuedFile,
    Payload,
    Record,
    hash_of,
    read_keys,
    read_record,
    record_name,
    salted_hash,
    sealed,
    to_json,
)
from docgen.problems import Origin, Problem
from docgen.project import Project
from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.tree.text import dump

__all__ = ["FOLDER", "HEAD", "IssuedFile", "Ledger", "Payload", "Record", "RecordIndex", "check_ledger", "head"]
__all__ += ["read_ledger", "read_record", "record_index", "record_name", "records", "sealed"]
__all__ += ["erasures", "is_public", "is_public_copy", "left_out", "text_hash", "to_json", "withdrawal"]

HEAD = f"{FOLDER}/head.json"
_RECORD = re.compile(rf"{FOLDER}/(\d{{4,}})-.+\.json")
_PRINTING = re.compile(r"_tryk\d+$")


class Ledger(Struct, frozen=True):
    """A ledger as it was read: its records in order, and what says that one was changed, removed or moved."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    public: bool = False
    """Whether it is a copy for everybody, which has only the hash of some records."""


def read_ledger(files: Mapping[str, bytes]) -> Ledger:
    """The ledger in a content folder's files."""
    return Ledger(records(files), tuple(check_ledger(files, copies=True)), is_public_copy(files))


def text_hash(document: Document) -> str:
    """The hash of what a document says and how it is built, whatever file, line or fingerprint it comes from."""
    shown = dump(document, places=False)
    if document.fingerprint:
        shown = shown.replace(document.fingerprint, "")
    return hashlib.sha256(shown.encode()).hexdigest()


def head(record: Record | None, *, public: bool = False) -> bytes:
    """The head of a ledger that ends with a record; `public` says that it is the copy for everybody."""
    found: dict[str, object] = {"count": 0, "hash": ""}
    if record is not None:
        found = {"count": record.number, "hash": record.hash}
    found |= {"public": True} if public else {}
    return (json.dumps(found, indent=1) + "\n").encode()


def is_public_copy(files: Mapping[str, bytes]) -> bool:
    """Whether a ledger says that it is a copy for everybody (`docgen.ledger.public_copy`)."""
    try:
        return json.loads(files[HEAD]).get("public") is True
    except (KeyError, ValueError, AttributeError, RecursionError):
        return False


class RecordIndex:
    """Where the records are among a content folder's files, by what their names say: looked through once, and then
    each is found at once, however many files and records there are."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        numbered = sorted((int(found[1]), path) for path in files if (found := _RECORD.fullmatch(path)))
        self.paths = tuple(path for _, path in numbered)
        """The records, in order of number."""
        self._order = {path: place for place, path in enumerate(self.paths)}
        self._named: dict[str, list[str]] = {}
        for path in self.paths:
            name = path.partition("-")[2].removesuffix(".json")
            self._named.setdefault(_PRINTING.sub("", name), []).append(path)
        self._names = sorted(self._named)

    def of(self, document: str) -> list[bytes]:
        """The records of a document and its renderings as their files have them, in order. Where names are alike it may
        be more, never less."""
        stem = document.replace("/", "-")
        names = (name for ending in "-_" for name in self._beginning_with(stem + ending))
        return [
            self._files[path]
            for path in sorted((path for name in names for path in self._named[name]), key=self._order.__getitem__)
        ]

    def _beginning_with(self, stem: str) -> Iterator[str]:
        for place in range(bisect_left(self._names, stem), len(self._names)):
            if not self._names[place].startswith(stem):
                return
            yield self._names[place]

    def find(self, document: str, version: str, edition: str) -> Record | None:
        """The record of a version, of its last printing, or None; only files with its name are read."""
        for path in reversed(self._named.get(record_name(document, version, edition), [])):
            try:
                record = _read(self._files, path)
            except ValueError:
                continue
            if (record.document, record.version, record.edition) == (document, version, edition):
                return record
        return None


def record_index(project: Project) -> RecordIndex:
    """The records of a project's content folder, looked for once."""
    found: RecordIndex | None = project.memo.get(RecordIndex)
    if found is None:
        found = project.memo[RecordIndex] = RecordIndex(project.content_files)
    return found


def records(files: Mapping[str, bytes]) -> tuple[Record, ...]:
    """Every record that can be read, in order."""
    found = []
    for path in RecordIndex(files).paths:
        try:
            found.append(_read(files, path))
        except ValueError:
            continue
    return tuple(found)


def _read(files: Mapping[str, bytes], path: str) -> Record:
    """A record with what its keys open. Keys that cannot be read open nothing."""
    record = read_record(files[path])
    if (keys := files.get(record.keys_path)) is None:
        return record
    try:
        return read_record(files[path], keys)
    except ValueError:
        return record


def erasures(chain: Iterable[Record], record: Record) -> dict[str, Record]:
    """What was erased of a record: by payload the record that says so."""
    found: dict[str, Record] = {}
    for later in chain:
        if later.type == ERASURE and later.note.get("record") == str(record.number):
            found |= dict.fromkeys(later.note.get("payloads", "").split(), later)
    return found


def withdrawal(chain: Iterable[Record], record: Record) -> Record | None:
    """The record that says that a version is withdrawn, if there is one."""
    return next((one for one in chain if one.type == WITHDRAWAL and one.note.get("record") == str(record.number)), None)


# -- what everybody may read ------------------------------------------------------------------------------------------


def is_public(record: Record, chain: Sequence[Record]) -> bool:
    """Whether everybody may read a record: it is of a public edition and tells nothing of what is closed elsewhere."""
    if record.type == WITHHELD:
        return False
    if record.type == MIGRATION:
        told = {name.removeprefix("words-") for name in record.note if name.startswith("words-")}
        return not told & _others(chain)
    return record.edition == Edition.PUBLIC and not record.confirmed


def left_out(record: Record, chain: Sequence[Record]) -> set[str]:
    """The names of what is kept of a public record and is not handed on."""
    if record.type == MIGRATION:
        others = _others(chain)
        return {name for name in record.payloads if name.partition("/")[0] in others}
    return {CONFIRMED} & set(record.payloads)


def _others(chain: Sequence[Record]) -> set[str]:
    """The numbers, as a migration writes them, of the records of the first form that are not public."""
    public = (Edition.PUBLIC.value, "")
    return {f"{one.number:04d}" for one in chain if one.type == WITHHELD or one.edition not in public or one.confirmed}


# -- whether it is whole --------------------------------------------------------------------------------------------


def check_ledger(files: Mapping[str, bytes], folder: str = "content", *, copies: bool = False) -> Iterator[Problem]:
    """Everything that says that a record was changed, removed, inserted or moved, or that one version has two.

    `copies` says that it may be a copy for everybody, which has only the hash of some records.
    """
    previous, number = "", 0
    public = is_public_copy(files)
    if public and not copies:
        hint = "hent den hele protokol"
        yield Problem(Origin(f"{folder}/{HEAD}"), "det er en offentlig kopi, som intet kan bygges på", hint)
        return
    chain: list[Record] = []
    issued: dict[tuple[str, str, str, int], Record] = {}
    for path in RecordIndex(files).paths:
        origin = Origin(f"{folder}/{path}")
        number += 1
        try:
            record = read_record(files[path])
        except ValueError:
            yield Problem(origin, "posten kan ikke læses", "hent den tilbage fra versionsstyringen")
            return
        # Line ends may have become those of Windows on the way; they say nothing.
        if record.type == WITHHELD and not public:
            yield Problem(origin, "posten er taget ud", "hent den tilbage fra versionsstyringen")
        changed = record.type != WITHHELD and hash_of(record) != record.hash
        if changed or to_json(record) != files[path].replace(b"\r\n", b"\n"):
            yield Problem(origin, "posten er ændret, siden den blev skrevet", "hent den tilbage fra versionsstyringen")
        if record.number != number or record.path != path or record.previous != previous:
            hint = "hent mappen tilbage fra versionsstyringen"
            yield Problem(
                origin, "posten følger ikke efter den forrige: en post er fjernet, flyttet eller sat ind", hint
            )
            return
        twin = issued.setdefault(_issued(record), record) if record.type == ISSUE else record
        if twin is not record:
            shown = f"{record.document} {record.version} er udstedt to gange: også i post {twin.number}"
            yield Problem(origin, shown, "hent mappen tilbage fra versionsstyringen")
        chain.append(record)
        previous = record.hash
    yield from _check_keys(files, chain, folder, public=public)
    yield from _check_head(files, number, previous, folder)


def _issued(record: Record) -> tuple[str, str, str, int]:
    return record.document, record.version, record.edition, record.printing


def _check_keys(files: Mapping[str, bytes], chain: Sequence[Record], folder: str, *, public: bool) -> Iterator[Problem]:
    """Every payload has a key that fits, but those that were erased or are left out of a copy, which have none."""
    erased = [record for record in chain if record.type == ERASURE]
    for record in chain:
        if record.format == 1 or not record.payloads:
            continue
        origin, hint = Origin(f"{folder}/{record.keys_path}"), "hent den tilbage fra versionsstyringen"
        try:
            keys = read_keys(files.get(record.keys_path, b"{}"))
        except ValueError:
            yield Problem(origin, "filen kan ikke læses", hint)
            continue
        gone = {*erasures(erased, record), *(left_out(record, chain) if public else ())}
        for name, payload in record.payloads.items():
            if name in gone:
                continue
            if name not in keys:
                yield Problem(origin, f"nøglen til {name} i post {record.number} mangler", hint)
            elif salted_hash(*keys[name]) != payload.salted:
                yield Problem(origin, f"nøglen til {name} i post {record.number} er en anden", hint)


def _check_head(files: Mapping[str, bytes], count: int, last: str, folder: str) -> Iterator[Problem]:
    """The head names the last record; one record more is an issue that was interrupted, and `issue` finishes it."""
    if HEAD not in files:
        if count:
            hint = "hent den tilbage fra versionsstyringen"
            yield Problem(Origin(f"{folder}/{HEAD}"), "filen mangler, så den sidste post kan ikke prøves", hint)
        return
    try:
        found = json.loads(files[HEAD])
        known, hash = int(found["count"]), str(found["hash"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        hint = "hent den tilbage fra versionsstyringen"
        yield Problem(Origin(f"{folder}/{HEAD}"), "filen kan ikke læses", hint)
        return
    chain = records(files)
    interrupted = 0 <= known == count - 1 and hash == (chain[known - 1].hash if known else "")
    if (known, hash) != (count, last) and not interrupted:
        shown = (
            f"der er {count} poster, og head.json siger {known}" if known != count else "den sidste post er en anden"
        )
        yield Problem(Origin(f"{folder}/{HEAD}"), shown, "hent mappen tilbage fra versionsstyringen")
