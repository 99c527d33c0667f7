"""Several document trees -> one PDF/A-3a and PDF/UA-1, compiled in one go, so that it has one tree of tags.

Each part keeps its own look, page numbers, contents and notes; a page with number and title stands before each annex.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from docgen.problems import Problem, WriterError
from docgen.structs import Struct, encode_json
from docgen.tree.document import Document
from docgen.writers.pdf.change_tags import mark_changes
from docgen.writers.pdf.layout_contract import Divider, PackData, PartData, RunningData
from docgen.writers.pdf.layout_data import layout_data
from docgen.writers.pdf.problems import LAYOUT_FILE, STANDARDS, layout_problem
from docgen.writers.pdf.row_headers import mark_row_headers
from docgen.writers.pdf.writer import open_fonts, write_document
from docgen.writers.theme import Theme
from docgen.writers.typst_fonts import EMPTY_ROOT

__all__ = ["Divider", "PdfPart", "write_documents", "write_numbers"]


class NumbersData(Struct, frozen=True):
    """What the small pages with running numbers are made of: font family, size in points, colour, and a text a page."""

    font: str
    size: float
    colour: str
    texts: list[str]


class PdfPart(Struct, frozen=True):
    """A document in the PDF; a document without blocks is its divider alone.

    `prefix` goes before the anchors of the part, so that they are unique; `#` and the prefix alone is its divider.
    The first part has neither divider nor prefix: it is the document that the PDF is, and can link to the others.
    With `running` (`Mødemappe`) the foot also tells the page of the whole, `inserted` pages being put in before it.
    """

    document: Document
    theme: Theme
    divider: Divider | None = None
    prefix: str = ""
    running: str = ""
    inserted: int = 0


def write_documents(
    parts: Sequence[PdfPart], files: Mapping[str, bytes], source: bytes, font_directories: Sequence[str]
) -> tuple[bytes, tuple[int, ...]]:
    """The parts as one PDF, and the page (from 0) of each divider.

    `files`, `source` and `font_directories` are those of `docgen.writers.pdf.writer.write_document`. Headings of an
    annex lie one level under its divider's. Raises WriterError for what a part's own PDF would be refused for.
    """
    from typst import Compiler, TypstError

    first = parts[0]
    fonts = open_fonts(first.theme, files, font_directories)
    # Each part is the layout program once more, in a folder with its own data.
    folders = ["", *(f"{number}/" for number in range(1, len(parts)))]
    program = "".join(f'#include "{folder}layout.typ"\n' for folder in folders)
    given: Any = {"main": program.encode(), "kilde.json": source}
    for folder, part in zip(folders, parts, strict=True):
        given[f"{folder}layout.typ"] = files[LAYOUT_FILE]
        given[f"{folder}document.json"] = encode_json(
            layout_data(part.document, part.theme, _place(part, parts), files)
        )
    day = first.document.date
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        compiler = Compiler(given, root=EMPTY_ROOT, font_paths=fonts, ignore_system_fonts=True)
        output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment)
        # A compiler forgets its files when it has compiled; the next one knows the layout again.
        again = Compiler(given, root=EMPTY_ROOT, font_paths=fonts, ignore_system_fonts=True)
        pages = json.loads(again.query("<docgen-divider>", field="value"))
    except TypstError as error:
        raise _refusal(error.message, parts, files, font_directories) from None
    assert isinstance(output, bytes)
    written = [part.document for part in parts]
    output = mark_changes(mark_row_headers(output, written), written)
    return output, tuple(int(page) - 1 for page in pages)


def write_numbers(
    texts: Sequence[str], theme: Theme, files: Mapping[str, bytes], font_directories: Sequence[str]
) -> bytes:
    """A PDF with a page for each text, no wider than that, in the look of a foot: to be drawn on pages from
    elsewhere."""
    from typst import Compiler

    fonts = open_fonts(theme, files, font_directories)
    numbers = NumbersData(theme.fonts.text, theme.sizes.small_pt, theme.colours.muted, list(texts))
    program = """#let given = json("tal.json")
#set page(width: auto, height: 5mm, margin: 0mm)
#set text(font: given.font, size: given.size * 1pt, fill: rgb(given.colour), lang: "da")
#for (place, words) in given.texts.enumerate() {
  if place > 0 { pagebreak() }
  align(bottom, words)
}
"""
    made: Any = {"main": program.encode(), "tal.json": encode_json(numbers)}
    output = Compiler(made, root=EMPTY_ROOT, font_paths=fonts, ignore_system_fonts=True).compile(
        format="pdf", pdf_tags=False, timestamp=datetime(2000, 1, 1, tzinfo=UTC)
    )
    assert isinstance(output, bytes)
    return output


def _place(part: PdfPart, parts: Sequence[PdfPart]) -> PartData:
    divider = part.divider
    inserted = {other.prefix: other.inserted for other in parts if other.prefix}
    return PartData(
        alone=False,
        first=divider is None,
        prefix=part.prefix,
        shift=0 if divider is None else divider.level,
        label="" if divider is None else divider.label,
        divider=divider,
        running=RunningData(part.running, part.inserted),
        pack=PackData(part.running, inserted) if divider is None and part.running else None,
    )


def _refusal(
    message: str, parts: Sequence[PdfPart], files: Mapping[str, bytes], font_directories: Sequence[str]
) -> WriterError:
    """What Typst refused, told by the annex that is refused by itself too. (The first part links to the others.)"""
    problems: list[Problem] = []
    for part in parts[1:]:
        if not part.document.blocks:
            continue
        try:
            write_document(part.document, part.theme, files, b"", font_directories)
        except WriterError as error:
            problems += error.problems
    if not problems:
        problems = [layout_problem(message)]
    return WriterError(problems)
