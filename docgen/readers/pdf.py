"""The letters of a PDF, where they stand and how they look, read with pdfium (pypdfium2).

Use it in a confined process: a PDF from a stranger is read by a library that is not Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double, c_int, c_void_p, cast, create_string_buffer
from itertools import pairwise
from typing import Any

from docgen.problems import ContentError, Origin, Problem
from docgen.readers.pdf_rules import Rule, rules_of
from docgen.readers.pdf_tags import Tagged, tagged_of
from docgen.structs import Struct

_SAVE_AGAIN = "gem den igen fra det program, den er lavet i"
_MOST_PAGES = 400
_MOST_LETTERS = 2_000_000
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
"""A bit of the flags of a font (ISO 32000-1, table 123)."""
_ITALIC = 1 << 6
_SAME_LINE = 0.35
_FARTHEST = 1.6
"""How far letters of one stretch can be apart, in sizes."""
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\N{SOFT HYPHEN}": "-", "\N{HYPHEN}": "-"}


_BULLET = "\N{BULLET}"
"""A sign of a symbol font, which has no letter of Unicode: such signs begin the items of a list."""


class Letters(Struct, frozen=True):
    """A stretch of letters on a line of a page, in the order of the file: the letters without blanks, before each how
    far it is from the one before (in thousandths of its size; 9999: there was a blank), whether each is bold (`1`), the
    box round them (left, bottom, right, top in points) and their size."""

    text: str
    gaps: tuple[int, ...]
    bold: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


class TaggedLetters(Struct, frozen=True):
    """A block of a page as its tags tell it, with its stretches and those of its sign."""

    tag: Tagged
    letters: tuple[Letters, ...]
    sign: tuple[Letters, ...] = ()


class PdfPage(Struct, frozen=True):
    """A page: its width and height in points, its stretches, its blocks where most of the file is tagged, and the lines
    that are drawn on it."""

    width: float
    height: float
    letters: tuple[Letters, ...]
    blocks: tuple[TaggedLetters, ...] = ()
    rules: tuple[Rule, ...] = ()


BLANK = 9999
"""The gap where a blank stood."""


def read_pdf(name: str, data: bytes) -> list[PdfPage]:
    """The pages of a PDF. Raises ContentError where it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            hint = "åbn den med adgangskoden, og gem den uden"
            raise refused(name, "PDF-filen er beskyttet med adgangskode", hint) from None
        raise refused(name, "PDF-filen kan ikke læses: den er ødelagt", _SAVE_AGAIN) from None
    if len(document) > _MOST_PAGES:
        raise refused(name, f"PDF-filen har mere end {_MOST_PAGES} sider", "del den")
    pages: list[tuple[float, float, list[_Letter], list[Tagged], list[Rule]]] = []
    left = _MOST_LETTERS
    fonts: dict[int, int] = {}
    for number in range(len(document)):
        try:
            page = document[number]
            letters = list(_each(page.get_textpage(), left, fonts))
        except pypdfium2.PdfiumError:
            raise refused(name, f"side {number + 1} af PDF-filen kan ikke læses", _SAVE_AGAIN) from None
        left -= len(letters)
        pages.append((*page.get_size(), letters, tagged_of(page), rules_of(page)))
    main = _main_font(letter for _, _, letters, _, _ in pages for letter in letters)
    is_tagged = _is_tagged((letters, tags) for _, _, letters, tags, _ in pages)
    return [
        PdfPage(
            width,
            height,
            tuple(_stretches(letters, main, [rule for rule in rules if rule.is_upright])),
            tuple(_blocks(letters, tags, main)) if is_tagged else (),
            tuple(rules),
        )
        for width, height, letters, tags, rules in pages
    ]


_LEAST_TAGGED = 0.8


def _is_tagged(pages: Iterable[tuple[list[_Letter], list[Tagged]]]) -> bool:
    """Whether the tags hold most of what is drawn, and tell more than that all of it is paragraphs."""
    count = held = 0
    sorts: set[str] = set()
    for letters, tags in pages:
        marks = {mark for tag in tags for mark in (*tag.marks, *tag.signs)}
        count += len(letters)
        held += sum(letter.mark in marks for letter in letters)
        sorts |= {tag.sort for tag in tags if tag.marks}
    return held >= _LEAST_TAGGED * count > 0 and "heading" in sorts


def _blocks(letters: Sequence[_Letter], tags: Sequence[Tagged], main: int) -> Iterator[TaggedLetters]:
    """The tagged blocks of a page with their letters, in the order in which they are drawn."""
    by_mark: dict[int, list[_Letter]] = {}
    for letter in letters:
        by_mark.setdefault(letter.mark, []).append(letter)
    for tag in tags:
        own, sign = (
            tuple(_stretches((letter for mark in marks for letter in by_mark.get(mark, ())), main))
            for marks in (tag.marks, tag.signs)
        )
        if own or sign or tag.sort in ("cell", "figure"):
            yield TaggedLetters(tag, own, sign)


def _main_font(letters: Iterable[_Letter]) -> int:
    """The font of most letters: what is not in it, and is not slanted, stands out."""
    counts: Counter[int] = Counter(letter.font for letter in letters)
    return counts.most_common(1)[0][0] if counts else -1


def picture_of(data: bytes, number: int, box: tuple[float, float, float, float], scale: float = 1.6) -> bytes:
    """A part of a page as PNG: the box is left, bottom, right, top in points."""
    import io

    import pypdfium2

    page = pypdfium2.PdfDocument(data)[number]
    width, height = page.get_size()
    left, bottom, right, top = box
    crop = (max(left, 0), max(bottom, 0), max(width - right, 0), max(height - top, 0))
    shown = page.render(scale=scale, crop=crop, grayscale=True)
    out = io.BytesIO()
    shown.to_pil().save(out, format="PNG", optimize=True)
    return out.getvalue()


class _Letter(Struct, frozen=True):
    sign: str
    bold: bool
    left: float
    bottom: float
    right: float
    top: float
    line: float
    size: float
    after_blank: bool
    font: int
    slanted: bool
    mark: int


def _stretches(letters: Iterable[_Letter], main: int, upright: Sequence[Rule] = ()) -> Iterator[Letters]:
    """The stretches of a page; none goes on over an upright line."""
    held: list[_Letter] = []
    for letter in letters:
        if held and (not _goes_on(held[-1], letter) or _is_between(upright, held[-1], letter)):
            yield _stretch(held, main)
            held = []
        held.append(letter)
    if held:
        yield _stretch(held, main)


def _is_between(upright: Sequence[Rule], last: _Letter, letter: _Letter) -> bool:
    return any(
        last.right - 1 <= one.left <= letter.left + 1 and one.bottom <= letter.line <= one.top for one in upright
    )


def _goes_on(last: _Letter, letter: _Letter) -> bool:
    size = max(last.size, letter.size, 1.0)
    gap = letter.left - last.right
    near = -1.2 * size < gap < _FARTHEST * size
    return near and abs(letter.line - last.line) < _SAME_LINE * size and 0.6 < letter.size / max(last.size, 0.1) < 1.67


def _stretch(held: list[_Letter], main: int) -> Letters:
    gaps = [0]
    for before, after in pairwise(held):
        size = max(after.size, 1.0)
        gaps.append(BLANK if after.after_blank else int(1000 * (after.left - before.right) / size))
    return Letters(
        "".join(one.sign for one in held),
        tuple(gaps),
        "".join("1" if one.bold or (one.font != main and not one.slanted) else "0" for one in held),
        min(one.left for one in held),
        min(one.bottom for one in held),
        max(one.right for one in held),
        max(one.top for one in held),
        sorted(one.size for one in held)[len(held) // 2],
    )


def _each(text: Any, most: int, fonts: dict[int, int]) -> Iterator[_Letter]:
    """Every letter of a page that is one."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFText_CountChars(text), max(most, 0))
    after_blank = False
    name, flags = create_string_buffer(128), c_int()
    box = pdfium.FS_RECTF()
    across, up = c_double(), c_double()
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not sign or pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        sign = _BULLET if "\ue000" <= sign <= "\uf8ff" else _HYPHENS.get(sign, sign)
        if sign.isspace() or not sign.isprintable():
            after_blank = after_blank or sign.isspace()
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, byref(box))
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        pdfium.FPDFText_GetCharOrigin(text, at, byref(across), byref(up))
        size = pdfium.FPDFText_GetFontSize(text, at) or 1.0
        weight = pdfium.FPDFText_GetFontWeight(text, at)
        length = pdfium.FPDFText_GetFontInfo(text, at, name, 128, byref(flags))
        said = name.raw[: max(min(length, 128) - 1, 0)].decode("latin-1").lower()
        bold = weight >= _BOLD_WEIGHT or "bold" in said or "black" in said or bool(flags.value & _FORCE_BOLD)
        shown = pdfium.FPDFText_GetTextObject(text, at)
        address = cast(pdfium.FPDFTextObj_GetFont(shown), c_void_p).value or 0 if shown else 0
        font, slanted = fonts.setdefault(address, len(fonts)), bool(flags.value & _ITALIC) or "italic" in said
        size = _shown_size(text, at, size)
        mark = int(pdfium.FPDFPageObj_GetMarkedContentID(shown)) if shown else -1
        yield _Letter(sign, bold, left, bottom, right, top, up.value, size, after_blank, font, slanted, mark)
        after_blank = False


def _shown_size(text: Any, at: int, size: float) -> float:
    """The size of a letter as it is seen: its font's, by the scale that it is set with."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(text, at, byref(matrix)):
        scale = (matrix.b**2 + matrix.d**2) ** 0.5
        return float(size * scale) if 0.01 < scale < 1000 else float(size)
    return float(size)


def refused(name: str, what: str, hint: str) -> ContentError:
    """That a PDF cannot be read, and what would be right."""
    return ContentError([Problem(Origin(name), what, hint)])
