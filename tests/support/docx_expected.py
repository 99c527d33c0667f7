"""What `tests.support.docx_reading.docx_tree` must give for a document: the same plain values, made from the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.tree.document import (
    Caption,
    Code,
    CodeBlock,
    Contents,
    Division,
    Document,
    Emphasis,
    FieldTable,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    Node,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Role,
    Strong,
    Table,
    TableCell,
    Text,
    Title,
    child_blocks,
    lines,
)
from docgen.tree.table_shape import shape_of
from tests.support.docx_reading import Segment, merged

_OF_WHOLE_SECTIONS = (Role.CHAPTER, Role.COLUMNS, Role.OVERVIEW, Role.FOCUS, Role.KEY_FIGURES)
"""The roles whose paragraphs are as those outside them."""


def document_tree(document: Document, anchors: dict[str, str]) -> list[Any]:
    """What `docx_tree` gives for a document: divisions and quotes as the role of their paragraphs, lists as
    `("list", start or 0, items)`. `anchors` names the bookmarks that links in the document point to."""
    tree = _Tree(anchors)
    body = [one for block in document.blocks for one in tree.block(block, "")]
    notes = [
        ("note", number, [one for block in note.blocks for one in tree.block(block, "")])
        for number, note in enumerate(document.notes, 1)
    ]
    return [*body, *notes]


def _leaves(node: Node) -> Iterator[Node]:
    yield node
    for child in child_blocks(node):
        yield from _leaves(child)


@dataclass(slots=True)
class _Tree:
    anchors: dict[str, str]

    def line(self, inlines: tuple[Inline, ...]) -> tuple[Segment, ...]:
        return merged(self.segments(inlines, "", ""))

    def segments(self, inlines: tuple[Inline, ...], marks: str, target: str) -> list[Segment]:
        found: list[Segment] = []
        for inline in inlines:
            match inline:
                case Text(text):
                    found.append((text, marks, target))
                case Code(text):
                    found.append((text, marks + "c", target))
                case LineBreak():
                    found.append(("\n", "", target))
                case NoteReference(number):
                    found.append((f"\0{number}", "", ""))
                case Strong(children):
                    found += self.segments(children, "b" + marks.strip("b"), target)
                case Emphasis(children):
                    found += self.segments(children, marks.strip("i") + "i", target)
                case Link(children, address):
                    name = "#" + self.anchors[address[1:]] if address.startswith("#") else address
                    found += self.segments(children, marks, name)
                case _:
                    found += self.segments(inline.children, marks, target)
        return found

    def cell(self, cell: TableCell) -> tuple[Segment, ...]:
        inside = [part for block in cell.blocks for node in _leaves(block) for line in lines(node) for part in line]
        return self.line((*cell.children, *inside))

    def caption(self, caption: Caption | None) -> tuple[Segment, ...]:
        return self.line(caption.shown) if caption else ()

    def block(self, block: Node, role: str) -> list[Any]:
        match block:
            case Title(children=children):
                return [("title", self.line(children))]
            case Heading(level=level, children=children):
                return [("heading", level, self.line(children))]
            case Paragraph(children=children):
                return [("paragraph", role, self.line(children))]
            case List(items=items, ordered=ordered, start=start):
                rows = [[one for inner in item.blocks for one in self.block(inner, "item")] for item in items]
                return [("list", start if ordered else 0, rows)]
            case Table():
                shape = shape_of(block)
                cells = [[self.cell(placed.cell) for placed in line.cells] for line in shape.lines]
                aligned = [str(placed.alignment) for placed in shape.lines[0].cells]
                headers = [number < len(shape.head) for number, _ in enumerate(shape.lines)]
                return [("table", self.caption(block.caption), aligned, headers, cells)]
            case Figure(alt=alt):
                return [("figure", alt, self.caption(block.caption))]
            case Quote(blocks=blocks):
                return [one for inner in blocks for one in self.block(inner, "quote")]
            case Division(role=own, blocks=blocks):
                inside = "" if own in _OF_WHOLE_SECTIONS else own.value
                return [one for inner in blocks for one in self.block(inner, inside)]
            case CodeBlock(text=text):
                return [("code", text)]
            case FieldTable(fields=fields):
                return [("fields", [[self.line(one.label), self.line(one.value)] for one in fields])]
            case Contents(title=title):
                return [("contents", self.line((Text(title),)))]
            case PageBreak():
                return []
            case _:
                raise AssertionError(block)
