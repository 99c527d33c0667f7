"""What records of form 1 name, as it is kept from now on: read where it lies, or made again to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from docgen.kinds.edition import Edition
from docgen.ledger.rebuild import job_of_source, written_again
from docgen.ledger.record import Payload
from docgen.ledger.records import Record, text_hash
from docgen.ledger.words import hash_of, words
from docgen.problems import DocgenError
from docgen.project import Project
from docgen.tree.stored import encode_tree
from docgen.writers.formats import FORMATS


def old_payloads(
    old: Sequence[Record], project: Project, read: Callable[[str], bytes | None], installed: Mapping[str, str]
) -> tuple[dict[str, Payload | bytes], dict[str, str]]:
    """What is kept of records of form 1, by number and name (`0001/pdf`), and the hash of the words of each public
    one by `words-0001`; `read` gives what lies in the output folder. Only files with the record's own hash are kept."""
    kept: dict[str, Payload | bytes] = {}
    said: dict[str, str] = {}
    for record in old:
        name, source = f"{record.number:04d}", record.source_bytes
        files = {format: _file(record, format, project, read, installed) for format in record.files}
        kept |= {f"{name}/{format}": data for format, data in files.items() if data is not None}
        kept[f"{name}/source"] = source
        try:
            tree = job_of_source(source, project.font_directories, project.kinds).tree
            if text_hash(tree) == record.text:  # else this docgen would show something else
                kept[f"{name}/tree"] = encode_tree(tree, lines=False)
            if record.edition == Edition.PUBLIC:  # a plain hash of closed words could be guessed
                said[f"words-{name}"] = hash_of(words(source, project.kinds))
        except (DocgenError, KeyError):
            continue
    return kept, said


def _file(
    record: Record,
    format: str,
    project: Project,
    read: Callable[[str], bytes | None],
    installed: Mapping[str, str],
) -> bytes | None:
    """A file of a record, to the byte; None where it is neither there nor can be made."""
    expected = record.files[format].sha256
    data = read(record.files[format].path)
    if data is not None and hashlib.sha256(data).hexdigest() == expected:
        return data
    if format not in FORMATS or dict(record.made_with) != dict(installed):
        return None
    try:
        made = written_again(record.source_bytes, project.font_directories, (FORMATS[format],), project.kinds)[format]
    except DocgenError:
        return None
    return made if hashlib.sha256(made).hexdigest() == expected else None
