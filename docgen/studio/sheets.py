"""The pages of the documents that were looked at last, as pictures by the hash of their bytes."""

from __future__ import annotations

from collections import OrderedDict

from docgen.pipeline import theme_of
from docgen.studio import answers
from docgen.studio.answers import Answer
from docgen.studio.session import View
from docgen.writers.marks import Marks
from docgen.writers.pdf.sheets import Sheets, write_sheets

_KEPT_DOCUMENTS = 4
_KEPT_PAGES = 400


class SheetStore:
    """Makes the pages of a view once, and keeps them; `lengths` are those of all that were made, by document."""

    def __init__(self) -> None:
        self.lengths: dict[str, Answer] = {}
        self._made: OrderedDict[tuple[str, str], tuple[View, Sheets]] = OrderedDict()
        self._pages: OrderedDict[str, bytes] = OrderedDict()

    def answer(self, view: View) -> Answer:
        """The pages of a view as the page is told them. Raises WriterError where they cannot be made."""
        if view.tree is None or view.project is None:
            return {"id": str(view.id), "pages": [], "places": [], "length": "", "over": False}
        key = (str(view.id), view.edition.value)
        known = self._made.get(key)
        if known is None or known[0].tree is not view.tree:
            theme, fonts = theme_of(view.project, view.tree), view.project.font_directories
            files = view.project.template_files
            known = (view, write_sheets(view.tree, theme, files, fonts, Marks(view.places)))
            self._made[key] = known
            while len(self._made) > _KEPT_DOCUMENTS:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        self.lengths[str(view.id)] = answers.length_answer(known[1].length, view.limit)
        return answers.sheets_answer(view, known[1], self._keep)

    def page(self, name: str) -> bytes | None:
        """A page by its name; None where it is not kept."""
        return self._pages.get(name)

    def _keep(self, page: bytes) -> str:
        name = answers.print_of(page)
        self._pages[name] = page
        self._pages.move_to_end(name)
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return name
