"""The tree as text: for people to look at, and as the base text that a later import from Word is merged against."""

from __future__ import annotations

import re

from docgen.tree.document import (
    Badge,
    Caption,
    Change,
    Changed,
    Code,
    CodeBlock,
    Contents,
    Division,
    Document,
    Emphasis,
    FieldRow,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Node,
    NoteReference,
    Paragraph,
    Span,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
    as_shown,
    child_blocks,
)

NBSP = "\N{NO-BREAK SPACE}"
_SIGNS = {Change.NONE: "", Change.INSERTED: "+", Change.DELETED: "-"}
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~^{}]")


def markdown_text(inlines: tuple[Inline, ...]) -> str:
    """Inlines as Markdown in one normal form: the base text that a later import from Word is merged against.

    Footnotes are numbered by the order of their marks in this text, and a citation stands as its author wrote it, so
    that the text is the same wherever in a document it stands.
    """
    return _markdown(inlines, {})


def _markdown(inlines: tuple[Inline, ...], notes: dict[int, int]) -> str:
    """`notes` are the numbers in the text of the notes of the document that were met so far."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text):
                parts.append(_MARKUP.sub(r"\\\g<0>", text))
            case Emphasis(children):
                parts.append(f"*{_markdown(children, notes)}*")
            case Strong(children):
                parts.append(f"**{_markdown(children, notes)}**")
            case Code(text):
                parts.append(f"`{text}`")
            case Link(children, target):
                parts.append(f"[{_markdown(children, notes)}]({target})")
            case LineBreak():
                parts.append("\\\n")
            case NoteReference(number):
                parts.append(f"[^{notes.setdefault(number, len(notes) + 1)}]")
            case Span(children, written=written):
                parts.append(written or _markdown(children, notes))
            case Changed(children, change):
                parts.append("" if change is Change.DELETED else _markdown(children, notes))
            case Badge(children):
                parts.append(_markdown(children, notes))
    return "".join(parts)


def dump(document: Document, *, places: bool = True) -> str:
    """The tree as text for people, one line a node: kind, what it holds, `#id`, `→anchor` and `@file:line`.

    The label of a caption stands in brackets, and words that docgen computed in `Computed(…)`. Without `places` it is
    what the document says alone: no file, no line, and what was inserted is part of the text around it.
    """
    lines = [f"Document {document.id} {document.title!r} {document.language} version={document.version!r}"]
    for block in document.blocks:
        _dump(block, 1, lines, places)
    for number, note in enumerate(document.notes, 1):
        lines.append(f"  Note {number}{_tail(note, places)}")
        for block in note.blocks:
            _dump(block, 2, lines, places)
    return "\n".join(lines) + "\n"


def _tail(node: Node, places: bool) -> str:
    tail = (f" #{node.id}" if node.id else "") + (f" →{node.anchor}" if node.anchor else "")
    return tail + (f" @{node.origin.file}:{node.origin.line}" if places and node.origin.file else "")


def _dump(node: Node, depth: int, lines: list[str], places: bool) -> None:
    match node:
        case Title(children=children) | Paragraph(children=children):
            label = f" {_inlines(children, places)}"
        case TableCell(children=children, columns=columns, rows=rows):
            label = (f" {columns}x{rows}" if (columns, rows) != (1, 1) else "") + f" {_inlines(children, places)}"
        case TableRow(level=level):
            label = f" in={level}" if level else ""
        case Heading(level=level, children=children):
            label = f" {level} {_inlines(children, places)}"
        case List(ordered=ordered, start=start, tight=tight):
            label = (f" from {start}" if ordered else "") + ("" if tight else " loose")
        case Table(alignments=alignments):
            told = {"head": len(node.subheaders) or None, "foot": len(node.foot) or None, "labels": node.row_headers}
            label = " " + " ".join([",".join(alignments), *(f"{k}={n}" for k, n in told.items() if n is not None)])
        case Figure(media_type=media_type, alt=alt):
            label = f" {media_type} alt={alt!r}"
        case Caption(label=own, children=children):
            label = (f" [{own.replace(NBSP, ' ')}]" if own else "") + f" {_inlines(children, places)}"
        case CodeBlock(text=text):
            label = f" {text!r}"
        case Division(role=role, number=number, icon=icon):
            label = f" {role}{_marks(number, icon)}"
        case ListItem(number=number, icon=icon, weight=weight):
            label = _marks(number, icon, weight)
        case FieldRow(label=name, value=value):
            label = f" {_inlines(name, places)} = {_inlines(value, places)}"
        case Contents(title=title, depth=levels):
            label = f" {title!r} depth={levels}"
        case _:
            label = ""
    lines.append(f"{'  ' * depth}{_SIGNS[node.change]}{type(node).__name__}{label}{_tail(node, places)}")
    for child in child_blocks(node):
        _dump(child, depth + 1, lines, places)


def _marks(number: int, icon: str, weight: float = 0.0) -> str:
    shown = (f" number {number}" if number else "", f" icon {icon}" if icon else "", f" weight {weight:g}")
    return "".join(shown if weight else shown[:2])


def _inlines(inlines: tuple[Inline, ...], places: bool) -> str:
    return " ".join(_inline(inline, places) for inline in (inlines if places else as_shown(inlines)))


def _inline(inline: Inline, places: bool) -> str:
    match inline:
        case Text(text):
            return repr(text)
        case Code(text):
            return f"Code({text!r})"
        case Link(children, target):
            return f"Link({target} {_inlines(children, places)})"
        case LineBreak():
            return "LineBreak"
        case NoteReference(number):
            return f"NoteReference({number})"
        case Badge(children, tone):
            return f"Badge({tone} {_inlines(children, places)})"
        case Span(children, origin, computed, written):
            name = "Computed" if computed else "Span"
            place = f"@{origin.file}:{origin.line}" if places and origin.file else ""
            return f"{name}({' '.join(filter(None, (written, _inlines(children, places), place)))})"
        case Changed(children, change):
            return f"{_SIGNS[change]}[{_inlines(children, places)}]"
        case _:
            return f"{type(inline).__name__}({_inlines(inline.children, places)})"
