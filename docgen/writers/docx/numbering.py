"""Real Word numbering: one `w:num` for every list, so that each begins where it should (ECMA-376 §17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from lxml import etree

from docgen.structs import Struct
from docgen.writers.docx.xml import NAMESPACES, W, style_element
from docgen.writers.theme import Theme

Kind = Literal["bullet", "number", "card"]
LEVELS: Final = 9
STEP: Final = 340  # twips from a bullet to its text, and from one level to the next
_BULLETS = ("•", "–", "•")
_NUMBERS = (("decimal", "."), ("lowerLetter", "."), ("lowerRoman", "."))
_PLACE: Final = "lists"
_LIST_STYLES: Final[dict[Kind, str]] = {"bullet": "List Bullet", "number": "List Number"}


class ListForms(Struct, frozen=True):
    """How lists look, the same in every document: the part of definitions around the place for a document's own lists
    (`head` and `tail`), the `w:abstractNumId` of each kind and where the text of its levels begins, in twips."""

    head: bytes
    tail: bytes
    instance: str
    abstracts: Mapping[Kind, int]
    indents: Mapping[Kind, tuple[int, ...]]
    next_number: int
    look: str
    """The run properties of a number in docgen's own definition."""


def list_forms(root: etree._Element | None, styles: etree._Element, ids: Mapping[str, str], theme: Theme) -> ListForms:
    """The lists' forms: those of a template's `w:numbering`, and docgen's own where it has none. The list styles that
    begin no list by themselves are changed so that they do."""
    root = etree.fromstring(f"<w:numbering {NAMESPACES}/>") if root is None else root
    taken = (int(number.get(f"{{{W}}}numId", "0")) for number in root.iter(f"{{{W}}}num"))
    next_number = 1 + max(taken, default=0)
    instance = _instance_form(root)
    abstracts: dict[Kind, int] = {"card": _add_abstract(root, "card", "", theme)}
    for kind, name in _LIST_STYLES.items():
        own = _of_style(root, styles, ids[name])
        if own is not None:
            abstracts[kind] = own
            continue
        abstracts[kind] = _add_abstract(root, kind, ids[name], theme)
        root.append(etree.fromstring(_instance(f'<w:num xmlns:w="{W}"', next_number, abstracts[kind], "")))
        _link_numbering(styles, ids[name], next_number)
        next_number += 1
    root.append(etree.Comment(_PLACE))
    last = root.find(f"{{{W}}}numIdMacAtCleanup")
    if last is not None:
        root.append(last)
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    head, _, tail = xml.partition(f"<!--{_PLACE}-->".encode())
    indents: dict[Kind, tuple[int, ...]] = {kind: _indents(root, number) for kind, number in abstracts.items()}
    indents["card"] = (0,) * LEVELS
    return ListForms(head, tail, instance, abstracts, indents, next_number, _number_look(theme))


class Numbering:
    """The numbering part of one document."""

    def __init__(self, forms: ListForms) -> None:
        self._forms = forms
        self._numbers: list[str] = []

    def add(self, kind: Kind, level: int, start: int, depth: int) -> int:
        """A new list: gives its `w:numId`. A numbered one begins at `start` on its `level` (from 0), and stands in
        `depth` other numbered ones: that decides its labels, whatever bullets it also stands in."""
        own = self._own_labels(level, start, depth) if depth % len(_NUMBERS) != level % len(_NUMBERS) else ""
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>{own}</w:lvlOverride>'
        number = self._forms.next_number + len(self._numbers)
        abstract = self._forms.abstracts[kind]
        self._numbers.append(_instance(self._forms.instance, number, abstract, override if kind == "number" else ""))
        return number

    def _own_labels(self, level: int, start: int, depth: int) -> str:
        form, sign = _NUMBERS[depth % len(_NUMBERS)]
        left = self.indent("number", level)
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="%{level + 1}{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr><w:rPr>{self._forms.look}</w:rPr></w:lvl>'
        )

    def indent(self, kind: Kind, level: int) -> int:
        """Where the text of a list's level begins, in twips."""
        return self._forms.indents[kind][level]

    def xml(self) -> bytes:
        """The whole part; definitions come before instances, as the schema wants."""
        return self._forms.head + "".join(self._numbers).encode() + self._forms.tail


def _instance_form(root: etree._Element) -> str:
    """How an instance in this part begins: a template may call the namespace something else."""
    return "<w:num" if root.nsmap.get("w") == W else f'<w:num xmlns:w="{W}"'


def _instance(form: str, number: int, abstract: int, override: str) -> str:
    return f'{form} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'


def _indents(root: etree._Element, abstract: int) -> tuple[int, ...]:
    """Where the text of each level of a definition begins; what a template leaves out is as docgen has it."""
    path = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='%d']/w:pPr/w:ind/@w:left"
    found = [root.xpath(path % level, namespaces={"w": W}) for level in range(LEVELS)]
    return tuple(
        int(str(left[0])) if isinstance(left, list) and left else STEP * (level + 1) for level, left in enumerate(found)
    )


def _of_style(root: etree._Element, styles: etree._Element, style_id: str) -> int | None:
    """The definition that a template's own list style uses, where it goes deep enough for nested lists."""
    style = style_element(styles, style_id)
    number = None if style is None else style.find(f"{{{W}}}pPr/{{{W}}}numPr/{{{W}}}numId")
    if number is None:
        return None
    for instance in root.findall(f"{{{W}}}num"):
        if instance.get(f"{{{W}}}numId") == number.get(f"{{{W}}}val"):
            wanted = instance.find(f"{{{W}}}abstractNumId")
            abstract = "" if wanted is None else wanted.get(f"{{{W}}}val", "")
            levels = root.xpath(f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl", namespaces={"w": W})
            return int(abstract) if isinstance(levels, list) and len(levels) == LEVELS else None
    return None


def _add_abstract(root: etree._Element, kind: Kind, style_id: str, theme: Theme) -> int:
    """Adds a definition of docgen's own and gives its `w:abstractNumId`."""
    present = root.findall(f"{{{W}}}abstractNum")
    number = 1 + max((int(e.get(f"{{{W}}}abstractNumId", "0")) for e in present), default=0)
    levels = "".join(_level(kind, level, style_id if level == 0 else "", theme) for level in range(LEVELS))
    root.insert(
        root.index(present[-1]) + 1 if present else 0,
        etree.fromstring(
            f'<w:abstractNum {NAMESPACES} w:abstractNumId="{number}"><w:nsid w:val="{0x0D0C0000 + number:08X}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    return number


def _level(kind: Kind, level: int, style_id: str, theme: Theme) -> str:
    linked = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
    left, hanging = (0, 0) if kind == "card" else (STEP * (level + 1), STEP)
    colour = f'<w:color w:val="{theme.colours.accent[1:]}"/>'
    if kind == "number":
        form, sign = _NUMBERS[level % len(_NUMBERS)]
        shown, run = f"%{level + 1}{sign}", _number_look(theme)
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


def _number_look(theme: Theme) -> str:
    return f'<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="{theme.colours.accent[1:]}"/>'


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
