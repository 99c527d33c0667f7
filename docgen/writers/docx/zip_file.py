"""Files as a ZIP file (PKWARE APPNOTE 6.3): the same bytes for the same files.

`zipfile` gives these bytes, too, but packs every file again: in a batch most parts of one Word file are those of the
last, and to pack them takes a third of the time that writing one takes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that ZIP can say."""
_DATE: Final = (ZIP_DATE[0] - 1980) << 9 | ZIP_DATE[1] << 5 | ZIP_DATE[2]
_VERSION, _UNIX, _DEFLATED, _IN_UTF8 = 20, 3, 8, 0x800
_MODE: Final = 0o644 << 16
_LEVEL: Final = 6
_KEPT: Final = 64  # packed files
_LARGEST_KEPT: Final = 200_000  # bytes; what is larger is a picture or a text, and its own
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s4B4H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file of files, each with its name, in their order."""
    out, listed, at, count = [], [], 0, 0
    for count, (name, data) in enumerate(files, 1):  # noqa: B007 (how many there were)
        packed, check = _packed(data) if len(data) <= _LARGEST_KEPT else _pack(data)
        written = name.encode()
        flags = 0 if name.isascii() else _IN_UTF8
        sizes = (check, len(packed), len(data))
        head = _LOCAL.pack(b"PK\3\4", _VERSION, flags, _DEFLATED, 0, _DATE, *sizes, len(written), 0)
        listed.append(
            _CENTRAL.pack(
                *(b"PK\1\2", _VERSION, _UNIX, _VERSION, 0, flags, _DEFLATED, 0, _DATE),
                *(*sizes, len(written), 0, 0, 0, 0, _MODE, at),
            )
            + written
        )
        out += [head, written, packed]
        at += len(head) + len(written) + len(packed)
    directory = b"".join(listed)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
    return b"".join([*out, directory, end])


@lru_cache(maxsize=_KEPT)
def _packed(data: bytes) -> tuple[bytes, int]:
    return _pack(data)


def _pack(data: bytes) -> tuple[bytes, int]:
    """A file as it is packed, and its check sum."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(), zlib.crc32(data)
