"""What a colleague does to a Word file, done to its XML: typing, deleting, splitting, tracked or not, commenting."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable

from lxml import etree

from tests.support.docx_reading import W

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DATE = "2026-02-03T10:15:00Z"
Change = Callable[[etree._Element], None]


def rewritten(data: bytes, change: Change, part: str = "word/document.xml") -> bytes:
    """A Word file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, content)
    return out.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """A Word file with some parts replaced, added, or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            if content is not None:
                target.writestr(name, content)
    return out.getvalue()


def paragraph_with(root: etree._Element, words: str, number: int = 0) -> etree._Element:
    """The paragraph that says some words (the first, or the one with a number)."""
    found = [one for one in root.iter(W + "p") if words in text_of(one)]
    assert found, f"no paragraph says {words!r}"
    return found[number]


def text_of(paragraph: etree._Element) -> str:
    """The words of a paragraph."""
    return "".join(one.text or "" for one in paragraph.iter(W + "t"))


def _run(text: str, like: etree._Element | None = None, tag: str = "t") -> etree._Element:
    run = etree.Element(W + "r")
    properties = None if like is None else like.find(W + "rPr")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    words = etree.SubElement(run, W + tag)
    words.text = text
    words.set(_XML_SPACE, "preserve")
    return run


def _tracked(name: str, author: str, *runs: etree._Element) -> etree._Element:
    element = etree.Element(W + name)
    for attribute, value in (("id", str(9000 + id(element) % 9000)), ("author", author), ("date", DATE)):
        element.set(W + attribute, value)
    element.extend(runs)
    return element


def typed(before: str, after: str, author: str = "", number: int = 0) -> Change:
    """Words typed in the place of others, which stand in one run; with an author the change is tracked."""

    def change(root: etree._Element) -> None:
        found = [one for one in root.iter(W + "t") if before in (one.text or "")]
        assert found, f"no run says {before!r}"
        start = (found[number].text or "").index(before)
        typed_in(found[number], start, start + len(before), after, author)

    return change


def typed_in(words: etree._Element, start: int, end: int, after: str, author: str = "") -> None:
    """Words typed in the place of some of a `w:t`; with an author the change is tracked."""
    run, text = words.getparent(), words.text or ""
    assert run is not None
    left, before, right = text[:start], text[start:end], text[end:]
    if not author:
        words.text = left + after + right
        words.set(_XML_SPACE, "preserve")
        return
    holder = run.getparent()
    assert holder is not None
    first, last = _run(left, run), _run(right, run)  # with what else the run holds, such as a hard hyphen
    for one in [one for one in words.itersiblings(preceding=True) if one.tag != W + "rPr"]:
        first.insert(1 if first[0].tag == W + "rPr" else 0, one)
    last.extend(list(words.itersiblings()))
    parts = [first] if left or len(first) > 2 else []
    parts += [_tracked("del", author, _run(before, run, "delText"))] if before else []
    parts += [_tracked("ins", author, _run(after, run))] if after else []
    parts += [last] if right or len(last) > 2 else []
    at = holder.index(run)
    holder[at : at + 1] = parts


def deleted(words: str, author: str = "", number: int = 0) -> Change:
    """A paragraph taken out with its mark."""

    def change(root: etree._Element) -> None:
        paragraph = paragraph_with(root, words, number)
        if not author:
            holder = paragraph.getparent()
            assert holder is not None
            holder.remove(paragraph)
            return
        _mark(paragraph, "del", author)
        for run in list(paragraph.iter(W + "r")):
            holder = run.getparent()
            assert holder is not None
            for text in run.iter(W + "t"):
                text.tag = W + "delText"
            at = holder.index(run)
            element = _tracked("del", author)
            holder.insert(at, element)
            element.append(run)

    return change


def _mark(paragraph: etree._Element, name: str, author: str) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    inner = properties.find(W + "rPr")
    if inner is None:
        inner = etree.SubElement(properties, W + "rPr")
    inner.insert(0, _tracked(name, author))


def inserted(after: str, words: str, author: str = "", number: int = 0) -> Change:
    """A paragraph typed after the one that says some words, in its style."""

    def change(root: etree._Element) -> None:
        paragraph = paragraph_with(root, after, number)
        new = etree.Element(W + "p")
        properties = paragraph.find(W + "pPr")
        if properties is not None:
            new.append(copy.deepcopy(properties))
        run = _run(words)
        new.append(_tracked("ins", author, run) if author else run)
        if author:
            _mark(new, "ins", author)
        paragraph.addnext(new)

    return change


def split(words: str, author: str = "", number: int = 0) -> Change:
    """Enter pressed after some words, which end in a run: the bookmark reaches over both paragraphs, as in Word."""

    def change(root: etree._Element) -> None:
        paragraph = paragraph_with(root, words, number)
        text = next(one for one in paragraph.iter(W + "t") if words in (one.text or ""))
        run = text.getparent()
        assert run is not None
        left, _, right = (text.text or "").partition(words)
        text.text = left + words
        rest = etree.Element(W + "p")
        properties = paragraph.find(W + "pPr")
        if properties is not None:
            rest.append(copy.deepcopy(properties))
        rest.append(_run(right, run))
        holder = run.getparent()
        assert holder is paragraph, "the run stands in the paragraph itself"
        rest.extend(list(run.itersiblings()))
        paragraph.addnext(rest)
        if author:
            _mark(paragraph, "ins", author)

    return change


def joined(first: str, author: str = "", number: int = 0) -> Change:
    """The mark of a paragraph deleted, so that the next one goes on in it."""

    def change(root: etree._Element) -> None:
        paragraph = paragraph_with(root, first, number)
        following = paragraph.getnext()
        assert following is not None
        if author:
            _mark(paragraph, "del", author)
            paragraph.append(_tracked("ins", author, _run(" ")))
            return
        paragraph.append(_run(" "))
        paragraph.extend([one for one in following if one.tag != W + "pPr"])
        holder = following.getparent()
        assert holder is not None
        holder.remove(following)

    return change


def bold(words: str, author: str = "") -> Change:
    """A run made bold."""

    def change(root: etree._Element) -> None:
        text = next(one for one in root.iter(W + "t") if words in (one.text or ""))
        run = text.getparent()
        assert run is not None
        properties = run.find(W + "rPr")
        if properties is None:
            properties = etree.Element(W + "rPr")
            run.insert(0, properties)
        before = [copy.deepcopy(one) for one in properties]
        properties.append(etree.Element(W + "b"))
        if author:
            was = _tracked("rPrChange", author, etree.Element(W + "rPr"))
            was[0].extend(before)
            properties.append(was)

    return change


def plain(words: str) -> Change:
    """A run that is neither bold nor italic any more."""

    def change(root: etree._Element) -> None:
        text = next(one for one in root.iter(W + "t") if words in (one.text or ""))
        run = text.getparent()
        assert run is not None
        for one in [*run.iter(W + "b", W + "i", W + "rStyle")]:
            holder = one.getparent()
            assert holder is not None
            holder.remove(one)

    return change


def commented(data: bytes, words: str, said: str, author: str) -> bytes:
    """A Word file with a comment on the run that says some words."""

    def change(root: etree._Element) -> None:
        text = next(one for one in root.iter(W + "t") if words in (one.text or ""))
        run = text.getparent()
        assert run is not None
        start, end = etree.Element(W + "commentRangeStart"), etree.Element(W + "commentRangeEnd")
        for one in (start, end):
            one.set(W + "id", "0")
        run.addprevious(start)
        run.addnext(end)

    comments = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0" w:author="{author}" w:date="{DATE}">'
        f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    relation = (
        '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" '
        'Target="comments.xml"/></Relationships>'
    )
    data = rewritten(data, change)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode().replace("</Relationships>", relation)
    return with_parts(
        data, {"word/comments.xml": comments.encode(), "word/_rels/document.xml.rels": relations.encode()}
    )


def row_added(after: str, *texts: str) -> Change:
    """A row put into a table after the one that says some words, like it."""

    def change(root: etree._Element) -> None:
        row = next(one for one in root.iter(W + "tr") if after in text_of(one))
        new = copy.deepcopy(row)
        for mark in [*new.iter(W + "bookmarkStart", W + "bookmarkEnd")]:
            holder = mark.getparent()
            assert holder is not None
            holder.remove(mark)
        for cell, text in zip(new.iter(W + "tc"), texts, strict=True):
            first, *others = cell.iter(W + "t")
            first.text = text
            for one in others:
                one.text = ""
        row.addnext(new)

    return change


def row_deleted(words: str) -> Change:
    """The row of a table taken out that says some words."""

    def change(root: etree._Element) -> None:
        row = next(one for one in root.iter(W + "tr") if words in text_of(one))
        holder = row.getparent()
        assert holder is not None
        holder.remove(row)

    return change


def moved(words: str, after: str, name: str = "") -> Change:
    """A paragraph cut and put in after the one that says other words; its bookmark goes with it, unless it gets another
    name, or (`-`) is lost."""

    def change(root: etree._Element) -> None:
        paragraph, target = paragraph_with(root, words), paragraph_with(root, after)
        for mark in [*paragraph.iter(W + "bookmarkStart")] if name else []:
            if name == "-":
                holder = mark.getparent()
                assert holder is not None
                holder.remove(mark)
            else:
                mark.set(W + "name", f"{mark.get(W + 'name')}{name}")
        target.addnext(paragraph)

    return change
