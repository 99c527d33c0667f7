"""The public ledger: what of a ledger can be handed to anybody, so that it verifies alone.

It has the records of public editions with all that is kept of them; of every other record only its number and its hash,
which bind the chain. What tells that words are closed elsewhere is left out, and so is its key: a salted hash is all
that stands of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from docgen.archive import ARCHIVE, Archive, blob_path
from docgen.ledger.record import WITHHELD, Record, to_json
from docgen.ledger.records import HEAD, head, is_public, left_out, records


def public_copy(files: Mapping[str, bytes], archive: Archive) -> dict[str, bytes]:
    """The files of the public ledger, by path in a content folder, made of a whole ledger and its archive."""
    chain = records(files)
    found: dict[str, bytes] = {}
    for record in chain:
        if not is_public(record, chain):
            stub = withheld(record)
            found[stub.path] = to_json(stub)
            continue
        found[record.path] = to_json(record)
        shown = [name for name in record.payloads if name not in left_out(record, chain)]
        if record.payloads and record.format > 1:
            found[record.keys_path] = _keys(files.get(record.keys_path, b"{}"), shown)
        for name in shown:
            hash = record.payloads[name].sha256
            if (data := archive.read(hash)) is not None:
                found[f"{ARCHIVE}/{blob_path(hash)}"] = data
    found[HEAD] = head(chain[-1] if chain else None, public=True)
    return found


def withheld(record: Record) -> Record:
    """What stands in a record's place: its number, and the hashes that bind it."""
    return Record(
        record.number, "", "", "", "", "", "", "", previous=record.previous, hash=record.hash, format=2, type=WITHHELD
    )


def _keys(keys: bytes, names: Collection[str]) -> bytes:
    """A file of keys with only some of them."""
    kept = {name: key for name, key in json.loads(keys).items() if name in names}
    return (json.dumps(kept, indent=1) + "\n").encode()
