"""What is read of a file from elsewhere, before it is made into a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docgen.importing.draft import Remark
from docgen.readers.blocks import Block
from docgen.structs import Struct


class Line(Struct, frozen=True):
    """A line as it is read: its page (from 0), its number in the file (from 1), how many empty ones are before, and how
    many signs of it stand in the line itself (a word that goes on in the next one is whole in `text`)."""

    text: str
    page: int
    number: int
    empty_before: int = 0
    width: int = 0


class Read(Struct, frozen=True, kw_only=True):
    """What a file holds: blocks, or of a bare text its lines, which a kind makes blocks of by its own words. `title` is
    what the file says that it is called, `words` and `pages` are counts, `letters` all that it says."""

    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    title: str = ""
    remarks: tuple[Remark, ...] = ()
    left_out: tuple[str, ...] = ()
    words: int = 0
    pages: int = 0
    letters: str = ""

    def blocks_by(self, recognise: Callable[[Sequence[Line]], list[Block]]) -> list[Block]:
        """The blocks: those that the file has, or those that are recognised in its lines."""
        return list(self.blocks) if self.blocks else recognise(self.lines)
