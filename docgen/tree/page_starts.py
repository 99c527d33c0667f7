"""Whether what a table of contents lists begins pages of its own, so that its page numbers are the same in any layout
that gives a chapter as many pages."""

from __future__ import annotations

from docgen.tree.document import Block, Change, Contents, Document, Heading, Node, PageBreak, child_blocks, walk


def each_listed_begins_a_page(document: Document) -> bool:
    """Whether a document has contents, and a page break before each heading that they list; never of a comparison."""
    depths = [node.depth for node in walk(document) if isinstance(node, Contents)]
    if not depths or any(node.change is not Change.NONE for node in walk(document)):
        return False
    begins = False
    for block in document.blocks:
        if isinstance(block, PageBreak):
            begins = True
            continue
        listed = [node for node in _inside(block) if isinstance(node, Heading) and node.level <= max(depths)]
        if listed and not (begins and len(listed) == 1 and _first(block) is listed[0]):
            return False
        begins = False
    return True


def _inside(node: Node) -> list[Node]:
    return [node, *(inner for child in child_blocks(node) for inner in _inside(child))]


def _first(node: Block) -> Node:
    """The innermost block that a block begins with."""
    found: Node = node
    while inner := child_blocks(found):
        found = inner[0]
    return found
