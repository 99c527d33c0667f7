"""What a page needs to look as it does, and nothing else: no key that is not known to be painted with, no picture or
font that the page does not show, no comment between its operators (ISO 32000-1, 7.2.3, 7.8 and 8 to 11)."""

from __future__ import annotations

import re
import zlib
from typing import Any

from pypdf import PageObject
from pypdf.errors import PdfReadError
from pypdf.filters import FlateDecode
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from docgen.pdf_pages.entries import entry
from docgen.photographs import drawn_jpeg, drawn_jpx


def _keys(words: str) -> set[str]:
    return {f"/{word}" for word in words.split()}


_KNOWN = _keys(
    # any stream, and how it is packed (7.3.8, 7.4)
    "Type Subtype Length Filter DecodeParms K EndOfLine EncodedByteAlign Columns Rows EndOfBlock BlackIs1 "
    "DamagedRowsBeforeError Predictor Colors BitsPerComponent EarlyChange ColorTransform JBIG2Globals "
    # forms, groups, masks, pictures, patterns, shadings (8.7 to 8.10, 11.6)
    "FormType BBox Matrix Resources Group S CS I G BC TR Width Height ColorSpace Decode ImageMask Mask SMask "
    "SMaskInData Matte Interpolate Intent PatternType PaintType TilingType XStep YStep ExtGState Shading "
    "ShadingType Background AntiAlias Coords Domain Extend Function BitsPerCoordinate BitsPerFlag VerticesPerRow "
    # functions and colour spaces (7.10, 8.6)
    "FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds Alternate WhitePoint BlackPoint Gamma "
    "Colorants Process Components MixingHints Solidities DotGain PrintingOrder "
    # the state of drawing (8.4.5)
    "LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR2 HT FL SM SA BM CA ca AIS TK "
    # fonts (9)
    "Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts "
    "CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs BaseEncoding Differences "
    "FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight "
    "XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet Style "
    "Lang FD Length1 Length2 Length3 Registry Ordering Supplement CMapName WMode UseCMap "
    # resources, and marks in the content that tags hang on (7.8.3, 14.6)
    "XObject Pattern Properties ProcSet MCID ActualText Alt E"
)
_NAMED = _keys("ExtGState ColorSpace Pattern Shading XObject Font Properties CharProcs Colorants Solidities DotGain")
"""What has names of the author's own for keys."""
_BY_USE = _keys("ExtGState ColorSpace Pattern Shading XObject Font Properties")
_PHOTOGRAPHS = {"/DCTDecode": drawn_jpeg, "/DCT": drawn_jpeg, "/JPXDecode": drawn_jpx}
"""How the pictures are cleaned that a stream holds as they were taken, by its filter (7.4.8, 7.4.9)."""
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
_COMMENT = re.compile(rb"(?s:" + _STRING + rb"|(?<![^\s])BI\s.*?\sID\s.*?\sEI(?=\s|$))|(?P<comment>%[^\r\n]*+)")
_NAME = re.compile(rb"/((?:[^\s/<>\[\]()%{}])++)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")


def clean_page(page: PageObject, seen: set[int]) -> None:
    """Takes out, of everything that a page needs, what is not painted; what was `seen` before is clean."""
    used = _clean_contents(entry(page, "/Contents"), seen)
    resources = entry(page, "/Resources")
    if isinstance(resources, DictionaryObject):  # several pages may share them, and show each its own part
        page[NameObject("/Resources")] = _used_resources(resources, used)
    for key, value in page.items():
        if key != "/Contents":
            _clean(value, key, seen)


def _clean_contents(contents: Any, seen: set[int]) -> set[str]:
    """Cleans the streams of a page's content; the names that are used in it."""
    streams = [item.get_object() for item in contents] if isinstance(contents, ArrayObject) else [contents]
    found = [stream for stream in streams if isinstance(stream, StreamObject)]
    for stream in found:
        seen.add(id(stream))
        _clean_stream(stream)
    return {name for stream in found for name in _names(stream.get_data())}


def _clean_stream(stream: StreamObject) -> None:
    """A content stream without comments, packed anew, with no more than it takes to read it."""
    data = stream.get_data()
    if b"%" in data:
        data = _COMMENT.sub(lambda found: b" " if found["comment"] is not None else found[0], data)
    for key in [key for key in stream if key not in _KNOWN or key in ("/DecodeParms", "/Filter", "/Length")]:
        del stream[key]
    if isinstance(stream, EncodedStreamObject):
        stream.decoded_self = None
        stream._data = zlib.compress(data, 9)
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    else:
        stream.set_data(data)


def _names(data: bytes) -> set[str]:
    names = _NAME.findall(data)
    return {"/" + _HEX.sub(lambda found: bytes([int(found[1], 16)]), name).decode("latin-1") for name in names}


def _used_resources(resources: DictionaryObject, used: set[str]) -> DictionaryObject:
    """Resources with those entries alone that a content uses."""
    found = DictionaryObject()
    for key in resources:
        named = entry(resources, key)
        if key in _BY_USE and isinstance(named, DictionaryObject):
            kept = {NameObject(name): named.raw_get(name) for name in named if _plain(name) in used}
            found[NameObject(key)] = DictionaryObject(kept)
        elif key in _KNOWN:
            found[NameObject(key)] = resources.raw_get(key)
    return found


def _plain(name: str) -> str:
    return str(name).encode("latin-1", "replace").decode("latin-1")


def _clean(start: Any, key: str, seen: set[int]) -> None:
    stack: list[tuple[Any, str]] = [(start, key)]
    while stack:
        found, key = stack.pop()
        found = found.get_object() if isinstance(found, IndirectObject) else found
        if id(found) in seen or not isinstance(found, DictionaryObject | ArrayObject):
            continue
        seen.add(id(found))
        if isinstance(found, ArrayObject):
            stack += [(item, key) for item in list.__iter__(found)]
            continue
        if key == "/Annots":  # made by docgen itself, but for the picture that it shows
            stack.append((entry(found, "/AP"), "/AP"))
            continue
        if not (key in _NAMED and not isinstance(found, StreamObject) and "/Type" not in found):
            _forget_unknown(found)
        if isinstance(found, StreamObject) and _is_content(found, key):
            _clean_stream(found)
            own = entry(found, "/Resources")
            if isinstance(own, DictionaryObject):
                found[NameObject("/Resources")] = _used_resources(own, _names(found.get_data()))
        elif isinstance(found, EncodedStreamObject):
            _clean_photograph(found)
        stack += [(found.raw_get(inner), str(inner)) for inner in found]


def _clean_photograph(stream: EncodedStreamObject) -> None:
    """A photograph as it was taken, also one that was packed once more, without what is not drawn of it."""
    given = entry(stream, "/Filter")
    filters = [str(name) for name in given] if isinstance(given, ArrayObject) else [str(given)]
    clean = _PHOTOGRAPHS.get(filters[-1])
    if clean is None or filters[:-1] not in ([], ["/FlateDecode"], ["/Fl"]):
        return
    data, parameters = stream._data, entry(stream, "/DecodeParms")
    if filters[:-1]:
        of_packing, own = [*parameters, None, None][:2] if isinstance(parameters, ArrayObject) else (parameters, None)
        try:
            data = FlateDecode.decode(data, of_packing)
        except (PdfReadError, zlib.error, ValueError):
            return  # it cannot be drawn either
        stream.pop("/DecodeParms", None)
        if own is not None:
            stream[NameObject("/DecodeParms")] = own
        stream[NameObject("/Filter")] = NameObject(filters[-1])
    stream._data = clean(data)


def _forget_unknown(found: DictionaryObject) -> None:
    for name in [name for name in found if name not in _KNOWN]:
        del found[name]
    if entry(found, "/Type") == "/OCG":  # a layer; what it is called is not seen
        found[NameObject("/Name")] = TextStringObject("")


def _is_content(found: StreamObject, key: str) -> bool:
    """Whether a stream is of operators: a form, a tiling pattern, or a glyph."""
    return entry(found, "/Subtype") == "/Form" or entry(found, "/PatternType") == 1 or key == "/CharProcs"
