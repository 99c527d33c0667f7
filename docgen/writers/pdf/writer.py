"""Document tree -> PDF/A-3a and PDF/UA-1 in one file, by Typst, with the document's source embedded.

The tree goes to the program `theme/layout.typ` as a JSON file: no text is ever Typst code. Typst itself checks the
claims (ISO 19005-3, ISO 14289-1) while it writes, and refuses what breaks them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from docgen import memory, remembering
from docgen.content.scalar import place_of
from docgen.problems import Origin, Problem, WriterError
from docgen.process_files import file_of_process, is_there
from docgen.structs import encode_json, replace
from docgen.tree.document import Document
from docgen.writers.pdf.change_tags import mark_changes
from docgen.writers.pdf.layout_contract import LayoutInput
from docgen.writers.pdf.layout_data import layout_data
from docgen.writers.pdf.layout_theme import SOURCE_DESCRIPTION
from docgen.writers.pdf.problems import LAYOUT_FILE, STANDARDS, refusals
from docgen.writers.pdf.row_headers import mark_row_headers
from docgen.writers.theme import THEME_FILE, Theme
from docgen.writers.typst_fonts import EMPTY_ROOT, load_fonts

if TYPE_CHECKING:
    from typst import Compiler, Fonts

# Typst's ways to other programs: the two keywords, the two functions, and the module by which these can be named.
_TAKES_IN = re.compile(rb"\b(?:import|include|eval|plugin|std)\b")
_COMPILING: Final = Lock()
_CAN_PULL: Final = b'input.at("pull"'  # layout programs of before have no such way
_PULLS: Final = (0.93, 0.86)  # closer than that is seen
_FEW_LINES: Final = 0.1  # of a page: a heading and its one line, or four lines
_LENGTH = re.compile(
    rb"/Desc\(" + re.escape(SOURCE_DESCRIPTION.encode("ascii")) + rb"\. Fylder ([0-9]+(?:,[0-9]+)?) sider"
)


def write_document(
    document: Document, theme: Theme, files: Mapping[str, bytes], source: bytes, font_directories: Sequence[str]
) -> bytes:
    """The document as a PDF.

    `files` is the templates folder, `source` is embedded as `kilde.json`, fonts are found in `font_directories` alone.
    Raises WriterError for a missing font or layout program, for text that the fonts cannot show, and for what
    ISO 14289-1 does not allow (a picture without a text alternative, a link to nothing, a skipped heading level).
    """
    return begin_document(document, theme, files, source, font_directories)()


def begin_document(
    document: Document, theme: Theme, files: Mapping[str, bytes], source: bytes, font_directories: Sequence[str]
) -> Callable[[], bytes]:
    """As `write_document`, in two steps: this one does what Python does, and the function that it returns is Typst's
    work, which does not hold the interpreter up when it is called in a thread. Either may raise WriterError."""
    from typst import TypstError

    fonts = open_fonts(theme, files, font_directories)
    written = layout_data(document, theme, files=files)
    given = encode_json(written)

    def write(data: bytes) -> bytes:
        return _compile(files[LAYOUT_FILE], fonts, source, document.date, data)

    def finish() -> bytes:
        try:
            made = _pulled_together(write, given, written, files[LAYOUT_FILE])
            return mark_changes(mark_row_headers(made, [document]), [document])
        except TypstError as error:
            raise WriterError(refusals(error, document, given, write)) from None

    return finish


def _pulled_together(write: Callable[[bytes], bytes], given: bytes, written: LayoutInput, layout: bytes) -> bytes:
    """What Typst makes of a document, with less space between its lines where else there were a few alone on its last
    page, and where that helps."""
    made = write(given)
    if (found := _LENGTH.search(made)) is None:
        return made
    length = _pages(found)
    for pull in pulls(layout, length):
        closer = write(encode_json(replace(written, pull=pull)))
        if length_of(closer) <= int(length):
            return closer
    return made


def pulls(layout: bytes, length: float) -> tuple[float, ...]:
    """What to try for the space between lines and blocks, as a share of it, so that a document of `length` pages does
    not have a few lines alone on its last page, as on one with nothing but `Bilag`; nothing where there are more, or
    where a layout program has no such way."""
    return _PULLS if length > 1 and 0 < length % 1 < _FEW_LINES and _CAN_PULL in layout else ()


def length_of(data: bytes) -> float:
    """How many pages a PDF of `write_document` fills, the last one in part: 2.4 is two pages and four tenths of the
    text area. It stands in the description of the source, for to lay the document out again takes a tenth longer.

    Raises WriterError where the layout program has not written it.
    """
    if found := _LENGTH.search(data):
        return _pages(found)
    problem = "layoutprogrammet fortæller ikke, hvor meget dokumentet fylder"
    hint = "giv kilden den beskrivelse, som den har i docgens egen layout.typ"
    raise WriterError([Problem(Origin(f"templates/{LAYOUT_FILE}"), problem, hint)])


def _pages(found: re.Match[bytes]) -> float:
    return float(found[1].replace(b",", b"."))


def open_fonts(theme: Theme, files: Mapping[str, bytes], font_directories: Sequence[str]) -> Fonts:
    """The fonts to write with. Raises WriterError where the theme's own or the layout program is missing."""
    fonts = load_fonts(tuple(font_directories))
    _check_font(theme, fonts)
    if LAYOUT_FILE not in files:
        problem = Problem(Origin(f"templates/{LAYOUT_FILE}"), "filen mangler", "hent den fra docgens egne skabeloner")
        raise WriterError([problem])
    _check_program(files[LAYOUT_FILE])
    return fonts


@lru_cache(maxsize=4)
def _check_program(layout: bytes) -> None:
    """A layout program is one file. What it takes in else Typst would fetch from the network or run unseen."""
    if found := _TAKES_IN.search(layout):
        line = layout.count(b"\n", 0, found.start()) + 1
        column = found.start() - layout.rfind(b"\n", 0, found.start())
        message = f"layoutprogrammet må ikke bruge ordet '{found[0].decode()}': docgen henter intet ude fra"
        place = Origin(f"templates/{LAYOUT_FILE}", line, column)
        raise WriterError([Problem(place, message, "skriv det hele i filen selv, også i bemærkninger")])


def _compile(layout: bytes, fonts: Fonts, source: bytes, day: date, data: bytes) -> bytes:
    """What Typst makes of a document."""
    with _COMPILING:
        return _compiled(layout, fonts, source, day, data)


def _compiled(layout: bytes, fonts: Fonts, source: bytes, day: date, data: bytes) -> bytes:
    memory.require(memory.FOR_TYPST)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    # Inputs are new to all that Typst remembers, and the quickest for a document that it has not seen. What changed in
    # a file makes it do no more than what depends on that: of a word in the policy a tenth.
    if _ASKS_INPUTS in layout and not remembering.is_on():
        inputs = {"document": data.decode(), "source": source.decode()}
        compiler, program = _kept_compiler(layout, fonts)
        if not is_there(program):
            _kept_compiler.cache_clear()
            compiler, program = _kept_compiler(layout, fonts)
        output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment, sys_inputs=inputs)
    else:  # all that a program from before reads is a file, too
        from typst import Compiler

        given: Any = {"main": layout, "document.json": data, "kilde.json": source}
        compiler = Compiler(given, root=EMPTY_ROOT, font_paths=fonts, ignore_system_fonts=True)
        output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    assert isinstance(output, bytes)
    return output


_ASKS_INPUTS = b"sys.inputs"


@lru_cache(maxsize=1)
def _kept_compiler(layout: bytes, fonts: Fonts) -> tuple[Compiler, Path]:
    """A compiler that has read the layout program, which takes a fifth of a case's PDF, and the file that this lies in:
    it forgets what it was handed, but not a file that is as it was. There is no other in its folder."""
    from typst import Compiler

    program = file_of_process("layout.typ", layout)
    return Compiler(program, root=program.parent, font_paths=fonts, ignore_system_fonts=True), program


def _check_font(theme: Theme, fonts: Fonts) -> None:
    families = fonts.families()
    if theme.fonts.text not in families:
        near = difflib.get_close_matches(theme.fonts.text, families, n=1)
        hint = f"mente du '{near[0]}'?" if near else f"vælg {', '.join(sorted(families))}"
        message = f"skrifttypen '{theme.fonts.text}' findes ikke"
        raise WriterError([Problem(place_of(theme.fonts.text, Origin(f"templates/{THEME_FILE}")), message, hint)])
