"""Pictures without what is not seen of them: who made them, where and when, with what, and what they showed before."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND"}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length (ITU-T T.81, B.1.1.3)
_EOI, _SOS, _APP0, _APP1, _APP14, _COMMENT = 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xFE
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_UNSEEN = {"metadata", "title", "desc"}
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_DATA = re.compile(r"data:(image/[a-z+]+);base64,(.*)", re.DOTALL)


@lru_cache(maxsize=32)
def without_metadata(data: bytes, media_type: str) -> bytes:
    """A picture (PNG, JPEG or SVG) that looks the same and tells nothing else; the same bytes where it tells nothing.

    Colour profiles go, too; how a photograph is turned stays.
    """
    if media_type == "image/png":
        return b"".join(_png_parts(data))
    if media_type == "image/jpeg":
        return b"".join(_jpeg_parts(data))
    return _clean_svg(data)


def _png_parts(data: bytes) -> Iterator[bytes]:
    """The signature and the chunks that are drawn (ISO 15948, 5.3), up to the last one."""
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
    """The segments that are drawn (ITU-T T.81, B.1), up to the end of the image."""
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


def _clean_svg(data: bytes) -> bytes:
    from lxml import etree  # loaded only for a drawing

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    telling = [element for element in root.iter() if _tells(element)]
    if not telling and root.getprevious() is None and root.getnext() is None and b"<?xml-" not in data:
        return data
    for element in telling:
        _clean_element(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


def _tells(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    namespace, _, name = element.tag.rpartition("}")
    return (
        namespace != "{" + _SVG
        or name in _UNSEEN
        or (name == "style" and "/*" in "".join(map(str, element.itertext())))
        or any(_tells_by(str(key), str(value)) for key, value in element.attrib.items())
    )


def _tells_by(name: str, value: str) -> bool:
    namespace, _, local = name.rpartition("}")
    known = namespace in ("", "{" + _XLINK, "{" + _XML)
    return not known or local.startswith(("data-", "aria-")) or "/*" in value or value.startswith("data:image")


def _clean_element(element: etree._Element) -> None:
    """Takes out of a drawing what an element tells beside what is drawn."""
    parent = element.getparent()
    namespace, _, name = str(element.tag).rpartition("}")
    if not isinstance(element.tag, str) or namespace != "{" + _SVG or name in _UNSEEN:
        if parent is not None:
            _remove(element, parent)
        return
    if name == "style":
        element.text = _CSS_COMMENT.sub("", "".join(map(str, element.itertext())))
    for key, value in list(element.attrib.items()):
        if not _tells_by(str(key), str(value)):
            continue
        if (inner := _DATA.fullmatch(str(value))) is not None:
            picture = base64.b64encode(without_metadata(base64.b64decode(inner[2]), inner[1])).decode()
            element.set(key, f"data:{inner[1]};base64,{picture}")
        elif "/*" in str(value):
            element.set(key, _CSS_COMMENT.sub("", str(value)))
        else:
            del element.attrib[key]


def _remove(element: etree._Element, parent: etree._Element) -> None:
    """Removes an element, and not the words that follow it."""
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
