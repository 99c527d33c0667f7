"""The formats that a document is written in. A new one is a file in this folder and a line in `FORMATS`: then the
command line offers it, and it is built, issued and verified like the others.

The writers are loaded when they are used: `docgen --help` should not load Typst and Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.writers.theme import Theme

_BUILD_IN_HTML = re.compile(rb'<meta name="docgen-build" content="([0-9a-f]{8})">')
_SEARCHED = 100_000  # bytes of a page whose head is looked for


class Writing(Struct, frozen=True):
    """What a writer is given: the tree, its look, the files of the templates folder, what makes the document's source,
    and the folders with fonts."""

    document: Document
    theme: Theme
    files: Mapping[str, bytes]
    source: Callable[[], bytes]
    font_directories: tuple[str, ...] = ()


class Inside(Struct, frozen=True):
    """What a file says of itself: the source that it carries, and the fingerprint that it bears."""

    source: bytes | None = None
    fingerprint: str = ""
    unreadable: str = ""
    """Why its source cannot be read, in Danish, where that is known."""


class Format(Struct, frozen=True):
    """One format."""

    name: str
    """Its name on the command line, and the ending of its files."""
    label: str
    """What it is called in sentences."""
    begin: Callable[[Writing], Callable[[], bytes]]
    """Does what must be done at once, and returns what finishes it. Raises WriterError, then or later."""
    look_inside: Callable[[bytes], Inside | None]
    """What a file says of itself; None for a file of another format. Whatever it is given, it reads."""
    by_default: bool = True
    """Whether it is made where no format is asked for."""
    issued: bool = True
    """Whether a version is issued in it."""
    concurrent: bool = False
    """Whether finishing it leaves the interpreter to others, so that a thread is worth while."""
    pages_of: Callable[[bytes], float] | None = None
    """The length of a file in pages, where it has any."""


def begin_pdf(writing: Writing) -> Callable[[], bytes]:
    """A tagged PDF; see `docgen.writers.pdf.writer`."""
    from docgen.writers.pdf import writer

    return writer.begin_document(
        writing.document, writing.theme, writing.files, writing.source(), writing.font_directories
    )


def look_inside_pdf(data: bytes) -> Inside | None:
    """A PDF carries its source as an attachment."""
    if not data.startswith(b"%PDF-"):
        return None
    from docgen.pdf_pages.open import open_annex

    try:
        reader = open_annex(data)
        if reader.is_encrypted:
            return Inside(unreadable="filen er beskyttet med adgangskode")
        found = reader.attachments.get("kilde.json")
    except Exception:  # pypdf raises whatever a broken file leads it into
        return Inside(unreadable="filen er ødelagt og kan ikke læses")
    return Inside(bytes(found[0]) if found else None)


def pdf_pages(data: bytes) -> float:
    """The pages of a PDF that docgen wrote, the last one by the share that is filled."""
    from docgen.writers.pdf import writer

    return writer.length_of(data)


def begin_docx(writing: Writing) -> Callable[[], bytes]:
    """A Word file; see `docgen.writers.docx.writer`."""
    from docgen.writers.docx import writer

    data = writer.write_document(
        writing.document, writing.theme, writing.files, writing.document.fingerprint, writing.font_directories
    )
    return lambda: data


def look_inside_docx(data: bytes) -> Inside | None:
    """A Word file bears the fingerprint as a property."""
    if not data.startswith(b"PK"):
        return None
    from docgen.writers.docx.properties import read_build

    return Inside(fingerprint=read_build(data))


def begin_html(writing: Writing) -> Callable[[], bytes]:
    """A web page; see `docgen.writers.html.writer`."""
    from docgen.writers.html import writer

    data = writer.write_document(writing.document, writing.theme, writing.files)
    return lambda: data


def look_inside_html(data: bytes) -> Inside | None:
    """A web page bears the fingerprint in its head."""
    found = _BUILD_IN_HTML.search(data[:_SEARCHED])
    return Inside(fingerprint=found[1].decode()) if found else None


def begin_tree(writing: Writing) -> Callable[[], bytes]:
    """The document tree as text, for people."""
    from docgen.tree.text import dump

    data = dump(writing.document).encode()
    return lambda: data


def look_inside_tree(data: bytes) -> Inside | None:
    """A dumped tree is no file that anybody is sent."""
    return None


PDF = Format("pdf", "PDF", begin_pdf, look_inside_pdf, concurrent=True, pages_of=pdf_pages)
DOCX = Format("docx", "Word", begin_docx, look_inside_docx)
HTML = Format("html", "HTML", begin_html, look_inside_html)
TREE = Format("tree", "dokumenttræet", begin_tree, look_inside_tree, by_default=False, issued=False)

FORMATS: dict[str, Format] = {format.name: format for format in (PDF, DOCX, HTML, TREE)}
"""By name, in the order in which they are made."""


def default_formats() -> tuple[Format, ...]:
    """What is made where no format is asked for."""
    return tuple(format for format in FORMATS.values() if format.by_default)


def issued_formats() -> tuple[Format, ...]:
    """What a version is issued in."""
    return tuple(format for format in FORMATS.values() if format.issued)
