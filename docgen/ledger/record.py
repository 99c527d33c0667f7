"""One record of the ledger, and the two forms in which records are kept: both are read for ever.

Form 1 holds the whole source and plain hashes. Form 2 holds salted hashes of payloads that lie in the archive; salt and
plain hash of each stand in a file of keys beside it, so that a payload can be erased, its key with it, while the
record and the chain stay as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from docgen.structs import Struct, field, replace, to_builtins

FOLDER = "issued"
KEYS = f"{FOLDER}/noegler"
ISSUE, MIGRATION, WITHDRAWAL, ERASURE = "issue", "migration", "withdrawal", "erasure"
WITHHELD = "withheld"
"""What stands in a record's place in a copy for everybody, where the record is not for everybody."""
CONFIRMED = "confirmed"
"""The name of what was confirmed when a public edition was issued: it tells which words are closed elsewhere."""
PACK = "mappe"
"""The name, beside the formats, of a case with its annexes or a whole meeting as one PDF."""
_TYPES = (ISSUE, MIGRATION, WITHDRAWAL, ERASURE, WITHHELD)
_COMMON = ("number", "document", "title", "version", "edition", "status", "meeting", "date")
_FORMS: dict[int, tuple[str, ...]] = {
    1: (*_COMMON, "text", "fingerprint", "files", "made_with", "source", "previous", "hash"),
    2: (
        *("format", "type", *_COMMON[:5], "printing", *_COMMON[5:], "issuer", "docgen", "lock", "made_with"),
        *("words", "fingerprint", "files", "parts", "note", "previous", "hash"),
    ),
}
"""The fields of a record by its form, in the order in which they are written."""
_WITHHELD_FIELDS = ("format", "type", "number", "previous", "hash")
_OPTIONAL = CONFIRMED
"""The field of the first form that is written only where something had to be confirmed; the second keeps it apart."""
_NUMBERS = ("number", "printing", "format")
_MAPPINGS = ("files", "parts", "made_with", "source", "note", _OPTIONAL)


class Payload(Struct, frozen=True):
    """Something that is kept: its path (of a file that is handed out: under `build/`), size in bytes, and hash.

    `sha256` is empty where it is not known (its key is erased); `salted` is the hash of its salt and its hash, in a
    record of form 2.
    """

    path: str
    size: int
    sha256: str = ""
    salted: str = ""


IssuedFile = Payload


class Record(Struct, frozen=True):
    """Something that happened to a version: it was issued, withdrawn or erased; or to the ledger: it was migrated.

    `files` are what was handed out, by format; `parts` what else is kept: `source`, `tree` and annexes. `words` is the
    hash of what the version says (of form 1: `text`, of its tree), `made_with` what made its files and `lock` a hash of
    that; `note` says what a withdrawal, an erasure or a migration is of, and why. `source` is all that a version of
    form 1 was made of. `confirmed` says what was confirmed when a version of form 1 was issued, and why.

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
    text: str = ""
    fingerprint: str = ""
    files: Mapping[str, Payload] = field(default_factory=dict)
    made_with: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    previous: str = ""
    hash: str = ""
    format: int = 1
    type: str = ISSUE
    printing: int = 1
    issuer: str = ""
    docgen: str = ""
    lock: str = ""
    words: str = ""
    parts: Mapping[str, Payload] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    confirmed: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the record lies in the content folder."""
        return f"{FOLDER}/{self.number:04d}-{self.name}.json"

    @property
    def name(self) -> str:
        """What the name of the record's file says that it is of."""
        if self.type in (MIGRATION, WITHHELD):
            return self.type
        own = record_name(self.document, self.version, self.edition, self.printing)
        return own if self.type == ISSUE else f"{own}-{self.type}"

    @property
    def keys_path(self) -> str:
        """Where the keys of its payloads lie in the content folder."""
        return f"{KEYS}/{self.number:04d}.json"

    @property
    def source_bytes(self) -> bytes:
        """The source that a record of form 1 holds, as `pipeline.source_of` gave it; `b""` in form 2."""
        return json.dumps(self.source, ensure_ascii=False, indent=1).encode() if self.source else b""

    @property
    def payloads(self) -> dict[str, Payload]:
        """All that is kept, by name: files and parts."""
        return {**self.files, **self.parts}


def record_name(document: str, version: str, edition: str, printing: int = 1) -> str:
    """The part of a record's file name that says what it is of: `policy-x_v1.0_public`; `…_tryk2` of a later
    printing."""
    again = f"_tryk{printing}" if printing > 1 else ""
    return f"{document.replace('/', '-')}_v{version}_{edition}{again}"


def file_path(record: Record, ending: str, suffix: str) -> str:
    """Where docgen puts a file of a record under `build/`; `suffix` is the edition's."""
    again = f"_tryk{record.printing}" if record.printing > 1 else ""
    ending = f"-{PACK}.pdf" if ending == PACK else f".{ending}"
    return f"issued/{record.meeting}/{record.document}_v{record.version}{suffix}{again}{ending}"


# -- to keep it -----------------------------------------------------------------------------------------------------


def sealed(record: Record) -> Record:
    """A record with its own hash."""
    return replace(record, hash=hash_of(record))


def hash_of(record: Record) -> str:
    """The hash that a record has by what it says."""
    kept = {key: value for key, value in _as_kept(record).items() if key != "hash"}
    canonical = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def to_json(record: Record) -> bytes:
    """A record as the file that is kept."""
    return (json.dumps(_as_kept(record), ensure_ascii=False, indent=1) + "\n").encode()


def _as_kept(record: Record) -> dict[str, Any]:
    found = to_builtins(record)
    left_out = "salted" if record.format == 1 else "sha256"
    for name in ("files", "parts"):
        found[name] = {
            key: {field: value for field, value in payload.items() if field != left_out}
            for key, payload in found[name].items()
        }
    *names, own_hash = _fields_of(record.format, record.type)
    names += [_OPTIONAL] if record.confirmed else []
    return {name: found[name] for name in (*names, own_hash)}


def _fields_of(form: int, type: str) -> tuple[str, ...]:
    return _WITHHELD_FIELDS if type == WITHHELD and form > 1 else _FORMS[form]


def salted_hash(salt: str, sha256: str) -> str:
    """The hash of a payload as a record of form 2 holds it."""
    return hashlib.sha256(f"{salt}:{sha256}".encode()).hexdigest()


def keys_json(salts: Mapping[str, str], payloads: Mapping[str, Payload]) -> bytes:
    """The file of keys of a record: by name, the salt and the plain hash of each payload that is not erased."""
    keys = {name: {"salt": salts[name], "sha256": payloads[name].sha256} for name in payloads if name in salts}
    return (json.dumps(keys, indent=1) + "\n").encode()


def without_keys(keys: bytes, names: Collection[str]) -> bytes:
    """A file of keys without some of them."""
    left = {name: key for name, key in json.loads(keys).items() if name not in names}
    return (json.dumps(left, indent=1) + "\n").encode()


def read_keys(data: bytes) -> dict[str, tuple[str, str]]:
    """Salt and plain hash by name. Raises ValueError for what is no file of keys."""
    try:
        return {str(name): (str(key["salt"]), str(key["sha256"])) for name, key in json.loads(data).items()}
    except (TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("no keys") from None


# -- to read it -----------------------------------------------------------------------------------------------------


def read_record(data: bytes, keys: bytes | None = None) -> Record:
    """A record from its file, and its file of keys where there is one. Raises ValueError for what is none."""
    try:
        fields = json.loads(data)
        form = fields.get("format", 1)
        known = _fields_of(form, fields.get("type", ISSUE))
        if set(fields) - ({_OPTIONAL} if form == 1 else set()) != set(known):
            raise ValueError("other fields")
        if known == _WITHHELD_FIELDS:
            fields = dict.fromkeys(_COMMON[1:], "") | fields
        fields |= {name: _payloads(fields[name]) for name in ("files", "parts") if name in fields}
        record = Record(**fields)
        to_json(record)  # what JSON can say and no file can hold is no record either
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("not a record") from None
    if not _is_whole(record):
        raise ValueError("not a record")
    return record if keys is None or form == 1 else _opened(record, read_keys(keys))


def _payloads(found: Any) -> dict[str, Payload]:
    return {str(name): Payload(**payload) for name, payload in found.items()}


def _is_whole(record: Record) -> bool:
    """Whether every field holds what it should."""
    for name in (*_FORMS[record.format], _OPTIONAL):
        kind = int if name in _NUMBERS else dict if name in _MAPPINGS else str
        if not isinstance(getattr(record, name), kind):
            return False
    texts = (
        [*record.made_with.values(), *record.note.values(), *record.confirmed.values()] if record.format == 2 else []
    )
    texts += [text for each in record.payloads.values() for text in (each.path, each.sha256, each.salted)]
    if not all(isinstance(text, str) for text in texts):
        return False
    if record.format == 1:
        return isinstance(record.source.get("files"), dict)
    return record.type in _TYPES and all(isinstance(each.size, int) for each in record.payloads.values())


def _opened(record: Record, keys: Mapping[str, tuple[str, str]]) -> Record:
    """A record with the plain hash of each payload whose key fits."""

    def opened(payloads: Mapping[str, Payload]) -> dict[str, Payload]:
        fitting = {name: keys[name][1] for name, each in payloads.items() if _fits(each, keys.get(name))}
        return {name: replace(each, sha256=fitting.get(name, "")) for name, each in payloads.items()}

    return replace(record, files=opened(record.files), parts=opened(record.parts))


def _fits(payload: Payload, key: tuple[str, str] | None) -> bool:
    return key is not None and salted_hash(*key) == payload.salted
