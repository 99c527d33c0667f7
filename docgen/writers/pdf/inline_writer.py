"""Inlines -> what the layout program reads of them, as `layout_inlines` has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from docgen.tree import document as tree
from docgen.tree.document import Inline
from docgen.writers.pdf import layout_inlines as layout
from docgen.writers.pdf.layout_inlines import InlineData
from docgen.writers.pdf.layout_text import code_data, printed_address, text_data
from docgen.writers.table_fit import widest_word


class InlineWriter:
    """Makes the data of a document's inlines; remembers which notes were pointed to, and how long the lines are."""

    def __init__(self, line: float) -> None:
        self._pointed_to: set[int] = set()
        self._line = line  # in em of the type that is being written

    def write(self, inlines: Sequence[Inline], line: float | None = None) -> list[InlineData]:
        """Inlines, on lines of a width in em where it is given."""
        if line is not None:
            self._line = line
        shown = tree.as_shown(inlines)
        if line is None or len(shown) == 1 or widest_word(shown) <= line:
            return [self._write_one(inline) for inline in shown]
        # A word that is too wide because it goes on from one inline into the next.
        self._line = line / 2
        return [part for inline in shown for part in (layout.OpeningData(), self._write_one(inline))][1:]

    def _write_one(self, inline: Inline) -> InlineData:
        match inline:
            case tree.Text(text):
                return text_data(text, self._line)
            case tree.Code(text):
                return code_data(text, self._line)
            case tree.Emphasis(children):
                return layout.EmphasisData(self.write(children))
            case tree.Strong(children):
                return layout.StrongData(self.write(children))
            case tree.Badge(children, tone):
                return layout.BadgeData(self.write(children), tone.value)
            case tree.Changed(children, change):
                return layout.ChangedData(self.write(children), change.value)
            case tree.Span(children):
                return layout.SpanData(self.write(children))
            case tree.Link(children, target):
                return layout.LinkData(self.write(children), target, list(printed_address(children, target)))
            case tree.LineBreak():
                return layout.BreakData()
            case tree.NoteReference(number):
                first = number not in self._pointed_to
                self._pointed_to.add(number)
                return layout.NoteMarkData(number, first)
            case _:
                assert_never(inline)
