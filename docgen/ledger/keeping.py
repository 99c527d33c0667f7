"""What a record keeps: its files, tree, source and annexes as blobs, and the salted hashes that it holds of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

from docgen.kinds.edition import Edition
from docgen.ledger.record import Payload, Record, file_path, keys_json, salted_hash, sealed
from docgen.ledger.records import record_index
from docgen.pipeline import Job
from docgen.structs import Struct, replace
from docgen.tree.stored import encode_tree


class Kept(Struct, frozen=True):
    """A record with its seal, its file of keys, and the blobs it names, by hash."""

    record: Record
    keys: bytes
    blobs: Mapping[str, bytes]


def keep(
    record: Record, files: Mapping[str, bytes], parts: Mapping[str, Payload | bytes], salt: Callable[[], str]
) -> Kept:
    """A record of form 2 with what it keeps: `files` by format, `parts` by name, as bytes or, where their bytes are
    kept already, as what is known of them. `salt` gives a new salt each time."""
    blobs: dict[str, bytes] = {}
    salts: dict[str, str] = {}

    def kept(name: str, path: str, found: Payload | bytes) -> Payload:
        payload = found if isinstance(found, Payload) else Payload(path, len(found), hashlib.sha256(found).hexdigest())
        if isinstance(found, bytes):
            blobs[payload.sha256] = found
        salts[name] = salt()
        return replace(payload, salted=salted_hash(salts[name], payload.sha256))

    suffix = Edition(record.edition).suffix if record.edition else ""
    made = {name: kept(name, file_path(record, name, suffix), data) for name, data in files.items()}
    rest = {name: kept(name, name, found) for name, found in parts.items()}
    whole = sealed(replace(record, files=made, parts=rest))
    return Kept(whole, keys_json(salts, whole.payloads), blobs)


def parts_of(job: Job) -> dict[str, Payload | bytes]:
    """What is kept of a rendering beside its files: source, tree, and each annex that is sent out with it."""
    return {"source": job.source, "tree": encode_tree(job.tree, lines=False), **annexes_of(job)}


def annexes_of(job: Job) -> dict[str, Payload | bytes]:
    """Each annex that is sent out with a rendering, by what it is kept as: a PDF from elsewhere as its bytes, a version
    that is issued as what is known of its PDF. A list of changes is in the PDF with annexes alone."""
    parts: dict[str, Payload | bytes] = {}
    for _, annex in job.attachments:
        if annex.file is not None:
            parts[f"annexes/{annex.file}"] = job.content.files[f"annexes/{annex.file}"]
        elif annex.compare is not None:
            continue
        elif (found := attached_pdf(job, str(annex.document), str(annex.version))) is not None:
            parts[f"{annex.document}@{annex.version}"] = found
    return parts


def attached_pdf(job: Job, document: str, version: str) -> Payload | None:
    """The PDF of an issued version that a rendering attaches: of its own edition, or else the public one."""
    for edition in (job.edition, Edition.PUBLIC):
        record = record_index(job.project).find(document, version, edition.value)
        file = record.files.get("pdf") if record is not None else None
        if file is not None and file.sha256:
            return Payload(f"{document}@{version}", file.size, file.sha256)
    return None


def lock_of(made_with: Mapping[str, str]) -> str:
    """A hash of the packages that made something, by name and version."""
    packages = {name: version for name, version in made_with.items() if not name.startswith("docgen-")}
    return hashlib.sha256(json.dumps(packages, sort_keys=True).encode()).hexdigest()
