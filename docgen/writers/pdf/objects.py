"""The objects of a PDF as Typst writes it: pages, fonts and content streams, read from the finished file.

Only what Typst writes is known: a table of objects (ISO 32000-1, 7.5.4), streams without filter or by FlateDecode, and
fonts whose letters are told by a ToUnicode map. Of anything else nothing is read, so that its words are missed.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping

from docgen.writers.words import letters

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")
_LENGTH = re.compile(rb"/Length (\d+)")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_BOX = re.compile(rb"/(?:MediaBox|BBox)\s*\[([^\]]*)\]")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+) (\d+) 0 R")
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_TRIPLE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_WIDTH = re.compile(rb"(\d+) (\d+) ([\d.]+)|(\d+)\s*\[([\d.\s]*)\]")


class Font:
    """What the glyphs of a font say and how wide they are, by the sign whose number is the glyph's."""

    def __init__(self, said: Mapping[int, str], widths: Mapping[str, float]) -> None:
        self.shown = _Words(said)
        """The words as they are, for `str.translate`."""
        self.letters = _Words({glyph: letters(text) for glyph, text in said.items()})
        """The words as they are compared, likewise."""
        self.widths = widths
        """In em."""
        self._spaces = "".join(chr(glyph) for glyph, text in said.items() if glyph <= 0xFFFF and text.isspace())

    def spaces_after(self, glyphs: str) -> float:
        """How wide the spaces are that some glyphs end with, in em: at the end of a line they take no room."""
        words = glyphs.rstrip(self._spaces)
        return 0.0 if len(words) == len(glyphs) else sum(self.widths[glyph] for glyph in glyphs[len(words) :])


class _Words(dict[int, str]):
    def __missing__(self, glyph: int) -> str:
        return "\N{REPLACEMENT CHARACTER}"


class Objects:
    """The objects of a PDF by their number; what is not there is empty."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offsets: list[int] = []
        self._fonts: dict[int, Font] = {}
        if found := _START.search(data, max(len(data) - 100, 0)):
            table = data[int(found[1]) : int(found[1]) + 64]
            if head := re.match(rb"xref\s+0 (\d+)\s+", table):
                first = int(found[1]) + head.end()
                entries = _ENTRY.findall(data, first, first + 20 * int(head[1]))
                self._offsets = [int(offset) if kind == b"n" else -1 for offset, kind in entries]

    def dictionary(self, number: int) -> bytes:
        """An object as it stands in the file, a stream only its dictionary."""
        if not 0 <= number < len(self._offsets) or self._offsets[number] < 0:
            return b""
        start = self._offsets[number]
        end = self._data.find(b"endobj", start)
        stream = self._data.find(b"stream", start, end)
        return self._data[start : end if stream < 0 else stream]

    def stream(self, number: int) -> bytes:
        """What a stream holds; nothing where it is packed in a way that is not known."""
        head = self.dictionary(number)
        length = _LENGTH.search(head)
        if length is None or self._offsets[number] < 0:
            return b""
        start = self._data.find(b"\n", self._offsets[number] + len(head)) + 1
        data = self._data[start : start + int(length[1])]
        if b"/FlateDecode" in head:
            return zlib.decompressobj().decompress(data)
        return b"" if b"/Filter" in head else data

    def catalog(self) -> bytes:
        """The dictionary that all else hangs on."""
        root = re.search(rb"/Root (\d+) 0 R", self._data[-400:])
        return self.dictionary(int(root[1])) if root else b""

    def pages(self) -> list[int]:
        """The numbers of the pages in their order."""
        tree = re.search(rb"/Pages (\d+) 0 R", self.catalog())
        return self._leaves(int(tree[1])) if tree else []

    def _leaves(self, number: int) -> list[int]:
        kids = _KIDS.search(self.dictionary(number))
        if kids is None:
            return [number]
        return [leaf for kid in _REFERENCE.findall(kids[1]) for leaf in self._leaves(int(kid))]

    def box(self, number: int) -> tuple[float, float, float, float]:
        """The box of a page or a form: left, bottom, right, top in its own units."""
        found = _BOX.search(self.dictionary(number))
        left, bottom, right, top = (float(part) for part in found[1].split()) if found else (0.0,) * 4
        return left, bottom, right, top

    def resources(self, number: int, kind: str) -> dict[bytes, int]:
        """The objects that the content of a page or form names, of a kind such as `Font`."""
        head = self.dictionary(number)
        if found := re.search(rb"/Resources (\d+) 0 R", head):
            head = self.dictionary(int(found[1]))
        named = re.search(rb"/" + kind.encode() + rb"\s*<<(.*?)>>", head, re.DOTALL)
        return {name: int(object) for name, object in _NAMED.findall(named[1])} if named else {}

    def font(self, number: int) -> Font:
        """A font, read once."""
        if number not in self._fonts:
            self._fonts[number] = self._read_font(number)
        return self._fonts[number]

    def _read_font(self, number: int) -> Font:
        head = self.dictionary(number)
        told = re.search(rb"/ToUnicode (\d+) 0 R", head)
        shown = _said(self.stream(int(told[1]))) if told else {}
        inner = re.search(rb"/DescendantFonts\s*\[(\d+) 0 R", head)
        widths = _widths(self.dictionary(int(inner[1])) if inner else b"")
        return Font(shown, widths)


def _said(cmap: bytes) -> dict[int, str]:
    """What each glyph says (ISO 32000-1, 9.10.3)."""
    said: dict[int, str] = {}
    for section in _CHARACTERS.findall(cmap):
        said |= {int(glyph, 16): _utf16(text) for glyph, text in _PAIR.findall(section)}
    for section in _RANGES.findall(cmap):
        for first, last, written in _TRIPLE.findall(section):
            text, start = _utf16(written), int(first, 16)
            said |= {n: text[:-1] + chr(ord(text[-1]) + n - start) for n in range(start, int(last, 16) + 1) if text}
    return said


def _utf16(digits: bytes) -> str:
    if len(digits) == 4 and (digits[:1] not in b"dD"):  # as nearly all are: one sign, and no half of one
        return chr(int(digits, 16))
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _widths(head: bytes) -> Mapping[str, float]:
    """How wide the glyphs are (ISO 32000-1, 9.7.4.3)."""
    found = re.search(rb"/W\s*\[", head)
    widths: defaultdict[str, float] = defaultdict(float)
    for first, last, width, start, several in _WIDTH.findall(head, found.end()) if found else ():
        if first:
            widths |= dict.fromkeys(map(chr, range(int(first), int(last) + 1)), float(width) / 1000)
        else:
            widths |= {chr(int(start) + place): float(one) / 1000 for place, one in enumerate(several.split())}
    return widths
