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
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.problems import Origin, Problem
from docgen.structs import Struct, field, replace, to_builtins
from docgen.tree.document import Document
from docgen.tree.text import dump

FOLDER = "issued"
HEAD = f"{FOLDER}/head.json"
_TEXTS = (
    *("document", "title", "version", "edition", "status", "meeting", "date"),
    *("text", "fingerprint", "previous", "hash"),
)
_RECORD = re.compile(rf"{FOLDER}/(\d{{4,}})-.+\.json")


class IssuedFile(Struct, frozen=True):
    """A file as it was issued: its path under `build/issued`, size in bytes, and hash."""

    path: str
    size: int
    sha256: str


class Record(Struct, frozen=True, omit_defaults=True):
    """An issued version. `text` is the hash of what it says, `source` all that it was made of, `made_with` by what.

    `confirmed` says what of it was confirmed when it was issued, and why; it is not written where nothing had to be.
    `previous` is the hash of the record before (`""` for the first), `hash` that of this one without its hash.
    """

    number: int
    document: str
    title: str
    version: str
    edition: str
    status: str
    meeting: str
    date: str
    text: str
    fingerprint: str
    files: Mapping[str, IssuedFile]
    made_with: Mapping[str, str]
    source: Mapping[str, Any]
    previous: str
    confirmed: Mapping[str, str] = field(default_factory=dict)
    hash: str = ""

    @property
    def path(self) -> str:
        """Where the record lies in the content folder."""
        return f"{FOLDER}/{self.number:04d}-{record_name(self.document, self.version, self.edition)}.json"

    @property
    def source_bytes(self) -> bytes:
        """The source as `pipeline.source_of` gave it."""
        return json.dumps(self.source, ensure_ascii=False, indent=1).encode()


class Ledger(Struct, frozen=True):
    """A ledger as it was read: its records in order, and what says that one was changed, removed or moved."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_ledger(files: Mapping[str, bytes]) -> Ledger:
    """The ledger in a content folder's files."""
    return Ledger(records(files), tuple(check_ledger(files)))


def record_name(document: str, version: str, edition: str) -> str:
    """The part of a record's file name that says what it is of: `policy-x_v1.0_public`."""
    return f"{document.replace('/', '-')}_v{version}_{edition}"


def text_hash(document: Document) -> str:
    """The hash of what a document says and how it is built, whatever file, line or fingerprint it comes from."""
    shown = dump(document, places=False)
    if document.fingerprint:
        shown = shown.replace(document.fingerprint, "")
    return hashlib.sha256(shown.encode()).hexdigest()


def sealed(record: Record) -> Record:
    """A record with its own hash."""
    return replace(record, hash=_hash(to_builtins(record)))


def to_json(record: Record) -> bytes:
    """A record as the file that is kept."""
    return (json.dumps(to_builtins(record), ensure_ascii=False, indent=1) + "\n").encode()


def head(record: Record | None) -> bytes:
    """The head of a ledger that ends with a record."""
    found = {"count": 0, "hash": ""} if record is None else {"count": record.number, "hash": record.hash}
    return (json.dumps(found, indent=1) + "\n").encode()


def _hash(fields: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in fields.items() if key != "hash"}
    canonical = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_record(data: bytes) -> Record:
    """A record from its file. Raises ValueError for what is none."""
    try:
        fields = json.loads(data)
        files = {str(name): IssuedFile(**file) for name, file in fields.pop("files").items()}
        record = Record(**fields, files=files)
        to_json(record)  # what JSON can say and no file can hold is no record either
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("not a record") from None
    types: dict[str, type] = dict.fromkeys(_TEXTS, str) | {
        "number": int,
        "made_with": dict,
        "source": dict,
        "confirmed": dict,
    }
    whole = all(isinstance(getattr(record, name), kind) for name, kind in types.items())
    named = all(isinstance(text, str) for file in files.values() for text in (file.path, file.sha256))
    if not whole or not named or not isinstance(record.source.get("files"), dict):
        raise ValueError("not a record")
    return record


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
    """The record of a version, or None; only the file with its name is read."""
    ending = f"-{record_name(document, version, edition)}.json"
    for path in record_paths(files):
        if path.endswith(ending):
            try:
                record = read_record(files[path])
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
            found.append(read_record(files[path]))
        except ValueError:
            continue
    return tuple(found)


def check_ledger(files: Mapping[str, bytes], folder: str = "content") -> Iterator[Problem]:
    """Everything that says that a record was changed, removed, inserted or moved."""
    previous, number = "", 0
    for path in record_paths(files):
        origin = Origin(f"{folder}/{path}")
        number += 1
        try:
            record = read_record(files[path])
        except ValueError:
            yield Problem(origin, "posten kan ikke læses", "hent den tilbage fra versionsstyringen")
            return
        if _hash(to_builtins(record)) != record.hash or to_json(record) != files[path]:
            yield Problem(origin, "posten er ændret, siden den blev skrevet", "hent den tilbage fra versionsstyringen")
        if record.number != number or record.path != path or record.previous != previous:
            hint = "hent mappen tilbage fra versionsstyringen"
            yield Problem(
                origin, "posten følger ikke efter den forrige: en post er fjernet, flyttet eller sat ind", hint
            )
            return
        previous = record.hash
    yield from _check_head(files, number, previous, folder)


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
