"""A Word file with tracked changes as it is when all are accepted or all rejected (ECMA-376 Part 1, 17.13.5)."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORIES = ("word/document.xml", "word/footnotes.xml")


def resolved_texts(data: bytes, accept: bool) -> list[str]:
    """The text of each paragraph that has any, after all changes are accepted (else rejected)."""
    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for story in _STORIES:
            if story in archive.namelist():
                root = etree.fromstring(archive.read(story))
                _resolve(root, gone="del" if accept else "ins", kept="ins" if accept else "del")
                texts += [text for paragraph in root.iter(f"{W}p") if (text := _text(paragraph))]
    return texts


def revisions(data: bytes) -> int:
    """How many changes are tracked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        stories = [archive.read(story) for story in _STORIES if story in archive.namelist()]
    return sum(story.count(b"<w:ins ") + story.count(b"<w:del ") for story in stories)


def _resolve(root: etree._Element, gone: str, kept: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            _remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            _remove(table)
    marked = [p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None]
    for run in list(root.iter(f"{W}{gone}")):
        if not _is_mark(run):
            _remove(run)
    for run in list(root.iter(f"{W}{kept}")):
        if not _is_mark(run):
            _unwrap(run)
    for paragraph in marked:
        following = paragraph.getnext()
        content = [child for child in paragraph if child.tag != f"{W}pPr"]
        if following is not None and following.tag == f"{W}p" and any(_has_text(child) for child in content):
            properties = following.find(f"{W}pPr")
            at = 0 if properties is None else following.index(properties) + 1
            for child in reversed(content):
                following.insert(at, child)
        _remove(paragraph)


def _is_mark(element: etree._Element) -> bool:
    """Whether it says something of a paragraph's mark or a row, and holds no runs."""
    parent = element.getparent()
    return parent is None or str(parent.tag) in (f"{W}rPr", f"{W}trPr")


def _has_text(element: etree._Element) -> bool:
    return next(element.iter(f"{W}t", f"{W}delText"), None) is not None


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def _text(paragraph: etree._Element) -> str:
    parts = []
    for element in paragraph.iter(f"{W}t", f"{W}delText", f"{W}br", f"{W}noBreakHyphen"):
        name = etree.QName(element).localname
        parts.append({"br": "\n", "noBreakHyphen": "-"}.get(name) or element.text or "")
    return "".join(parts)
