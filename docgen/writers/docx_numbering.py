"""Real Word numbering: one `w:num` for every list, so that each begins where it should (ECMA-376 §17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from lxml import etree

from docgen.writers.docx_xml import NAMESPACES, W, style_element
from docgen.writers.theme import Theme

Kind = Literal["bullet", "number", "card"]
LEVELS: Final = 9
STEP: Final = 340  # twips from a bullet to its text, and from one level to the next
_BULLETS = ("•", "–", "•")
_NUMBERS = (("decimal", "."), ("lowerLetter", "."), ("lowerRoman", "."))
_LIST_STYLES: Final[dict[Kind, str]] = {"bullet": "List Bullet", "number": "List Number"}


class Numbering:
    """The numbering part of one document. `root` is a template's `w:numbering`, or `None`."""

    def __init__(
        self, root: etree._Element | None, styles: etree._Element, ids: Mapping[str, str], theme: Theme
    ) -> None:
        self._root = etree.fromstring(f"<w:numbering {NAMESPACES}/>") if root is None else root
        taken = (int(number.get(f"{{{W}}}numId", "0")) for number in self._root.iter(f"{{{W}}}num"))
        self._next_number = 1 + max(taken, default=0)
        self._numbers: list[str] = []
        self._abstracts: dict[Kind, int] = {}
        self._add_abstract("card", "", theme)
        for kind, name in _LIST_STYLES.items():
            own = self._of_style(styles, ids[name])
            if own is not None:
                self._abstracts[kind] = own
                continue
            self._add_abstract(kind, ids[name], theme)
            _link_numbering(styles, ids[name], self._instance(kind, ""))

    def add(self, kind: Kind, level: int, start: int) -> int:
        """A new list: gives its `w:numId`. A numbered one begins at `start` on its `level` (from 0)."""
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self._instance(kind, override if kind == "number" else "")

    def indent(self, kind: Kind, level: int) -> int:
        """Where the text of a list's level begins, in twips."""
        if kind == "card":
            return 0
        path = f"w:abstractNum[@w:abstractNumId='{self._abstracts[kind]}']/w:lvl[@w:ilvl='{level}']/w:pPr/w:ind/@w:left"
        found = self._root.xpath(path, namespaces={"w": W})
        return int(str(found[0])) if isinstance(found, list) and found else STEP * (level + 1)

    def xml(self) -> bytes:
        """The whole part; definitions come before instances, as the schema wants."""
        for number in self._numbers:
            self._root.append(etree.fromstring(number))
        last = self._root.find(f"{{{W}}}numIdMacAtCleanup")
        if last is not None:
            self._root.append(last)
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _instance(self, kind: Kind, override: str) -> int:
        number = self._next_number
        self._next_number += 1
        self._numbers.append(
            f'<w:num {NAMESPACES} w:numId="{number}">'
            f'<w:abstractNumId w:val="{self._abstracts[kind]}"/>{override}</w:num>'
        )
        return number

    def _of_style(self, styles: etree._Element, style_id: str) -> int | None:
        """The definition that a template's own list style uses, where it goes deep enough for nested lists."""
        style = style_element(styles, style_id)
        number = None if style is None else style.find(f"{{{W}}}pPr/{{{W}}}numPr/{{{W}}}numId")
        if number is None:
            return None
        for instance in self._root.findall(f"{{{W}}}num"):
            if instance.get(f"{{{W}}}numId") == number.get(f"{{{W}}}val"):
                wanted = instance.find(f"{{{W}}}abstractNumId")
                abstract = "" if wanted is None else wanted.get(f"{{{W}}}val", "")
                levels = self._root.xpath(f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl", namespaces={"w": W})
                return int(abstract) if isinstance(levels, list) and len(levels) == LEVELS else None
        return None

    def _add_abstract(self, kind: Kind, style_id: str, theme: Theme) -> None:
        present = self._root.findall(f"{{{W}}}abstractNum")
        number = 1 + max((int(e.get(f"{{{W}}}abstractNumId", "0")) for e in present), default=0)
        levels = "".join(_level(kind, level, style_id if level == 0 else "", theme) for level in range(LEVELS))
        self._root.insert(
            self._root.index(present[-1]) + 1 if present else 0,
            etree.fromstring(
                f'<w:abstractNum {NAMESPACES} w:abstractNumId="{number}"><w:nsid w:val="{0x0D0C0000 + number:08X}"/>'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            ),
        )
        self._abstracts[kind] = number


def _level(kind: Kind, level: int, style_id: str, theme: Theme) -> str:
    linked = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
    left, hanging = (0, 0) if kind == "card" else (STEP * (level + 1), STEP)
    colour = f'<w:color w:val="{theme.colours.accent[1:]}"/>'
    if kind == "number":
        form, sign = _NUMBERS[level % len(_NUMBERS)]
        shown, run = f"%{level + 1}{sign}", '<w:b w:val="0"/><w:i w:val="0"/>' + colour
    else:
        form, shown, run = ("bullet", _BULLETS[level % len(_BULLETS)], colour) if kind == "bullet" else ("none", "", "")
    suffix = '<w:suff w:val="nothing"/>' if kind == "card" else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}{suffix}'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:lvl>"
    )


def _link_numbering(root: etree._Element, style_id: str, number: int) -> None:
    """Lets a paragraph style begin a list by itself, unless it already does (ECMA-376 §17.9.23)."""
    style = style_element(root, style_id)
    if style is None or style.find(f".//{{{W}}}numPr") is not None:
        return
    properties = style.find(f"{{{W}}}pPr")
    if properties is None:
        return
    numbering = etree.fromstring(f'<w:numPr xmlns:w="{W}"><w:numId w:val="{number}"/></w:numPr>')
    earlier = ("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    place = sum(1 for child in properties if etree.QName(child).localname in earlier)
    properties.insert(place, numbering)
