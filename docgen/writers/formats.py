"""The formats that a document is written in. A new one is a file in this folder and a line in `FORMATS`: then the
command line offers it, and it is built, issued and verified like the others.

The writers are loaded when they are used: `docgen --help` should not load Typst and Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from threading import Lock

from docgen.problems import Problem, WriterError
from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.writers.docx.carriers import WayHome
from docgen.writers.theme import Theme

_BUILD_IN_HTML = re.compile(rb'<meta name="docgen-build" content="([0-9a-f]{8})">')
_BESIDE = re.compile(
    rb'<p class="beside">[^<>]{0,200}(?:(?: \xc2\xb7 )?<a href="[\w.%~-]{1,400}\.[a-z]{1,8}">[\w ]{1,40}</a>)+</p>\n'
)
_SEARCHED = 100_000  # bytes of a page whose head is looked for


class Writing(Struct, frozen=True, dict=True):
    """What a writer is given: the tree, its look, the files of the templates folder, what makes the document's source,
    the folders with fonts, and what leads a file home that others may write in."""

    document: Document
    theme: Theme
    files: Mapping[str, bytes]
    source: Callable[[], bytes]
    font_directories: tuple[str, ...] = ()
    way_home: WayHome = WayHome()
    beside: tuple[str, ...] = ()
    """The names of the files in which the document lies beside this one, in other formats."""

    @cached_property
    def pdf(self) -> Callable[[], bytes]:
        """What makes the PDF when it is called, once for all who ask: a Word file has its pages, too. Either may raise
        WriterError."""
        from docgen.writers.pdf import writer

        return _once(writer.begin_document(self.document, self.theme, self.files, self.source(), self.font_directories))


def _once(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """A function that calls another once; a thread that comes while another calls it waits for what that gets."""
    lock, made = Lock(), list[bytes]()

    def get() -> bytes:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return get


class Inside(Struct, frozen=True):
    """What a file says of itself: the source that it carries, and the fingerprint that it bears."""

    source: bytes | None = None
    fingerprint: str = ""
    unreadable: str = ""
    """Why its source cannot be read, in Danish, where that is known."""


def _looks_like_nothing(data: bytes) -> Inside | None:
    return None


def _loads_nothing() -> None:
    """What proves a file is loaded already."""


def _lacks_nothing(writing: Writing, data: bytes) -> Sequence[Problem]:
    return ()


class Format(Struct, frozen=True):
    """One format. What a format does not say is as for one that is made when it is asked for, and issued."""

    name: str
    """Its name on the command line, and the ending of its files."""
    write: Callable[[Writing], bytes]
    """Makes a file. Raises WriterError where the format cannot show the document."""
    begin_with: Callable[[Writing], Callable[[], bytes]] | None = None
    """The same in two steps, where finishing leaves the interpreter to others, so that a thread is worth while: does
    what must be done at once, and returns what finishes the file. Raises as `write`, then or later."""
    look_inside: Callable[[bytes], Inside | None] = _looks_like_nothing
    """What a file says of itself; None for a file of another format. Whatever it is given, it reads."""
    lacks: Callable[[Writing, bytes], Sequence[Problem]] = _lacks_nothing
    """What of the tree's words cannot be read in a file that was made of it, each at its place; read from the file."""
    load_proof: Callable[[], None] = _loads_nothing
    """Loads what `lacks` needs: for whoever waits for a file that is being finished in a thread."""
    pages_of: Callable[[bytes], float] | None = None
    """The length of a file in pages, the last one by the share that is filled, where it has any."""
    as_issued: Callable[[bytes], bytes] = bytes
    """A file as it is issued: without links to the files that were built beside it."""
    by_default: bool = False
    """Whether it is made where no format is asked for."""
    last: bool = False
    """Whether it may have to wait for another format, so that what does not is better written first."""
    issued: bool = True
    """Whether a version is issued in it."""
    help: str = ""
    """What it shows, in Danish, as the command line says it; empty where the name says it."""

    @property
    def concurrent(self) -> bool:
        """Whether it is worth while to finish a file in a thread."""
        return self.begin_with is not None

    def begin(self, writing: Writing) -> Callable[[], bytes]:
        """What finishes a file when it is called. It raises WriterError where a word of the tree is not in the file."""
        finish = partial(self.write, writing) if self.begin_with is None else self.begin_with(writing)

        def finish_and_prove() -> bytes:
            data = finish()
            if problems := self.lacks(writing, data):
                raise WriterError(problems)
            return data

        return finish_and_prove


def begin_pdf(writing: Writing) -> Callable[[], bytes]:
    """A tagged PDF; see `docgen.writers.pdf.writer`."""
    return writing.pdf


def write_pdf(writing: Writing) -> bytes:
    """A tagged PDF, in one step."""
    return begin_pdf(writing)()


def look_inside_pdf(data: bytes) -> Inside | None:
    """A PDF carries its source as an attachment."""
    if not data.startswith(b"%PDF-"):
        return None
    from docgen.pdf_pages.open import open_annex

    try:
        reader = open_annex(data)
        if reader.is_encrypted and not reader.decrypt(""):
            return Inside(unreadable="filen er beskyttet med adgangskode")
        found = reader.attachments.get("kilde.json")
    except Exception:  # pypdf raises whatever a broken file leads it into
        return Inside(unreadable="filen er ødelagt og kan ikke læses")
    return Inside(bytes(found[0]) if found else None)


def pdf_lacks(writing: Writing, data: bytes) -> Sequence[Problem]:
    """What was drawn on the pages, compared with the tree; see `docgen.writers.pdf.proof`."""
    from docgen.writers.pdf import proof

    return proof.find_faults(data, [writing.document], writing.theme)


def load_pdf_proof() -> None:
    """What reads a PDF."""
    from docgen.writers.pdf import heading_pages, proof  # noqa: F401


def pdf_pages(data: bytes) -> float:
    """The length of a PDF that docgen wrote."""
    from docgen.writers.pdf import writer

    return writer.length_of(data)


def write_docx(writing: Writing) -> bytes:
    """A Word file; see `docgen.writers.docx.writer`."""

    from docgen.tree.page_starts import each_listed_begins_a_page

    # Word's pages are the PDF's where all that the contents list begins a page.
    same = each_listed_begins_a_page(writing.document)
    return _write_docx(writing, partial(_pages_of_headings, writing) if same else None)


def keep_lines_of_docx(writing: Writing) -> None:
    """Gives what leads a Word file home its lines, without the file: no page number is asked for, which needs a PDF."""
    _write_docx(writing, None)


def _write_docx(writing: Writing, pages: Callable[[], Mapping[str, int]] | None) -> bytes:
    from docgen.writers.docx import writer

    return writer.write_document(
        writing.document,
        writing.theme,
        writing.files,
        writing.document.fingerprint,
        writing.font_directories,
        pages,
        writing.way_home,
    )


def _pages_of_headings(writing: Writing) -> Mapping[str, int]:
    """The pages by anchor as the PDF has them; none where the document cannot be shown as a PDF."""
    from docgen.writers.pdf.heading_pages import pages_of_anchors

    try:
        return pages_of_anchors(write_pdf(writing))
    except WriterError:
        return {}


def docx_lacks(writing: Writing, data: bytes) -> Sequence[Problem]:
    """The words of a Word file, compared with the tree; see `docgen.writers.docx.proof`."""
    from docgen.writers.docx import proof

    return proof.find_faults(data, writing.document)


def look_inside_docx(data: bytes) -> Inside | None:
    """A Word file bears the fingerprint as a property."""
    if not data.startswith(b"PK"):
        return None
    from docgen.writers.docx.properties import read_build

    return Inside(fingerprint=read_build(data))


def write_html(writing: Writing) -> bytes:
    """A web page; see `docgen.writers.html.writer`."""
    from docgen.writers.html import writer

    return writer.write_document(writing.document, writing.theme, writing.files, beside=writing.beside)


def html_lacks(writing: Writing, data: bytes) -> Sequence[Problem]:
    """The words of a web page, compared with the tree; see `docgen.writers.html.proof`."""
    from docgen.writers.html import proof

    return proof.find_faults(data, writing.document)


def html_without_beside(data: bytes) -> bytes:
    """A web page without the line that leads to the same document's files in the same folder, where there is one such
    line: an issued page has none, for where it is kept its neighbours may have other names."""
    found = list(_BESIDE.finditer(data))
    return data[: found[0].start()] + data[found[0].end() :] if len(found) == 1 else data


def look_inside_html(data: bytes) -> Inside | None:
    """A web page bears the fingerprint in its head."""
    found = _BUILD_IN_HTML.search(data[:_SEARCHED])
    return Inside(fingerprint=found[1].decode()) if found else None


def write_tree(writing: Writing) -> bytes:
    """The document tree as text, for people."""
    from docgen.tree.text import dump

    return dump(writing.document).encode()


PDF = Format("pdf", write_pdf, begin_pdf, look_inside_pdf, pdf_lacks, load_pdf_proof, pdf_pages, by_default=True)
DOCX = Format("docx", write_docx, look_inside=look_inside_docx, lacks=docx_lacks, by_default=True, last=True)
HTML = Format(
    "html", write_html, look_inside=look_inside_html, lacks=html_lacks, as_issued=html_without_beside, by_default=True
)
TREE = Format("tree", write_tree, issued=False, help="viser dokumenttræet")

FORMATS: dict[str, Format] = {format.name: format for format in (PDF, DOCX, HTML, TREE)}
"""By name, in the order in which they are made."""


def default_formats() -> tuple[Format, ...]:
    """What is made where no format is asked for."""
    return tuple(format for format in FORMATS.values() if format.by_default)


def issued_formats() -> tuple[Format, ...]:
    """What a version is issued in."""
    return tuple(format for format in FORMATS.values() if format.issued)
