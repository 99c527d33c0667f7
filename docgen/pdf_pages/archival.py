"""Whether pages from elsewhere that hold pictures and drawings alone are fit for PDF/A-3b (ISO 19005-3, 6.2).

Only what a scanner, a camera or a drawing program needs is known here; whatever else a page uses makes it unfit, so
that no more is claimed than is seen. Pages with words are taken at their file's own word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from docgen.pdf_pages.entries import entry

_TOKEN = re.compile(
    rb"(?s:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))|<[0-9A-Fa-f\s]*+>|<<|>>|[\[\]]|/(?P<name>[^\s/<>\[\](){}%]*+)"
    rb"|(?P<number>[+-]?(?:\d{1,9}(?:\.\d*+)?|\.\d++)(?![^\s/<>\[\]()%]))|(?P<word>[^\s/<>\[\]()%]++)|(?P<odd>\S)"
)
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BX c cm CS cs d Do DP EMC EX f F f* G g gs h i j J l m M MP n q Q re RG rg ri s S SC sc SCN "
    b"scn sh v w W W* y true false null".split()
)
"""All but those of words, of glyphs and of the colours of a press (ISO 32000-1, Annex A)."""
_IMAGE_DATA = re.compile(rb"\sID\s(?s:.*?)\sEI(?=\s|$)")
_UNFIT_NAMES = frozenset(b"DeviceCMYK CMYK LZW LZWDecode Crypt I Interpolate".split())
_FILTERS = {
    *("/DCTDecode", "/FlateDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode"),
    *("/ASCIIHexDecode", "/ASCII85Decode"),
}
_INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
_BLENDS = {
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge"),
    *("/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color"),
    "/Luminosity",
}
_SIDES = (3, 14400)  # points (ISO 19005-3, 6.1.13)
_DEEPEST_SAVE = 28  # q inside q (ISO 19005-3, 6.1.13)
_MOST_LAYERS = 20


def are_archival_pictures(pages: Iterable[PageObject]) -> bool:
    """Whether clean pages have no words and nothing that PDF/A-3b forbids. That a picture be smoothed, which is only a
    wish of its maker's, is taken out of them (ISO 19005-3, 6.2.8)."""
    try:
        return all(_is_fit_page(page) for page in pages)
    except Exception:  # pypdf raises whatever a broken page leads it into
        return False


def _is_fit_page(page: PageObject) -> bool:
    box: Any = page["/MediaBox"]
    left, bottom, right, top = map(float, box)
    if not all(_SIDES[0] <= side <= _SIDES[1] for side in (right - left, top - bottom)):
        return False
    contents = page.get_contents()
    shown = [
        entry(annotation["/AP"], "/N")
        for annotation in map(_resolved, entry(page, "/Annots") or ())
        if "/AP" in annotation
    ]
    own = contents is None or _is_fit_content(contents.get_data(), entry(page, "/Resources"), 0)
    return own and _is_fit_group(entry(page, "/Group")) and all(_is_fit_object(form, 0) for form in shown)


def _is_fit_content(data: bytes, resources: Any, layers: int) -> bool:
    """Whether a content stream has known operators alone, and everything that it names is fit."""
    depth, named = 0, False
    for token in _TOKEN.finditer(_IMAGE_DATA.sub(b" ", data)):
        word, name = token["word"], token["name"]
        if token["odd"] or (word and word not in _OPERATORS) or (name and name in _UNFIT_NAMES):
            return False
        named = named or bool(name)
        depth += {b"q": 1, b"Q": -1}.get(word or b"", 0)
        if depth > _DEEPEST_SAVE:
            return False
    if not isinstance(resources, DictionaryObject):
        return not named
    return layers < _MOST_LAYERS and _are_fit_resources(resources, layers + 1)


def _are_fit_resources(resources: DictionaryObject, layers: int) -> bool:
    checks: dict[str, Callable[[Any], bool]] = {
        "/XObject": lambda found: _is_fit_object(found, layers),
        "/Pattern": lambda found: _is_fit_pattern(found, layers),
        "/ExtGState": lambda found: _is_fit_state(found, layers),
        "/ColorSpace": lambda found: _is_fit_colour(found, layers),
        "/Shading": lambda found: _is_fit_shading(found, layers),
        "/Properties": lambda found: entry(found, "/Type") != "/OCG" and "/OCGs" not in found,
        "/Font": lambda found: False,
    }
    for key in resources:
        named = entry(resources, key)
        if key in checks and not all(checks[key](found) for found in _values(named)):
            return False
    return True


def _values(named: Any) -> Iterator[Any]:
    if isinstance(named, DictionaryObject):
        for name in named:
            if not str(name).isascii():
                raise ValueError(name)
            yield entry(named, name)


def _is_fit_object(found: Any, layers: int) -> bool:
    """Whether a form or a picture is fit."""
    if not isinstance(found, StreamObject) or layers > _MOST_LAYERS:
        return False
    if entry(found, "/Subtype") == "/Image":
        return _is_fit_picture(found, layers)
    fit = entry(found, "/Subtype") == "/Form" and "/Ref" not in found and _is_fit_group(entry(found, "/Group"))
    return fit and _is_fit_content(found.get_data(), entry(found, "/Resources"), layers)


def _is_fit_picture(picture: StreamObject, layers: int) -> bool:
    if "/Interpolate" in picture:
        del picture[NameObject("/Interpolate")]
    given = entry(picture, "/Filter")
    filters = given if isinstance(given, ArrayObject) else [] if given is None else [given]
    intent, space = entry(picture, "/Intent"), entry(picture, "/ColorSpace")
    masks = [entry(picture, key) for key in ("/SMask", "/Mask") if isinstance(entry(picture, key), StreamObject)]
    return (
        set(map(str, filters)) <= _FILTERS
        and (intent is None or intent in _INTENTS)
        and (entry(picture, "/ImageMask") or entry(picture, "/BitsPerComponent") in (1, 2, 4, 8, 16))
        and (space is None or _is_fit_colour(space, layers + 1))
        and all(_is_fit_object(mask, layers + 1) for mask in masks)
    )


def _is_fit_colour(space: Any, layers: int) -> bool:
    """Whether a colour space is one of the screen's, or brings its own profile of grey or of red, green and blue."""
    if not isinstance(space, ArrayObject) or not space:
        return str(space) in ("/DeviceGray", "/DeviceRGB", "/Pattern", "/G", "/RGB")
    kind, *rest = (_resolved(item) for item in list.__iter__(space))
    if kind in ("/Indexed", "/Pattern"):
        return layers < _MOST_LAYERS and (not rest or _is_fit_colour(rest[0], layers + 1))
    return kind in ("/CalGray", "/CalRGB", "/Lab") or (kind == "/ICCBased" and bool(rest) and _is_fit_profile(rest[0]))


def _is_fit_profile(profile: Any) -> bool:
    """ISO 15076-1, 7.2: its signature, version, class and colours; these are as many as the PDF says."""
    data = profile.get_data()
    colours = {1: b"GRAY", 3: b"RGB "}.get(int(entry(profile, "/N") or 0))
    known = data[36:40] == b"acsp" and data[8] <= 4 and data[12:16] in (b"prtr", b"mntr", b"scnr", b"spac")
    return known and data[16:20] == colours


def _is_fit_pattern(pattern: Any, layers: int) -> bool:
    if isinstance(pattern, StreamObject):
        return layers < _MOST_LAYERS and _is_fit_content(pattern.get_data(), entry(pattern, "/Resources"), layers)
    state = entry(pattern, "/ExtGState")
    return _is_fit_shading(entry(pattern, "/Shading"), layers) and (state is None or _is_fit_state(state, layers))


def _is_fit_shading(shading: Any, layers: int) -> bool:
    given = entry(shading, "/Filter")
    filters = given if isinstance(given, ArrayObject) else [] if given is None else [given]
    return set(map(str, filters)) <= _FILTERS and _is_fit_colour(entry(shading, "/ColorSpace"), layers)


def _is_fit_state(state: Any, layers: int) -> bool:
    if {"/TR", "/HT", "/HTP", "/Font"} & set(state) or entry(state, "/TR2") not in (None, "/Default"):
        return False
    mode, mask, intent = entry(state, "/BM"), entry(state, "/SMask"), entry(state, "/RI")
    modes = set(map(str, mode)) if isinstance(mode, ArrayObject) else {str(mode or "/Normal")}
    if not modes <= _BLENDS or intent not in (None, *_INTENTS):
        return False
    if isinstance(mask, DictionaryObject):
        return "/TR" not in mask and _is_fit_object(entry(mask, "/G"), layers + 1)
    return mask in (None, "/None")


def _is_fit_group(group: Any) -> bool:
    space = None if group is None else entry(group, "/CS")
    return space is None or _is_fit_colour(space, 0)


def _resolved(item: Any) -> Any:
    return item.get_object() if not isinstance(item, NumberObject) else item
