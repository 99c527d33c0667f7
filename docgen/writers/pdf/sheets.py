"""Document tree -> the pages of its PDF as pictures (SVG), and where on them each part stands: for looking at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from docgen import memory
from docgen.problems import WriterError
from docgen.structs import Struct, encode_json, replace
from docgen.tree.document import Document
from docgen.writers.marks import Marks
from docgen.writers.pdf.layout_contract import LayoutInput
from docgen.writers.pdf.layout_data import layout_data
from docgen.writers.pdf.problems import LAYOUT_FILE, layout_problem
from docgen.writers.pdf.writer import open_fonts, pulls
from docgen.writers.theme import Theme
from docgen.writers.typst_fonts import EMPTY_ROOT

_TAKES_PICTURES = b'node.at("file"'  # layout programs of before have no such way


class Place(Struct, frozen=True):
    """Where a part begins: the number of its mark, its page (from 1), and points from the page's left and top."""

    mark: int
    page: int
    x: float
    y: float


class Sheets(Struct, frozen=True):
    """The pages of a document in order, its length in pages, the last one by the share that is filled, and the places
    of what is marked; none where the layout program does not tell them."""

    pages: tuple[bytes, ...]
    length: float
    places: tuple[Place, ...]


def write_sheets(
    document: Document,
    theme: Theme,
    files: Mapping[str, bytes],
    font_directories: Sequence[str],
    marks: Marks | None = None,
) -> Sheets:
    """The pages as the PDF has them; with `marks` also where each part stands, and the length. Raises WriterError for
    what a PDF is refused for, as far as a picture of it is.

    `files` and `font_directories` are those of `docgen.writers.pdf.writer.write_document`. The names of the files that
    Typst is given are always these, with those of the figures by number: each new one takes a number, of which a
    process has 65,535 (typst-py 0.15).
    """
    from typst import Compiler, TypstError

    fonts = open_fonts(theme, files, font_directories)
    pictures: dict[str, bytes] | None = {} if _TAKES_PICTURES in files[LAYOUT_FILE] else None
    written = layout_data(document, theme, files=files, marks=marks, pictures=pictures)
    memory.require(memory.FOR_TYPST)

    def drawn(written: LayoutInput) -> tuple[tuple[bytes, ...], dict[str, Any] | None]:
        own = {"main": files[LAYOUT_FILE], "document.json": encode_json(written), "kilde.json": b""}
        given: Any = {**own, **(pictures or {})}

        def compiler() -> Compiler:
            # A compiler forgets its files when it has compiled; the next one knows the layout again.
            return Compiler(given, root=EMPTY_ROOT, font_paths=fonts, ignore_system_fonts=True)

        made = compiler().compile(format="svg")
        found = json.loads(compiler().query("<docgen-sheets>", field="value"))
        pages = tuple(page for page in (made if isinstance(made, list) else [made]) if page is not None)
        return pages, found[0] if found else None

    try:
        pages, found = drawn(written)
        length = float(found["length"]) if found else 0
        for pull in pulls(files[LAYOUT_FILE], length):
            closer, told = drawn(replace(written, pull=pull))
            if told and told["length"] <= int(length):
                pages, found = closer, told
                break
    except TypstError as error:
        raise WriterError([layout_problem(error.message)]) from None
    if found is None:
        return Sheets(pages, float(len(pages)), ())
    return Sheets(pages, round(float(found["length"]), 4), tuple(Place(*place) for place in found["marks"]))
