"""What is really drawn on the pages of a PDF: each stretch of text with its place, and why it cannot be seen.

The pages are read back from the finished file; the layout is not asked what it meant.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import unicode_escape_decode, utf_16_be_decode  # the ways of `decode` around these cost more than they do
from collections.abc import Iterator

from docgen.structs import Struct, replace
from docgen.writers.pdf.objects import Font, Objects
from docgen.writers.pdf.places import (
    SAME,
    Box,
    Colour,
    Matrix,
    after_move,
    as_rgb,
    common,
    contrast,
    corners,
    holds,
    matrix_of,
    product,
    spread,
)
from docgen.writers.words import letters

_SMALLEST = 4.0  # points; smaller type is not read by anybody
_LEAST_CONTRAST = 1.5  # between letters and what is under them; the theme's own colours are judged elsewhere
_LEAST_OPACITY = 0.4
_THIN = 2.0  # points; a line covers nothing
_ABOVE, _BELOW = 0.7, 0.2  # em over and under the line that letters stand on
_INVISIBLE = b"3"  # the mode of text that is not painted (ISO 32000-1, table 106)

_Kept = tuple[Matrix, "Colour | None", float, "Box | None", "Font | None", float, bytes]
_Mark = tuple[int, "list[str] | None", bool]
_UNMARKED: _Mark = (-1, None, False)
_NUMBER = re.compile(rb"/MCID (\d+)")
_WHITE = (255, 255, 255)
_HANDLED: tuple[str, ...] = (
    "line",
    "word",
    "tag",
    "properties",
    "array",
    "matrix_of",
    "colour",
    "move",
    "paint",
    "space",
    "mode",
)
_HANDLED += ("size", "string", "hex", "state", "object")

_OPERATOR = re.compile(
    rb"""
    (?# a line of text as Typst writes it, in one go, for there are hundreds)
      q\s(?P<at>SIX)cm/\w++\scs\s(?P<ink>(?:NUM\s)++)scn\sBT\s(?P<how>\d)\sTr/(?P<face>\w++)\s(?P<type>NUM)\sTf\s(?P<within>SIX)Tm
      \[(?P<line>ARRAY)\]TJ\sET\sQ(?=\s|\Z)
    | (?P<word>BT|EMC|[qQ])(?=[\s/\[(]|\Z)
    | /(?P<tag>\w++)\s*(?:(?P<properties><<.*?>>(?=\s?BDC)|/\w+)\s?)?B(?:DC|MC)
    | \[(?![-\d.\s]*\])(?P<array>ARRAY)\]TJ
    | (?P<numbers>(?:NUM\s)++)
      (?:(?P<matrix_of>cm|Tm)|(?P<colour>scn|sc|rg|g|k)(?=\s)|(?P<move>Td)|(?P<path>(?:m|re)\s[-\d.\slmcvyhre]*+)(?P<paint>[fFBbSsnW]\*?))
    | /\w++\scs(?P<space>)
    | (?P<mode>\d)\sTr
    | /(?P<font>\w++)\s(?P<size>NUM)\sTf
    | \((?P<string>.*?)\)\s?Tj | <(?P<hex>[0-9A-Fa-f]*+)>\s?Tj
    | /(?P<state>\w++)\sgs
    | /(?P<object>\w++)\sDo
    """.replace(b"SIX", rb"(?:NUM\s){6}")
    .replace(b"NUM", rb"-?[\d.]++")
    .replace(b"ARRAY", rb"(?:[^\]]++|\](?!TJ))*+"),
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(
    rb"\(((?:\\(?:[0-7]{3}|[btnfr])(?:\\[0-7]{3}|\\.|[^\\]))*+)\)|<([0-9A-Fa-f]*+)>|(-?[\d.]+)", re.DOTALL
)
_IN_HEX = re.compile(rb"[)>0-9]\s?<[0-9A-Fa-f]{4}")
_BETWEEN = re.compile(rb"\)(-?[\d.]+)\(")  # the two bytes of a glyph never end and begin so
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9A-Fa-f]*)>|\((.*?)\)(?=/|>>))", re.DOTALL)


class Drawn(Struct, frozen=True):
    """A stretch of text: its words as glyphs of a font, and its letters alone; `page` from 0 with its width and
    height; `size` of the letters in points.

    `mark` is the number of its marked content on the page, -1 for what repeats on every page; `fault` is why it cannot
    be seen, in Danish (`""` = it can).
    """

    words: tuple[Font, str] | str
    text: str
    page: int
    page_size: tuple[float, float]
    box: Box
    size: float
    mark: int
    fault: str

    @property
    def is_text(self) -> bool:
        """Whether it is the document's own, and not repeated on every page."""
        return self.mark >= 0

    @property
    def shown(self) -> str:
        """The words as they are."""
        if isinstance(self.words, str):
            return self.words
        font, glyphs = self.words
        return glyphs.translate(font.shown)


class _Fill(Struct, frozen=True):
    """A surface that is painted: its number in the order of painting, its place and colour (None = a picture's)."""

    order: int
    box: Box
    colour: Colour | None


def read_pages(data: bytes) -> list[Drawn]:
    """All text of a PDF that Typst made, in the order in which it is painted."""
    objects = Objects(data)
    return [drawn for page, number in enumerate(objects.pages()) for drawn in _Page(objects, number).read(page)]


class _Page:
    """One page while its content stream is followed, operator by operator."""

    def __init__(self, objects: Objects, number: int) -> None:
        self._objects, self._number = objects, number
        self._matrix: Matrix = SAME
        self._colour: Colour | None = (0, 0, 0)
        self._opacity, self._mode, self._size, self._order = 1.0, b"0", 0.0, 0
        self._clip: Box | None = None
        self._font: Font | None = None
        self._line: Matrix = self._matrix
        self._kept: list[_Kept] = []
        self._marks: list[_Mark] = []
        self._fonts = objects.resources(number, "Font")
        self._fills: list[_Fill] = []
        self._drawn: list[tuple[int, Drawn, Colour | None]] = []

    def read(self, page: int) -> Iterator[Drawn]:
        """What is drawn on the page, `page` being its number from 0."""
        left, bottom, right, top = self._objects.box(self._number)
        self._page, self._page_size = page, (right - left, top - bottom)
        handlers = {name: getattr(self, f"_on_{name}") for name in _HANDLED}
        for found in _OPERATOR.finditer(self._content()):
            handlers[found.lastgroup or ""](found)
        for order, drawn, colour in self._drawn:
            fault = drawn.fault or self._hidden_by(drawn.box, colour, order)
            yield replace(drawn, fault=fault) if fault else drawn

    def _content(self) -> bytes:
        found = re.search(rb"/Contents (\d+) 0 R", self._objects.dictionary(self._number))
        return self._objects.stream(int(found[1])) if found else b""

    # -- the state --

    def _on_word(self, found: re.Match[bytes]) -> None:
        word = found["word"]
        if word == b"q":
            self._kept.append(
                (self._matrix, self._colour, self._opacity, self._clip, self._font, self._size, self._mode)
            )
        elif word == b"Q" and self._kept:
            kept = self._kept.pop()
            self._matrix, self._colour, self._opacity, self._clip, self._font, self._size, self._mode = kept
        elif word == b"BT":
            self._line = SAME
        elif word == b"EMC" and self._marks:
            self._marks.pop()

    def _on_matrix_of(self, found: re.Match[bytes]) -> None:
        matrix = matrix_of(found["numbers"])
        if found["matrix_of"] == b"cm":
            self._matrix = product(matrix, self._matrix)
        else:
            self._line = matrix

    def _on_move(self, found: re.Match[bytes]) -> None:
        across, up = map(float, found["numbers"].split()[-2:])
        self._line = after_move(self._line, across, up)

    def _on_colour(self, found: re.Match[bytes]) -> None:
        self._colour = as_rgb(found["numbers"])

    def _on_space(self, found: re.Match[bytes]) -> None:
        self._colour = None  # until it is told; a pattern has no colour of its own

    def _on_state(self, found: re.Match[bytes]) -> None:
        state = self._objects.resources(self._number, "ExtGState").get(found["state"])
        opacity = re.search(rb"/ca ([\d.]+)", self._objects.dictionary(state)) if state else None
        if opacity:
            self._opacity = float(opacity[1])

    def _on_size(self, found: re.Match[bytes]) -> None:
        self._set_font(found["font"], found["size"])

    def _set_font(self, name: bytes, size: bytes) -> None:
        number = self._fonts.get(name)
        self._font, self._size = self._objects.font(number) if number else None, float(size)

    def _on_mode(self, found: re.Match[bytes]) -> None:
        self._mode = found["mode"]

    def _on_tag(self, found: re.Match[bytes]) -> None:
        self._mark(b"")

    def _on_properties(self, found: re.Match[bytes]) -> None:
        self._mark(found["properties"])

    def _mark(self, properties: bytes) -> None:
        mark, replaced, is_picture = self._marks[-1] if self._marks else _UNMARKED
        if b"/ActualText" in properties and (actual := _ACTUAL.search(properties)):
            replaced = [_as_text(actual)]
        if number := _NUMBER.search(properties):
            mark = int(number[1])
        self._marks.append((mark, replaced, is_picture or b"/Alt" in properties))

    # -- what is painted --

    def _on_paint(self, found: re.Match[bytes]) -> None:
        self._order += 1
        box = spread(corners(found["numbers"] + found["path"]), self._matrix)
        if found["paint"].startswith(b"W"):
            self._clip = common(self._clip, box) if self._clip else box
        elif found["paint"][:1] in b"fFBb" and self._opacity >= _LEAST_OPACITY:
            self._fill(box, self._colour)

    def _on_object(self, found: re.Match[bytes]) -> None:
        self._order += 1
        number = self._objects.resources(self._number, "XObject").get(found["object"])
        if number is not None:
            left, bottom, right, top = self._objects.box(number)
            if left == right:  # a picture, which fills the square of the unit
                right = top = 1.0
            self._fill(spread([(left, bottom), (right, bottom), (left, top), (right, top)], self._matrix), None)

    def _fill(self, box: Box, colour: Colour | None) -> None:
        if box[2] - box[0] > _THIN and box[3] - box[1] > _THIN:
            self._fills.append(_Fill(self._order, box, colour))

    def _on_array(self, found: re.Match[bytes]) -> None:
        self._show_array(found["array"])

    def _show_array(self, written: bytes) -> None:
        if b"<" in written and (written.startswith(b"<") or _IN_HEX.search(written)):
            parts = _STRING.findall(written)
            moved = sum(float(number) for _, _, number in parts if number)
            glyphs = "".join(_glyphs(literal, digits) for literal, digits, number in parts if not number)
        else:
            pieces = _BETWEEN.split(written)
            moved, glyphs = sum(map(float, pieces[1::2])), _glyphs(b"".join(pieces[::2])[1:-1], b"")
        self._show(glyphs, moved / 1000)

    def _on_line(self, found: re.Match[bytes]) -> None:
        outer, colour, mode = self._matrix, self._colour, self._mode
        self._matrix = product(matrix_of(found["at"]), outer)
        self._line, self._colour, self._mode = matrix_of(found["within"]), as_rgb(found["ink"]), found["how"]
        self._set_font(found["face"], found["type"])
        self._show_array(found["line"])
        self._matrix, self._colour, self._mode = outer, colour, mode

    def _on_string(self, found: re.Match[bytes]) -> None:
        self._show(_glyphs(found["string"], b""), 0.0)

    def _on_hex(self, found: re.Match[bytes]) -> None:
        self._show(_glyphs(b"", found["hex"]), 0.0)

    def _show(self, glyphs: str, moved: float) -> None:
        self._order += 1
        font = self._font
        if font is None:
            return
        mark, actual, is_picture = self._marks[-1] if self._marks else _UNMARKED
        if actual is None:
            text = glyphs.translate(font.letters)
            if not text.isascii():
                text = unicodedata.normalize("NFC", text)
            words: tuple[Font, str] | str = (font, glyphs)
        else:
            text, words = letters(actual[0]), actual[0]
            actual[0] = ""
        width = (sum(map(font.widths.__getitem__, glyphs)) - moved) * self._size
        matrix = product(self._line, self._matrix)
        self._line = after_move(self._line, width)
        width -= font.spaces_after(glyphs) * self._size
        if not text or is_picture:  # the words in a picture are not the tree's; its text alternative is
            return
        a, b, c, d, e, f = matrix
        size = self._size * (a if a == -d and b == c == 0 else abs(a * d - b * c) ** 0.5)
        low, high = -_BELOW * self._size, _ABOVE * self._size
        if b == c == 0 and a > 0:  # as good as always
            foot, head = (d * low + f, d * high + f) if d > 0 else (d * high + f, d * low + f)
            box = (e, foot, a * width + e, head)
        else:
            box = spread([(0.0, low), (width, low), (0.0, high), (width, high)], matrix)
        drawn = Drawn(words, text, self._page, self._page_size, box, size, mark, self._fault(box, size))
        self._drawn.append((self._order, drawn, self._colour))

    # -- why it cannot be seen --

    def _fault(self, box: Box, size: float) -> str:
        if size < _SMALLEST:
            return f"er sat med {size:.1f} punkt, så den ikke kan læses".replace(".", ",")
        if self._mode == _INVISIBLE or self._opacity < _LEAST_OPACITY:
            return "er usynlig"
        if self._clip and not holds(self._clip, box):
            return "er skåret af"
        return ""

    def _hidden_by(self, box: Box, colour: Colour | None, order: int) -> str:
        under: _Fill | None = None
        across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for fill in self._fills:
            left, bottom, right, top = fill.box
            if left <= across <= right and bottom <= up <= top:
                if fill.order > order:
                    return "er dækket af en flade"
                under = fill
        ground = _WHITE if under is None else under.colour
        if ground is not None and colour is not None and contrast(colour, ground) < _LEAST_CONTRAST:
            return "har samme farve som det, den står på"
        return ""


def _glyphs(literal: bytes, digits: bytes) -> str:
    """The glyphs of a string, two bytes each, as signs of their numbers (ISO 32000-1, 7.3.4 and 9.7.6)."""
    if digits:
        return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
    plain = literal.replace(b"\\(", b"(").replace(b"\\)", b")")
    return utf_16_be_decode(unicode_escape_decode(plain)[0].encode("latin-1"), "replace", True)[0]


def _as_text(actual: re.Match[bytes]) -> str:
    """A text of a PDF (ISO 32000-1, 7.9.2.2)."""
    if actual[1] is not None:
        data = bytes.fromhex(actual[1].decode())
        return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("latin-1")
    return re.sub(rb"\\(.)", rb"\1", actual[2]).decode("latin-1")
