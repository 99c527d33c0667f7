"""The docxtpl contender's part: a Word template, and a document tree as the flat list that fills it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx

from docgen.tree.document import (
    CodeBlock,
    Document,
    FieldTable,
    Figure,
    Heading,
    List,
    Node,
    Paragraph,
    Table,
    Title,
    child_blocks,
    plain_text,
)

_TABLE = "Table Grid"
_STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal", "List Bullet", "List Number")


def write_template(path: Path) -> None:
    """Write a .docx with docxtpl's tags: for each of `blocks`, a paragraph in the block's style, or a table."""
    document = docx.Document()
    document.add_paragraph("{%p for block in blocks %}")
    for number, style in enumerate(_STYLES):
        document.add_paragraph(f'{{%p {"elif" if number else "if"} block.style == "{style}" %}}')
        document.add_paragraph("{{ block.text }}", style)
    document.add_paragraph("{%p else %}")
    table = document.add_table(rows=3, cols=3, style=_TABLE)
    table.cell(0, 0).text = "{%tr for row in block.rows %}"
    row = ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    for cell, text in zip(table.rows[1].cells, row, strict=True):
        cell.text = text
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.save(str(path))


def flat_blocks(document: Document) -> list[dict[str, object]]:
    """Every paragraph and table of a tree as plain data: style and text, or style and rows. Notes come last."""
    nodes: list[Node] = [*document.blocks, *document.notes]
    return [found for node in nodes for found in _flat(node, "Normal")]


def _flat(node: Node, style: str) -> Iterator[dict[str, object]]:
    match node:
        case Title(children=children):
            yield {"style": "Title", "text": plain_text(children)}
        case Heading(level=level, children=children):
            yield {"style": f"Heading {min(level, 3)}", "text": plain_text(children)}
        case Paragraph(children=children):
            yield {"style": style, "text": plain_text(children)}
        case CodeBlock(text=text) | Figure(alt=text):
            yield {"style": style, "text": text}
        case Table(header=header, rows=rows):
            cells = [[plain_text(cell.children) for cell in row.cells] for row in (header, *rows)]
            yield {"style": _TABLE, "rows": cells}
        case FieldTable(fields=fields):
            yield {"style": _TABLE, "rows": [[plain_text(f.label), plain_text(f.value)] for f in fields]}
        case _:
            if isinstance(node, List):
                style = "List Number" if node.ordered else "List Bullet"
            for child in child_blocks(node):
                yield from _flat(child, style)
