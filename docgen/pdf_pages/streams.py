"""Everything that lies in a PDF, unpacked: what a search must see that is to find what should not be there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject, TextStringObject


def streams_of(data: bytes) -> Iterator[bytes]:
    """Each stream of a PDF as it is before it is packed, each text and name in its objects, and the words of its pages;
    nothing where it cannot be read."""
    try:
        reader = PdfReader(io.BytesIO(data))
        for number in sorted({number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)):
            yield from _inside(reader.get_object(number))
        pages = [page.extract_text() for page in reader.pages]
        yield "\n".join(pages).encode("utf-8", "replace")
    except MemoryError:
        raise
    except Exception:  # pypdf raises whatever a broken file leads it into
        return


def text_of(data: bytes) -> str | None:
    """The words of a PDF; None where it cannot be read or has none, as one that is but scanned."""
    try:
        found = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except MemoryError:
        raise
    except Exception:  # as above
        return None
    return found if found.strip() else None


def _inside(value: Any) -> Iterator[bytes]:
    if isinstance(value, StreamObject):
        yield value.get_data()
    if isinstance(value, DictionaryObject):
        for key in value:
            yield str(key).encode("utf-8", "replace")
            yield from _inside(value.raw_get(key))
    elif isinstance(value, ArrayObject):
        for index in range(len(value)):
            yield from _inside(list.__getitem__(value, index))
    elif isinstance(value, NameObject | TextStringObject):
        yield str(value).encode("utf-8", "replace")
    elif isinstance(value, ByteStringObject):
        yield bytes(value)
