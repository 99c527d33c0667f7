"""Reading back what `docgen.writers.html.writer` wrote, with the standard library's parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_UNITS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "td", "th", "caption", "figcaption", "dt", "dd", "pre"))
_VOID = frozenset(("br", "img", "meta", "link", "hr", "input", "col"))


@dataclass(slots=True)
class Element:
    """An element that was opened: its tag, attributes, the tags it stands in, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    ancestors: tuple[str, ...]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, without markup."""
        return "".join(self.parts)


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(one.tag for one in self._open))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def close(self) -> None:
        super().close()
        self.faults += [f"<{element.tag}> not closed" for element in self._open]


def html_elements(data: bytes) -> list[Element]:
    """Every element in order; raises ValueError where tags are not properly nested."""
    outline = _Outline()
    outline.feed(data.decode())
    outline.close()
    if outline.faults:
        raise ValueError("; ".join(outline.faults))
    return outline.elements


class _Texts(HTMLParser):
    """Collects texts; `_skipped` counts the open elements whose words are not the document's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._parts: list[str] | None = None
        self._open: list[tuple[str, bool]] = []
        self._notes_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img" and not self._is_skipped():
            self.texts.append(attributes.get("alt") or "")
        elif tag == "br" and self._parts is not None:
            self._parts.append("\n")
        if tag in _VOID:
            return
        skipped = self._is_frame(tag, attributes)
        self._open.append((tag, skipped))
        if tag in _UNITS and not self._is_skipped():
            self._parts = []

    def _is_frame(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if attributes.get("role") == "doc-endnotes":
            self._notes_title = True
        elif tag == "h2" and self._notes_title:
            self._notes_title = False
            return True
        within = [name for name, _ in self._open]
        if tag in ("header", "footer", "head") or ("main" not in within and tag not in ("html", "body", "main")):
            return True
        return attributes.get("class") == "back" or tag == "sup" or (tag == "ul" and "nav" in within)

    def _is_skipped(self) -> bool:
        return any(skipped for _, skipped in self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNITS and not self._is_skipped() and self._parts is not None:
            self.texts.append("".join(self._parts))
            self._parts = None
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._parts is not None and not self._is_skipped():
            self._parts.append(data)


def html_texts(data: bytes) -> list[str]:
    """The texts of a page, comparable with `docgen.tree.document.texts`: same strings, same order, notes last; text
    alternatives are in, the frame's words, the entries of the contents, note marks and back links are not."""
    reader = _Texts()
    reader.feed(data.decode())
    reader.close()
    return reader.texts
