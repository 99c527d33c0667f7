"""Which paragraphs only lead in to what follows, and so never stand last on a page."""

from __future__ import annotations

from docgen.tree.document import Block, Heading, List, PageBreak, Paragraph, Title, plain_text


def leads(block: Block, following: Block | None) -> bool:
    """Whether a block is a paragraph that leads in to the one after it: a list, or whatever its colon announces."""
    if not isinstance(block, Paragraph):
        return False
    if isinstance(following, List):
        return True
    announced = following is not None and not isinstance(following, Heading | PageBreak | Title)
    return announced and plain_text(block.children).rstrip().endswith(":")
