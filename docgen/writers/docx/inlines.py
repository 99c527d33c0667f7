"""Text inside a paragraph of a Word file: runs, hyperlinks and fields."""

from __future__ import annotations

from typing import assert_never

from docgen.structs import Struct, replace
from docgen.tree.document import (
    Badge,
    Changed,
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    Span,
    Strong,
    Text,
    Tone,
    as_shown,
)
from docgen.writers.docx.looks import fixed_font
from docgen.writers.docx.writing import Writing
from docgen.writers.docx.xml import field, link_address, run, run_of


class Marks(Struct, frozen=True):
    """How text looks inside a paragraph."""

    bold: bool = False
    italic: bool = False
    link: bool = False
    colour: str = ""


_PLAIN = Marks()


def write_inline(inline: Inline, marks: Marks, state: Writing) -> str:
    """One inline as runs, hyperlinks and fields."""
    match inline:
        case Text(text):
            return run(text, _run_properties(marks, "", state))
        case Code(text):
            return run(text, _run_properties(marks, "Code", state), typed=True)
        case Emphasis(children):
            return write_inlines(children, state, replace(marks, italic=True))
        case Strong(children):
            return write_inlines(children, state, replace(marks, bold=True))
        case Link(children, target):
            return _link(children, target, marks, state)
        case LineBreak():
            return run_of("<w:br/>")
        case NoteReference(number):
            return _note_reference(number, state)
        case Badge(children, tone):
            colour = getattr(state.theme.colours, "muted" if tone is Tone.NEUTRAL else tone.value)
            return write_inlines(children, state, replace(marks, colour=colour.removeprefix("#").upper()))
        case Span(children):
            return write_inlines(children, state, marks)
        case Changed(children, change):
            return state.revisions.track(write_inlines(children, state, marks), change)
        case _:
            assert_never(inline)


def write_inlines(inlines: tuple[Inline, ...], state: Writing, marks: Marks = _PLAIN) -> str:
    """Inlines one after the other."""
    return "".join(write_inline(inline, marks, state) for inline in as_shown(inlines))


def _run_properties(marks: Marks, style: str, state: Writing) -> str:
    style_name = "Hyperlink" if marks.link else style
    parts = [f'<w:rStyle w:val="{state.ids[style_name]}"/>'] if style_name else []
    if marks.link and style == "Code":
        parts.append(fixed_font(state.theme))
    if marks.bold:
        parts.append("<w:b/><w:bCs/>")
    if marks.italic:
        parts.append("<w:i/><w:iCs/>")
    if marks.colour:
        parts.append(f'<w:color w:val="{marks.colour}"/>')
    return "".join(parts)


def _link(children: tuple[Inline, ...], target: str, marks: Marks, state: Writing) -> str:
    """A link; one to an anchor that the document does not have stays text."""
    if target.startswith("#"):
        name = state.anchors.get(target[1:])
        if name is None:
            return write_inlines(children, state, marks)
        where = f'w:anchor="{name}"'
    else:
        where = f'r:id="{state.links.link(link_address(target))}"'
    return (
        f'<w:hyperlink {where} w:history="1">{write_inlines(children, state, replace(marks, link=True))}</w:hyperlink>'
    )


def _note_reference(number: int, state: Writing) -> str:
    """The first mark of a note is the footnote's own; a later one refers to it (Word gives every footnote one mark)."""
    properties = f'<w:rStyle w:val="{state.ids["footnote reference"]}"/>'
    if number in state.noted:
        return field(f"NOTEREF _RefNote{number} \\f \\h", str(number), properties)
    if state.in_notes:
        return run(str(number), properties)
    state.noted.add(number)
    return state.bookmark(f"_RefNote{number}", run_of(f'<w:footnoteReference w:id="{number}"/>', properties))
