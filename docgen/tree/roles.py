"""The roles of divisions and the alignments of columns: what a tree says of its parts, and each writer shows."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a `Division` is in the document; each writer gives it its look."""

    MASTHEAD = "masthead"  # the head of a document without a title page: kind, title, fields
    COVER = "cover"  # the title page; the writers end it with a page break
    STATEMENT = "statement"  # a value's statement, set off under the chapter heading
    LEAD = "lead"  # the first, larger paragraph of a document or chapter
    OVERVIEW = "overview"  # equal cards: a list, each item a bold lead and a text
    NOTE = "note"  # a box with a remark to the reader
    CAPTION = "caption"  # sources and notes under a table
    COLOPHON = "colophon"  # small print at the end
    CHAPTER = "chapter"  # one of several equal chapters: its heading, statement, text and focus; has number and icon
    FOCUS = "focus"  # what a chapter comes to: a heading, a lead-in and a list, beside or after its text
    KEY_FIGURES = "key-figures"  # a list of figures that each have their share of the room
    PULL_QUOTE = "pull-quote"  # a sentence of the text, once more and larger
    COLUMNS = "columns"  # text that stands in two columns where there is room for them
    BACK_COVER = "back-cover"  # the last page: who published it


class Alignment(StrEnum):
    """How a table column is set; numbers are right-aligned with the same number of decimals."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"
