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
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.ledger.record import (
    ERASURE,
    FOLDER,
    ISSUE,
    WITHDRAWAL,
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
from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.tree.text import dump

__all__ = ["FOLDER", "HEAD", "IssuedFile", "Ledger", "Payload", "Record", "check_ledger", "find_record", "head"]
__all__ += ["read_ledger", "read_record", "record_name", "record_paths", "records", "records_of", "sealed"]
__all__ += ["erasures", "text_hash", "to_json", "withdrawal"]

HEAD = f"{FOLDER}/head.json"
_RECORD = re.compile(rf"{FOLDER}/(\d{{4,}})-.+\.json")


class Ledger(Struct, frozen=True):
    """A ledger as it was read: its records in order, and what says that one was changed, removed or moved."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_ledger(files: Mapping[str, bytes]) -> Ledger:
    """The ledger in a content folder's files."""
    return Ledger(records(files), tuple(check_ledger(files)))


def text_hash(document: Document) -> str:
    """The hash of what a document says and how it is built, whatever file, line or fingerprint it comes from."""
    shown = dump(document, places=False)
    if document.fingerprint:
        shown = shown.replace(document.fingerprint, "")
    return hashlib.sha256(shown.encode()).hexdigest()


def head(record: Record | None) -> bytes:
    """The head of a ledger that ends with a record."""
    found = {"count": 0, "hash": ""} if record is None else {"count": record.number, "hash": record.hash}
    return (json.dumps(found, indent=1) + "\n").encode()


def record_paths(files: Mapping[str, bytes]) -> list[str]:
    """The records among the content's files, in order of number."""
    found = [path for path in files if _RECORD.fullmatch(path)]
    return sorted(found, key=lambda path: (int(_RECORD.fullmatch(path)[1]), path))  # type: ignore[index]


def records_of(files: Mapping[str, bytes], document: str) -> list[bytes]:
    """The records of a document and its renderings as their files have them, in order. Where names are alike it may be
    more, never less."""
    stem = re.compile(rf"{FOLDER}/\d+-{re.escape(document.replace('/', '-'))}[-_].*\.json")
    return [files[path] for path in record_paths(files) if stem.fullmatch(path)]


def find_record(files: Mapping[str, bytes], document: str, version: str, edition: str) -> Record | None:
    """The record of a version, of its last printing, or None; only files with its name are read."""
    named = re.compile(rf"{FOLDER}/\d+-{re.escape(record_name(document, version, edition))}(_tryk\d+)?\.json")
    for path in reversed(record_paths(files)):
        if named.fullmatch(path):
            try:
                record = _read(files, path)
            except ValueError:
                continue
            if (record.document, record.version, record.edition) == (document, version, edition):
                return record
    return None


def records(files: Mapping[str, bytes]) -> tuple[Record, ...]:
    """Every record that can be read, in order."""
    found = []
    for path in record_paths(files):
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


# -- whether it is whole --------------------------------------------------------------------------------------------


def check_ledger(files: Mapping[str, bytes], folder: str = "content") -> Iterator[Problem]:
    """Everything that says that a record was changed, removed, inserted or moved, or that one version has two."""
    previous, number = "", 0
    chain: list[Record] = []
    for path in record_paths(files):
        origin = Origin(f"{folder}/{path}")
        number += 1
        try:
            record = read_record(files[path])
        except ValueError:
            yield Problem(origin, "posten kan ikke læses", "hent den tilbage fra versionsstyringen")
            return
        # Line ends may have become those of Windows on the way; they say nothing.
        if hash_of(record) != record.hash or to_json(record) != files[path].replace(b"\r\n", b"\n"):
            yield Problem(origin, "posten er ændret, siden den blev skrevet", "hent den tilbage fra versionsstyringen")
        if record.number != number or record.path != path or record.previous != previous:
            hint = "hent mappen tilbage fra versionsstyringen"
            yield Problem(
                origin, "posten følger ikke efter den forrige: en post er fjernet, flyttet eller sat ind", hint
            )
            return
        if (twin := _twin(chain, record)) is not None:
            shown = f"{record.document} {record.version} er udstedt to gange: også i post {twin.number}"
            yield Problem(origin, shown, "hent mappen tilbage fra versionsstyringen")
        chain.append(record)
        previous = record.hash
    yield from _check_keys(files, chain, folder)
    yield from _check_head(files, number, previous, folder)


def _twin(chain: Iterable[Record], record: Record) -> Record | None:
    """An earlier record of the same version in the same edition and printing."""
    if record.type != ISSUE:
        return None
    own = _issued(record)
    return next((other for other in chain if other.type == ISSUE and _issued(other) == own), None)


def _issued(record: Record) -> tuple[str, str, str, int]:
    return record.document, record.version, record.edition, record.printing


def _check_keys(files: Mapping[str, bytes], chain: Sequence[Record], folder: str) -> Iterator[Problem]:
    """Every payload has a key that fits, but those that were erased, which have none."""
    for record in chain:
        if record.format == 1 or not record.payloads:
            continue
        origin, hint = Origin(f"{folder}/{record.keys_path}"), "hent den tilbage fra versionsstyringen"
        try:
            keys = read_keys(files.get(record.keys_path, b"{}"))
        except ValueError:
            yield Problem(origin, "filen kan ikke læses", hint)
            continue
        erased = erasures(chain, record)
        for name, payload in record.payloads.items():
            if name in erased:
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
