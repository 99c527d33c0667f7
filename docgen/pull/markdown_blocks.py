"""Paragraphs and items of a Markdown text put in, taken out and parted, as changes of the text."""

from __future__ import annotations

from docgen.pull.splicing import escaped
from docgen.pull.words import Hunk
from docgen.tree.line_starts import ITEM


def _line_start(value: str, at: int) -> int:
    return value.rfind("\n", 0, at) + 1


def _block_end(value: str, at: int) -> int:
    """Where the paragraph ends that a place is in."""
    end = value.find("\n\n", at)
    return end if end >= 0 else len(value.rstrip("\n"))


def _line_end(value: str, at: int) -> int:
    end = value.find("\n", at)
    return end if end >= 0 else len(value)


def _marker(value: str, at: int) -> str:
    """What begins the item of a list that a place is in."""
    found = ITEM.match(value, _item_start(value, at))
    return found[0] if found else "- "


def is_item(value: str, at: int) -> bool:
    """Whether a place is in an item of a list."""
    return ITEM.match(value, _item_start(value, at)) is not None


def _item_start(value: str, at: int) -> int:
    """Where the item or paragraph begins that a place is in."""
    start = _line_start(value, at)
    while start and not ITEM.match(value, start) and value[start - 1 : start + 1] != "\n\n":
        start = _line_start(value, start - 1)
    return start


def parted(value: str, at: int, is_item: bool) -> str:
    """What stands between two paragraphs, or between two items like the one that a place is in."""
    return "\n" + _marker(value, at) if is_item else "\n\n"


def inserted(value: str, extent: tuple[int, int], text: str, is_item: bool, *, at_end: bool) -> Hunk:
    """A paragraph or item after the one whose words have an extent, or before it."""
    written = escaped(text, begins=True)
    if is_item:
        marker = _marker(value, extent[0])
        if at_end:
            end = _line_end(value, extent[1])
            return Hunk(end, end, f"\n{marker}{written}")
        start = _line_start(value, extent[0])
        return Hunk(start, start, f"{marker}{written}\n")
    if at_end:
        end = _block_end(value, extent[1])
        return Hunk(end, end, f"\n\n{written}")
    start = _line_start(value, extent[0])
    return Hunk(start, start, f"{written}\n\n")


def removed(value: str, extent: tuple[int, int], is_item: bool) -> Hunk:
    """The paragraph or item taken out whose words have an extent."""
    start, end = _line_start(value, extent[0]), _line_end(value, extent[1])
    if is_item and value[end : end + 1] == "\n" and value[end : end + 2] != "\n\n":
        return Hunk(start, end + 1, "")
    if is_item:
        return Hunk(max(start - 1, 0), end, "")
    if value[end : end + 2] == "\n\n":
        return Hunk(start, end + 2, "")
    return Hunk(len(value[:start].rstrip("\n")), end, "")


def segment(value: str, extent: tuple[int, int], is_item: bool) -> tuple[int, int, str]:
    """From where to where the source of a paragraph or item stands whose words have an extent, without what begins an
    item, and how far that is indented."""
    start, end = _line_start(value, extent[0]), _block_end(value, extent[1])
    if not is_item:
        return start, end, ""
    marker = ITEM.match(value, _item_start(value, extent[0]))
    lead = marker[0] if marker is not None else ""
    start = marker.end() if marker is not None else start
    return start, _line_end(value, extent[1]), lead[: len(lead) - len(lead.lstrip())]
