"""What a PDF from elsewhere would lose as pages of another: refused where it is seen, told where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from math import isfinite
from typing import Any

from docgen import danish
from docgen.pdf_pages.entries import entry

_PRINT = "åbn det, udskriv det til PDF, og brug den fil"
_DRAWN = {
    *("/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp", "/Caret", "/Redact"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut"),
}
"""Annotations that a reader draws by itself where they bring no picture (ISO 32000-1, 12.5.6)."""
_LEFT_OUT = {
    ("/FileAttachment",): "en vedhæftet fil",
    ("/Text",): "en note",
    ("/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"): "lyd, film eller en model",
}
"""What the pages of another PDF have no place for, by its kinds of annotation (ISO 32000-1, Table 169)."""
_UNSEEN = 2 | 32  # annotation flags Hidden and NoView (ISO 32000-1, Table 165)
_PUSH_BUTTON = 1 << 16  # field flag (ISO 32000-1, Table 226)
_SHOWS_TEXT = re.compile(rb"\b(?:Tj|TJ)\b|[)>\]]\s*['\"]|T[jJ]")
_PAINTS = re.compile(rb"(?<![\w/*])(?:Do|sh|BI|[SFBbf]\*?|s)(?![\w*])")
_WAIT = re.compile(r"please\s+wait|vent\s+venligst|vent\s+et\s+øjeblik", re.IGNORECASE)
_FEW_WORDS = 20  # operators that show text; a page with more has words
_FORM_DEPTH = 4
_MOST_FIELDS = 5000
_DEEPEST = 20
_SMALLEST = 72  # points: an inch, under which nothing can stand in a page's foot


def seen_loss(reader: Any) -> tuple[str, str] | None:
    """Why the pages would show something else than a reader of PDF does: what is wrong (as the end of a sentence that
    begins with the file), and what would be right."""
    catalog = reader.root_object
    if "/Collection" in catalog:
        hint = "gem filerne i den som PDF, og vedhæft dem hver for sig"
        return "er en portefølje, hvis filer ligger inde i den og ikke på dens sider", hint
    form = entry(catalog, "/AcroForm") or {}
    if "/XFA" in form and (entry(catalog, "/NeedsRendering") or _waits(reader.pages)):
        return "er en XFA-formular, som kun Adobe Reader kan vise", _PRINT
    renewed = bool(entry(form, "/NeedAppearances"))
    for number, page in enumerate(reader.pages, 1):
        if wrong := _wrong_size(page):
            return f"har en side (side {number}), der {wrong}", "udskriv det til PDF i A4, og brug den fil"
        for annotation in placed_annotations(page):
            if what := _unseen(annotation, renewed):
                return f"har {what} på side {number}, som ikke ville blive vist", _PRINT
    return None


def losses(reader: Any) -> Iterator[str]:
    """What does not follow with the pages, each as the end of a sentence that begins with the file."""
    if any(True for _ in _signatures(reader)):
        yield "har en digital underskrift, som ikke følger med"
    with suppress(Exception):  # pypdf raises whatever a broken file leads it into
        if names := sorted(dict.fromkeys(map(str, reader.attachments))):
            yield f"har vedhæftede filer, som ikke følger med: {', '.join(names)}"
    for kinds, words in _LEFT_OUT.items():
        pages = [
            number
            for number, page in enumerate(reader.pages, 1)
            if any(entry(found, "/Subtype") in kinds for found in placed_annotations(page))
        ]
        if pages:
            yield f"har {words} på {pages_in_words(pages)}, som ikke følger med"


def silent_pages(reader: Any) -> tuple[int, ...]:
    """The pages, from 1, that show something and no words, as a scanner's do: nobody can have them read aloud."""
    return tuple(number for number, page in enumerate(reader.pages, 1) if _is_silent(page))


def is_blank(reader: Any) -> bool:
    """Whether no page shows anything."""
    return not any(
        any(map(_PAINTS.search, streams)) or any(map(_SHOWS_TEXT.search, streams)) or any(placed_annotations(page))
        for page in reader.pages
        if (streams := list(_streams(page)))
    )


def pages_in_words(numbers: Sequence[int]) -> str:
    """Numbers of pages, with those that follow each other as one: `side 1-3 og 7`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return "side " + danish.enumerate([f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in ranges])


def _is_silent(page: Any) -> bool:
    streams = list(_streams(page))
    marks = sum(len(_SHOWS_TEXT.findall(data)) for data in streams)
    if marks > _FEW_WORDS:
        return False
    # A word processor sets a space beside a picture that fills its page.
    return any(map(_PAINTS.search, streams)) and not (marks and page.extract_text().strip())


def _streams(page: Any) -> Iterator[bytes]:
    """The contents of a page and of the forms that it has."""
    contents = page.get_contents()
    yield b"" if contents is None else contents.get_data()
    yield from _form_streams(page, _FORM_DEPTH)


def _form_streams(shown: Any, depth: int) -> Iterator[bytes]:
    """The contents of the forms that a page or form has."""
    named = entry(entry(shown, "/Resources") or {}, "/XObject") or {}
    for name in named if depth else ():
        form = entry(named, name)
        if entry(form, "/Subtype") == "/Form":
            yield form.get_data()
            yield from _form_streams(form, depth - 1)


def placed_annotations(page: Any) -> Iterator[Any]:
    """The annotations of a page that have a place."""
    listed = entry(page, "/Annots")
    for item in listed if isinstance(listed, list) else ():
        found = item.get_object()
        if isinstance(found, dict) and "/Rect" in found:
            yield found


def _wrong_size(page: Any) -> str:
    """What is wrong with how large a page is, as the end of a sentence; any two corners make a box."""
    try:
        boxes = [[float(side) for side in entry(page, key)] for key in ("/MediaBox", "/CropBox") if key in page]
    except (TypeError, ValueError):
        boxes = [[]]
    if "/MediaBox" not in page or any(len(box) != 4 or not all(map(isfinite, box)) for box in boxes):
        return "ikke har et mål, der kan læses"
    boxes = [[min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2])] for box in boxes]
    low, high = (
        (max(box[side] for box in boxes) for side in (0, 1)),
        (min(box[side] for box in boxes) for side in (2, 3)),
    )
    sides = [end - start for start, end in zip(low, high, strict=True)]
    if min(sides) <= 0:
        return "er beskåret, så intet af den er tilbage"
    return "er mindre end 2,5 cm" if min(sides) < _SMALLEST else ""


def _waits(pages: Any) -> bool:
    """Whether the only page is what a reader without XFA shows ("Please wait...")."""
    return len(pages) == 1 and _WAIT.search(pages[0].extract_text()) is not None


def _unseen(annotation: Any, renewed: bool) -> str:
    """What an annotation would no longer show, in words; empty where it shows what it did. `renewed` says that its
    picture is made anew by whoever opens the file."""
    if int(entry(annotation, "/F") or 0) & _UNSEEN:
        return ""
    kind, picture = entry(annotation, "/Subtype"), _picture(annotation)
    if kind in _DRAWN and picture is None:
        return "en bemærkning eller figur"
    if kind != "/Widget":
        return ""
    value, type = _inherited(annotation, "/V"), _inherited(annotation, "/FT")
    if type == "/Btn":
        push = int(_inherited(annotation, "/Ff") or 0) & _PUSH_BUTTON
        state = entry(annotation, "/AS") or value
        return "" if push or state in (None, "/Off") or picture is not None else "et afkrydset felt"
    if type not in ("/Tx", "/Ch") or not str(value or "").strip():
        return ""
    words = str(value[0] if isinstance(value, list) and value else value)
    if picture is None or not _shows(picture, words if renewed else ""):
        return "et udfyldt felt"
    return ""


def _shows(picture: Any, words: str) -> bool:
    """Whether a field's picture shows text, and just these words where there are any."""
    with suppress(Exception):
        data = picture.get_data()
        first = words.split()[0].encode("latin-1", "ignore") if words.split() else b""
        return _SHOWS_TEXT.search(data) is not None and (first in data or first.hex().encode() in data.lower())
    return True


def _picture(annotation: Any) -> Any:
    pictures = entry(annotation, "/AP")
    normal = entry(pictures, "/N") if isinstance(pictures, dict) else None
    if normal is None or hasattr(normal, "get_data"):
        return normal
    state = entry(annotation, "/AS")
    return entry(normal, state) if state in normal else None


def _inherited(field: Any, key: str) -> Any:
    """A field's entry, or that of the field that it is a part of (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_DEEPEST):
        if not isinstance(field, dict):
            return None
        if key in field:
            return entry(field, key)
        field = entry(field, "/Parent")
    return None


def _signatures(reader: Any) -> Iterator[Any]:
    """The signed fields of a file."""
    form = entry(reader.root_object, "/AcroForm") or {}
    left = list(entry(form, "/Fields") or ())
    left += [found for page in reader.pages for found in placed_annotations(page)]
    for _ in range(_MOST_FIELDS):
        if not left:
            return
        field = left.pop().get_object()
        if isinstance(field, dict):
            if _inherited(field, "/FT") == "/Sig" and _inherited(field, "/V") is not None:
                yield field
            left += list(entry(field, "/Kids") or ())
