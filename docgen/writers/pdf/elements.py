"""Which stretches of text are one paragraph, cell or item, by the tags of a PDF that Typst made.

A text that is divided between pages is drawn in pieces, with others between them; its tag says which belong together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from docgen.writers.pdf.drawn import Drawn
from docgen.writers.pdf.objects import Objects

_ROOT = re.compile(rb"/StructTreeRoot (\d+) 0 R")
_KIDS = re.compile(rb"/K\s?(\[(?:[^\[\]<>]|<<[^<>]*>>)*\]|\d+ 0 R|\d+)")
_KID = re.compile(rb"<<(?P<marked>[^<>]*)>>|(?P<element>\d+) 0 R|(?P<mark>\d+)")
_MARK = re.compile(rb"/MCID (\d+)")
_PAGE = re.compile(rb"/Pg (\d+) 0 R")

_Mark = tuple[int, int]
"""The number of a page, from 0, and of marked content on it (ISO 32000-1, 14.7.4)."""


def texts_of_elements(data: bytes, drawn: Sequence[Drawn]) -> Iterator[list[int]]:
    """For each element of a PDF's structure the numbers of the stretches that it has, in the order in which they are
    read; inner ones before those around them."""
    objects = Objects(data)
    root = _ROOT.search(data[-4000:]) or _ROOT.search(data)
    pages = {number: place for place, number in enumerate(objects.pages())}
    at: defaultdict[_Mark, list[int]] = defaultdict(list)
    for number, one in enumerate(drawn):
        at[one.page, one.mark].append(number)
    for marks in _elements(objects, int(root[1]), pages) if root else ():
        if found := [number for mark in marks for number in at.get(mark, ())]:
            yield found


def _elements(objects: Objects, root: int, pages: dict[int, int]) -> Iterator[list[_Mark]]:
    """The marks of each element below a root, inner ones first."""
    found: list[list[_Mark]] = []

    def marks_of(number: int) -> list[_Mark]:
        dictionary = objects.dictionary(number)
        page = _page(dictionary, pages, -1)
        kids = _KIDS.findall(dictionary)
        marks: list[_Mark] = []
        for kid in _KID.finditer(kids[-1]) if kids else ():
            if kid["element"]:
                marks += marks_of(int(kid["element"]))
            elif kid["mark"]:
                marks.append((page, int(kid["mark"])))
            elif mark := _MARK.search(kid["marked"]):
                marks.append((_page(kid["marked"], pages, page), int(mark[1])))
        found.append(marks)
        return marks

    marks_of(root)
    yield from found


def _page(dictionary: bytes, pages: dict[int, int], otherwise: int) -> int:
    found = _PAGE.search(dictionary)
    return pages.get(int(found[1]), -1) if found else otherwise
