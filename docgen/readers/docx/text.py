"""A paragraph of a Word file as it is read: its words in stretches, the marks that stand in it, and its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from docgen.readers.docx.package import R, W
from docgen.structs import Struct, field

_BREAKS = ("page", "column")
_THROUGH = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo")
)
_NOTE_MARKS = frozenset((f"{W}footnoteReference", f"{W}endnoteReference"))
_OFF = ("0", "false", "off", "none")
_TEXT_BOX = f"{W}txbxContent"


class Stretch(Struct, frozen=True):
    """Words that look alike: bold, italic, in fixed width, and what a link that they are leads to."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


class KeyRange(Struct, frozen=True):
    """A bookmark of docgen's, and from where to where it reaches in the paragraph; `begins` = it begins here."""

    name: str
    start: int
    end: int
    begins: bool = True


class ReadText(Struct):
    """What is read of one paragraph: its stretches, its bookmarks, where comments begin and end, and what it has that
    is no words: `pictures` are what each shows, as its author tells it, and the id of its relation."""

    stretches: list[Stretch] = field(default_factory=list)
    keys: list[KeyRange] = field(default_factory=list)
    comments: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)


class Styles(Struct, frozen=True):
    """What the ids of a file's styles are called, and whether each is `bold` or `italic`; a style that stands before
    the one that it is based on is taken to look like nothing."""

    names: Mapping[str, str]
    looks: Mapping[str, frozenset[str]]
    outlines: Mapping[str, int] = field(default_factory=dict)

    def outline_of(self, element: etree._Element | None) -> int:
        """The level in the outline that the style has which an element names; -1: none."""
        return -1 if element is None else self.outlines.get(element.get(f"{W}val", ""), -1)

    def looks_of(self, element: etree._Element | None) -> frozenset[str]:
        """How the style looks that an element names."""
        return frozenset() if element is None else self.looks.get(element.get(f"{W}val", ""), frozenset())

    def name(self, element: etree._Element | None) -> str:
        """The name of the style that an element names; Word translates the ids, not these."""
        return "" if element is None else self.names.get(element.get(f"{W}val", ""), element.get(f"{W}val", ""))


class TextReader:
    """Reads paragraphs one after the other; bookmarks and comments may reach over several. `ended` are the ids of the
    bookmarks that have an end; one without reaches no further than its paragraph."""

    def __init__(self, styles: Styles, links: Mapping[str, str], ended: frozenset[str] = frozenset()) -> None:
        self._styles, self._links, self._ended = styles, links, ended
        self._open: dict[str, str] = {}  # bookmarks by id
        self._commented: set[str] = set()
        self._found = ReadText()
        self._at = 0
        self._fields: list[list[str]] = []  # instruction and state of each field that is open
        self._starts: dict[str, int] = {}
        self._begun: set[str] = set()

    def between(self, element: etree._Element) -> None:
        """What stands between two paragraphs, where it begins or ends a bookmark or what a comment is about."""
        id, name = element.get(f"{W}id", ""), str(element.tag).rpartition("}")[2]
        if name == "bookmarkStart" and (key := element.get(f"{W}name", "")).startswith("_dg_"):
            self._open[id] = key
        elif name == "bookmarkEnd":
            self._open.pop(id, None)
        elif name == "commentRangeStart":
            self._commented.add(id)
        elif name == "commentRangeEnd":
            self._commented.discard(id)

    def read(self, paragraph: etree._Element) -> ReadText:
        """One paragraph."""
        self._found, self._at = ReadText(), 0
        self._fields.clear()
        self._starts = dict.fromkeys(self._open, 0)
        self._begun = set(self._open)
        for comment in self._commented:
            self._found.comments[comment] = (0, 0)
        self._children(paragraph, "")
        for id, name in self._open.items():
            self._found.keys.append(KeyRange(name, self._starts[id], self._at, id not in self._begun))
        for id in [id for id in self._open if id not in self._ended]:
            del self._open[id]
        for comment in self._commented:
            self._found.comments[comment] = (self._found.comments[comment][0], self._at)
        return self._found

    def _children(self, element: etree._Element, link: str) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, link)
            elif tag == f"{W}hyperlink":
                anchor = child.get(f"{W}anchor")
                self._children(child, f"#{anchor}" if anchor else self._links.get(child.get(f"{R}id", ""), ""))
            elif tag == f"{W}fldSimple":
                if "NOTEREF" not in child.get(f"{W}instr", ""):
                    self._children(child, link)
            elif tag in _THROUGH:
                self._children(child, link)
            else:
                self._anchor(child)

    def _anchor(self, element: etree._Element) -> None:
        id, name = element.get(f"{W}id", ""), str(element.tag).rpartition("}")[2]
        if name == "bookmarkStart":
            if (key := element.get(f"{W}name", "")).startswith("_dg_"):
                self._open[id], self._starts[id] = key, self._at
        elif name == "bookmarkEnd":
            if (ended := self._open.pop(id, None)) is not None:
                self._found.keys.append(KeyRange(ended, self._starts[id], self._at, id not in self._begun))
        elif name == "commentRangeStart":
            self._commented.add(id)
            self._found.comments[id] = (self._at, self._at)
        elif name == "commentRangeEnd":
            self._commented.discard(id)
            start = self._found.comments.get(id, (0, 0))[0]
            self._found.comments[id] = (start, self._at)
        elif name in ("oMath", "oMathPara"):
            self._found.left_out.append("en formel")

    def _run(self, run: etree._Element, link: str) -> None:
        for child in run:
            name = str(child.tag).rpartition("}")[2]
            if name == "fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif name == "instrText" and self._fields:
                self._fields[-1][0] += child.text or ""
            elif child.tag in _NOTE_MARKS:
                self._found.notes.append((self._at, child.get(f"{W}id", "")))
            elif name == "commentReference":
                self._found.comments.setdefault(child.get(f"{W}id", ""), (self._at, self._at))
            elif name in ("drawing", "pict", "object"):
                self._drawing(child)
            elif name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
                self._anchor(child)
            elif not any(one[1] == "skipped" for one in self._fields) and (text := _words(child)):
                self._add(text, run.find(f"{W}rPr"), link or self._field_link())

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", "instruction"])
        elif self._fields and kind == "separate":
            is_note = self._fields[-1][0].strip().startswith("NOTEREF")
            self._fields[-1][1] = "skipped" if is_note else "shown"
        elif self._fields and kind == "end" and self._fields.pop()[1] == "skipped":
            self._found.notes.append((self._at, ""))

    def _field_link(self) -> str:
        for instruction, state in self._fields:
            words = instruction.split('"')
            if state == "shown" and instruction.strip().startswith("HYPERLINK") and len(words) > 1:
                return f"#{words[1]}" if "\\l" in words[0] else words[1]
        return ""

    def _drawing(self, element: etree._Element) -> None:
        boxes = list(element.iter(_TEXT_BOX))
        self._found.boxes += boxes
        if not boxes and (picture := _picture(element)):
            self._found.pictures.append(picture)
        self._found.left_out.append("et tekstfelt" if boxes else "et billede eller en tegning")

    def _add(self, text: str, properties: etree._Element | None, link: str) -> None:
        code = self._styles.name(_child(properties, "rStyle")) in ("Kode", "Code", "HTML Code")
        new = Stretch(text, _is_on(properties, "b"), _is_on(properties, "i"), code, link)
        last = self._found.stretches[-1] if self._found.stretches else None
        if last is not None and (last.bold, last.italic, last.code, last.link) == (new.bold, new.italic, code, link):
            self._found.stretches[-1] = Stretch(last.text + text, last.bold, last.italic, code, link)
        else:
            self._found.stretches.append(new)
        self._at += len(text)


def _picture(drawing: etree._Element) -> tuple[str, str] | None:
    """What a drawing tells of a picture in it, and the id of its relation; None where it is no picture."""
    for one in drawing.iter("{*}blip", "{*}imagedata"):
        id = one.get(f"{R}embed") or one.get(f"{R}id") or ""
        said = [about.get("descr", "") for about in drawing.iter("{*}docPr")] + [one.get("title", "")]
        if id:
            return next(filter(None, said), ""), id
    return None


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(f"{W}{name}")


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = _child(properties, name)
    return found is not None and found.get(f"{W}val", "1").lower() not in _OFF


def looks_of(properties: etree._Element | None, inherited: frozenset[str]) -> frozenset[str]:
    """Whether a style is bold or italic, given what it is based on."""
    found = set(inherited)
    for tag, name in (("b", "bold"), ("i", "italic")):
        if _child(properties, tag) is not None:
            (found.add if _is_on(properties, tag) else found.discard)(name)
    return frozenset(found)


def _words(element: etree._Element) -> str:
    """What an element of a run shows."""
    match str(element.tag).removeprefix(W):
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" if element.get(f"{W}type") in _BREAKS:
            return ""
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "\N{NON-BREAKING HYPHEN}"
        case "sym":
            return _symbol(element.get(f"{W}char", ""))
        case _:
            return ""


def _symbol(code: str) -> str:
    """The sign of a symbol font: as far as it is one of Unicode, else a question mark: it is seen to be lost."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "?"
    return "?" if "\ue000" <= sign <= "\uf8ff" or not sign.isprintable() else sign


def joined(stretches: Iterator[Stretch] | list[Stretch]) -> str:
    """The words of some stretches."""
    return "".join(one.text for one in stretches)
