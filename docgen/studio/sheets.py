"""The pages of the documents that were looked at last, as pictures by the hash of their bytes."""

from __future__ import annotations

from collections import OrderedDict

from docgen.pipeline import theme_of
from docgen.structs import Struct
from docgen.studio import answers
from docgen.studio.answers import Answer
from docgen.studio.session import View
from docgen.writers.marks import Marks
from docgen.writers.pdf.sheets import Sheets, write_sheets

_KEPT_DOCUMENTS = 4
_KEPT_BYTES = 12_000_000


class _Drawn(Struct, frozen=True):
    view: View
    sheets: Sheets
    names: tuple[str, ...]


class SheetStore:
    """Makes the pages of a view once, and keeps them; `lengths` are those of all that were made, by document."""

    def __init__(self, most: int = _KEPT_BYTES) -> None:
        """`most` is how many bytes of pages are kept; those of a document that is asked for are, however many."""
        self.lengths: dict[str, Answer] = {}
        self._most, self._bytes = most, 0
        self._made: OrderedDict[tuple[str, str], _Drawn] = OrderedDict()
        self._pages: OrderedDict[str, bytes] = OrderedDict()

    def answer(self, view: View) -> Answer:
        """The pages of a view as the page is told them. Raises WriterError where they cannot be made."""
        if view.tree is None or view.project is None:
            return {"id": str(view.id), "pages": [], "places": [], "length": "", "over": False}
        key = (str(view.id), view.edition.value)
        known = self._made.get(key)
        if known is None or known.view.tree is not view.tree:
            theme, fonts = theme_of(view.project, view.tree), view.project.font_directories
            sheets = write_sheets(view.tree, theme, view.project.template_files, fonts, Marks(view.places))
            known = _Drawn(view, sheets, tuple(answers.print_of(page) for page in sheets.pages))
            self._made[key] = known
        self._made.move_to_end(key)
        self._keep(known)
        self.lengths[str(view.id)] = answers.length_answer(known.sheets.length, view.limit)
        return answers.sheets_answer(view, known.sheets, known.names)

    def page(self, name: str) -> bytes | None:
        """A page by its name; None where it is not kept."""
        return self._pages.get(name)

    def _keep(self, drawn: _Drawn) -> None:
        """Keeps the pages of a document, lets go of those that were asked for longest ago, and of documents whose pages
        are no longer all there."""
        for name, page in zip(drawn.names, drawn.sheets.pages, strict=True):
            if name not in self._pages:
                self._pages[name] = page
                self._bytes += len(page)
            self._pages.move_to_end(name)
        while self._bytes > self._most and next(iter(self._pages)) not in drawn.names:
            self._bytes -= len(self._pages.popitem(last=False)[1])
        for key, one in list(self._made.items()):
            if len(self._made) > _KEPT_DOCUMENTS or not all(name in self._pages for name in one.names):
                del self._made[key]
