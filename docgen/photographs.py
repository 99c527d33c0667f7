"""Photographs without what is not drawn of them: who took them, where and when, with what, and a small picture of what
they showed before."""

from __future__ import annotations

from collections.abc import Iterator

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND"}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length (ITU-T T.81, B.1.1.3)
_EOI, _SOS, _APP0, _APP1, _APP14, _COMMENT = 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xFE
_JPX_KEPT = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}


def drawn_png(data: bytes) -> bytes:
    """A PNG with the chunks alone that are drawn (ISO 15948, 5.3), up to the last one."""
    return b"".join(_png_parts(data))


def drawn_jpeg(data: bytes) -> bytes:
    """A JPEG with the segments alone that are drawn (ITU-T T.81, B.1), and how it is turned, up to its end."""
    return b"".join(_jpeg_parts(data))


def drawn_jpx(data: bytes) -> bytes:
    """A JPEG 2000 with the boxes alone that are drawn (ITU-T T.800, I.4); a bare codestream as it is."""
    return b"".join(_jpx_parts(data)) if data[4:8] == b"jP  " else data


def turned(data: bytes) -> int:
    """How a JPEG is to be turned when it is shown, 1 to 8 (Exif 2.3, tag 0x0112); 1: not at all."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] not in (_SOS, _EOI):
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place + 1] == _APP1 and 1 <= (found := _orientation(data[place + 4 : end])) <= 8:
            return found
        place = end
    return 1


def _png_parts(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    place = 8
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8]
        if kind in _PNG_KEPT:
            yield data[place:end]
        if kind == b"IEND":
            return
        place = end


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF or data[place + 1] == 0xFF:
            place += 1
            continue
        kind = data[place + 1]
        if kind == _EOI:
            break
        if kind in _STANDALONE:
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if kind == _SOS:
            end = _scan_end(data, end)
            yield data[place:end]
        else:
            yield _jpeg_segment(kind, data[place:end])
        place = end
    yield b"\xff\xd9"


def _scan_end(data: bytes, place: int) -> int:
    """Where coded picture data ends: at the next marker that is neither a stuffed byte nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0:
        following = data[place + 1 : place + 2]
        if following and following != b"\0" and not 0xD0 <= following[0] <= 0xD7 and following != b"\xff":
            return place
        place += 1
    return len(data)


def _jpeg_segment(kind: int, segment: bytes) -> bytes:
    """A segment as far as it says how the picture looks."""
    if kind == _APP0:  # the density, without the thumbnail
        return b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0" if segment[4:9] == b"JFIF\0" and len(segment) >= 16 else b""
    if kind == _APP14:  # how colours are coded
        return segment[:2] + b"\0\x0e" + segment[4:16] if segment[4:9] == b"Adobe" and len(segment) >= 16 else b""
    if kind == _APP1:
        turned = _orientation(segment[4:])
        return _with_orientation(turned) if 1 < turned <= 8 else b""
    return b"" if _APP0 <= kind <= 0xEF or kind == _COMMENT else segment


def _orientation(exif: bytes) -> int:
    """How a photograph is turned, 1 to 8 (Exif 2.3, tag 0x0112); 0: not said."""
    if exif[:6] != b"Exif\0\0" or exif[6:8] not in (b"II", b"MM"):
        return 0
    tiff, order = exif[6:], "little" if exif[6:8] == b"II" else "big"

    def number(place: int, size: int) -> int:
        return int.from_bytes(tiff[place : place + size], order)  # type: ignore[arg-type]

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(number(first, 2), 100), 12):
        if number(entry, 2) == 0x0112:
            return number(entry + 8, 2)
    return 0


def _with_orientation(turned: int) -> bytes:
    """An Exif segment that says how the picture is turned, and nothing else."""
    tiff = b"MM\0*\0\0\0\x08" + b"\0\x01\x01\x12\0\x03\0\0\0\x01" + turned.to_bytes(2, "big") + b"\0\0\0\0\0\0"
    payload = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload


def _jpx_parts(data: bytes) -> Iterator[bytes]:
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if length == 1:  # the length follows, in eight bytes
            length = int.from_bytes(data[place + 8 : place + 16], "big")
        end = place + length if length >= 8 else len(data)
        if data[place + 4 : place + 8] in _JPX_KEPT:
            yield data[place:end]
        place = end
