"""Tokens of a table -> its node: cells that are one, rows that are set in, paragraphs and lists in a cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Alignment, Block
from docgen.tree.inlines import InlineBuilder, in_cell
from docgen.tree.markdown import Token
from docgen.tree.places import SourceText
from docgen.tree.table_shape import FIGURE
from docgen.tree.typed import keep_numbers

LEFT, ABOVE = "<<", "^^"
"""What stands in a cell that is one with the cell before it or above it."""
_DEEPEST = 3
_SET_IN = re.compile(r"((?:>>\s*)+)(?=\S)")
_BULLET = re.compile(r"([-–•·▪◦]|\d{1,3}[.)])[ \t]+(?=\S|$)")
_NUMBER = re.compile(r"(\d{1,3})[.)]")

_Tokens = Sequence[Token]


class TableBuilder:
    """Makes the tables of one text."""

    def __init__(self, text: SourceText, inlines: InlineBuilder) -> None:
        self._text, self._inlines = text, inlines

    def build(self, token: Token) -> tree.Table:
        """The table of a token. What is wrong with its cells is reported at their row."""
        heads = [child for child in token.children if child.type == "table_head"]
        body, foot = (
            [row for child in token.children if child.type == part for row in child.children]
            for part in ("table_body", "table_foot")
        )
        fields = self._text.node_fields()
        header, *subheaders = self._rows(heads)
        fields["origin"] = header.origin
        rows, feet = self._rows(body), self._rows(foot)
        alignments = tuple(Alignment(cell.align or "left") for cell in heads[0].children)
        labels = self._labels(token.words, heads[0].words)
        return tree.Table(
            header, rows, alignments, subheaders=tuple(subheaders), foot=feet, row_headers=labels, **fields
        )

    def report_error(self, token: Token) -> None:
        """Reports a line with bars that does not fit in its table."""
        if token.name == "foot":
            message = "linjen med === står ikke mellem tabellens rækker og dens fod"
            hint = "sæt den én gang, lige over den eller de sidste rækker"
        else:
            has, wanted = token.words.split(" ")
            cells = "celle" if has == "1" else "celler"
            message = f"tabellen kan ikke læses: rækken har {has} {cells}, men linjen med |---| har {wanted}"
            hint = "giv alle rækker lige mange celler; skriv \\| for en streg, der er en del af teksten"
        self._text.report(token.raw, message, hint)

    def _labels(self, signs: str, line: str) -> int | None:
        """How many columns name their rows, by the signs of the line under the head: `=` where they do, `~` where the
        first does not."""
        if not set(signs) & {"=", "~"}:
            return None
        count = len(signs) - len(signs.lstrip("="))
        if "=" in signs[count:] or "~" in signs[1:]:
            message = "=== og ~~~ under hovedet kan kun stå i de første kolonner"
            self._text.report(line, message, "brug --- i de andre")
        return count

    # -- rows and cells --

    def _rows(self, tokens: _Tokens) -> tuple[tree.TableRow, ...]:
        areas = self._areas(tokens)
        return tuple(
            self._row(row, [(cell, areas[y, x]) for x, cell in enumerate(row.children) if (y, x) in areas])
            for y, row in enumerate(tokens)
        )

    def _areas(self, rows: _Tokens) -> dict[tuple[int, int], tuple[int, int]]:
        """How many rows and columns each cell takes, by its row and column; what is part of another is left out."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        owned: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row.children):
                mark = _mark(cell)
                at = (y, x) if not mark else (y, x - 1) if mark == LEFT else (y - 1, x)
                owner = owners.get(at, (y, x))
                if mark and at not in owners:
                    self._report_lone(row, mark)
                owners[y, x] = owner
                owned[owner].append((y, x))
        areas = {}
        for (y, x), cells in owned.items():
            high, wide = max(cell[0] for cell in cells) - y + 1, max(cell[1] for cell in cells) - x + 1
            areas[y, x] = (high, wide)
            if high * wide != len(cells) or min(cell[1] for cell in cells) < x:
                message = "cellerne kan ikke være én, for de danner ikke en firkant"
                hint = f"sæt {LEFT} i cellerne til højre og {ABOVE} i cellerne under, lige mange i hver række"
                self._text.report(rows[y].words, message, hint)
                return dict.fromkeys(owners, (1, 1))
        for y, row in enumerate(rows):
            if not any(at[0] == y for at in areas):
                message = "rækken har ingen celler, for de hører alle til rækken over"
                self._text.report(row.words, message, "slet rækken")
                return dict.fromkeys(owners, (1, 1))
        return areas

    def _report_lone(self, row: Token, mark: str) -> None:
        where = "foran" if mark == LEFT else "over, i samme del af tabellen,"
        hint = f"skriv cellens tekst, eller \\{mark}, hvis det er teksten"
        self._text.report(row.words or mark, f"der er ingen celle {where} som {mark} kan være en del af", hint)

    def _row(self, row: Token, cells: Sequence[tuple[Token, tuple[int, int]]]) -> tree.TableRow:
        level = 0
        if cells:
            first, area = cells[0]
            level, first = _set_in(first)
            cells = [(first, area), *cells[1:]]
            if level > _DEEPEST:
                self._text.report(row.words, "rækken er rykket for langt ind", f"brug højst {'>>' * _DEEPEST}")
        made = tuple(self._cell(cell, *area) for cell, area in cells)
        fields = self._text.node_fields()
        fields["origin"] = made[0].origin if made else fields["origin"]
        return tree.TableRow(made, level, **fields)

    def _cell(self, token: Token, rows: int, columns: int) -> tree.TableCell:
        tokens = [in_cell(child) for child in token.children]
        if blocks := self._blocks(tokens):
            return tree.TableCell((), columns, rows, blocks, **self._text.node_fields(_first_inlines(blocks)))
        inlines = self._inlines.build(tokens)
        return tree.TableCell(inlines, columns, rows, **self._text.node_fields(inlines))

    # -- paragraphs and lists in a cell --

    def _blocks(self, tokens: _Tokens) -> tuple[Block, ...]:
        """The paragraphs and lists of a cell, where it has an empty line or points; else nothing."""
        lines = _lines_of(tokens)
        kinds = _kinds_of([_typed(line) for line in lines])
        if len(lines) < 2 or (all(kinds) and not any(kind in ("bullet", "number") for kind in kinds)):
            return ()
        return tuple(self._made(kinds, lines))

    def _made(self, kinds: Sequence[str], lines: Sequence[list[Token]]) -> Iterator[Block]:
        for kind, group in groupby(zip(kinds, lines, strict=True), lambda pair: pair[0]):
            parts = [line for _, line in group]
            if kind == "text":
                joined = [token for line in parts for token in (Token("linebreak"), *line)][1:]
                inlines = self._inlines.build(joined)
                yield tree.Paragraph(inlines, **self._text.node_fields(inlines))
            elif kind:
                start = _NUMBER.match(_typed(parts[0]))
                items = tuple(self._item(_without_bullet(line)) for line in parts)
                fields = self._text.node_fields()
                fields["origin"] = items[0].origin
                yield tree.List(items, ordered=kind == "number", start=int(start[1]) if start else 1, **fields)

    def _item(self, tokens: _Tokens) -> tree.ListItem:
        inlines = self._inlines.build(tokens)
        fields = self._text.node_fields(inlines)
        return tree.ListItem((tree.Paragraph(inlines, **fields),), **fields)


def _mark(cell: Token) -> str:
    """The mark that a cell is nothing but, if it is."""
    raw = cell.children[0].raw if len(cell.children) == 1 and cell.children[0].type == "text" else ""
    return raw if raw in (LEFT, ABOVE) else ""


def _set_in(cell: Token) -> tuple[int, Token]:
    """How far a cell is set in, and the cell without the signs that say so."""
    first = cell.children[0] if cell.children else Token("")
    found = _SET_IN.match(first.raw) if first.type == "text" else None
    if found is None:
        return 0, cell
    children = (replace(first, raw=first.raw[found.end() :]), *cell.children[1:])
    return found[1].count(">>"), replace(cell, children=children)


def _lines_of(tokens: _Tokens) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "linebreak":
            lines.append([])
        else:
            lines[-1].append(token)
    return lines


def _typed(line: _Tokens) -> str:
    """The words that a line begins with, as they are typed; a sign for what is no plain text."""
    return "".join(token.raw if token.type == "text" else "\x03" for token in line).strip()


def _kinds_of(lines: Sequence[str]) -> list[str]:
    """What each line is: nothing, text, or a point of a list. Dashes and numbers are of a list where there are two of
    them, one up from the other; a date and a figure begin none."""
    kinds = []
    for line in lines:
        found = _BULLET.match(line)
        if not line:
            kinds.append("")
        elif found is None or FIGURE.fullmatch(line) or keep_numbers(line) != line:
            kinds.append("text")
        else:
            kinds.append("number" if found[1][0].isdigit() else "dash" if found[1] in "-–" else "bullet")
    for number, kind in enumerate(kinds):
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(kinds) and kinds[n] == kind]
        if kind == "number":
            own = _value(lines[number])
            beside = [n for n in beside if _value(lines[n]) - own == n - number]
        if kind in ("dash", "number") and not beside:
            kinds[number] = "text"
    return ["bullet" if kind == "dash" else kind for kind in kinds]


def _value(line: str) -> int:
    found = _NUMBER.match(line)
    return int(found[1]) if found else 0


def _without_bullet(line: list[Token]) -> list[Token]:
    first = line[0]
    raw = _BULLET.sub("", first.raw.lstrip(), count=1)
    return [replace(first, raw=raw), *line[1:]] if raw else line[1:]


def _first_inlines(blocks: Sequence[Block]) -> tuple[tree.Inline, ...]:
    first = blocks[0]
    if isinstance(first, tree.List):
        return _first_inlines(first.items[0].blocks)
    return first.children if isinstance(first, tree.Paragraph) else ()
