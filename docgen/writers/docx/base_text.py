"""What stays at home of a Word file that is sent: its words as they were, against which it is compared when it returns.

It lies in the content folder, where git does not look, by the id of the build. It never leaves the house: it is no part
of a document, of a source, or of what is published.
"""

from __future__ import annotations

import gzip
import io
import zlib

from docgen.structs import Struct, encode_json, from_json
from docgen.writers.docx.carriers import Line

FOLDER = ".docgen"
"""Where it lies in the content folder; a folder with such a name is read by nothing else."""
_LARGEST = 100_000_000  # bytes unpacked


class Value(Struct, frozen=True):
    """A text in YAML as it was: its file, the path to it, and what it said."""

    file: str
    path: tuple[str, ...]
    text: str


class Base(Struct, frozen=True, kw_only=True):
    """A Word file as it was written: of which document, edition and build, its lines in order, and the texts in YAML
    that they were made of."""

    document: str
    edition: str
    build: str
    lines: tuple[Line, ...]
    values: tuple[Value, ...] = ()


def base_name(build: str) -> str:
    """The path of a build's base in the content folder."""
    return f"{FOLDER}/{build}.json.gz"


def encode_base(base: Base) -> bytes:
    """A base as it is kept; the same bytes for the same base."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, compresslevel=6, mtime=0) as packed:
        packed.write(encode_json(base))
    return out.getvalue()


def decode_base(data: bytes) -> Base | None:
    """A base as it was kept; None where these bytes are none."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(_LARGEST + 1)
        return from_json(found, Base) if len(found) <= _LARGEST else None
    except (OSError, EOFError, ValueError, zlib.error):
        return None
