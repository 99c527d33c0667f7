"""From content, Word files, PDFs and plain text to the passages that are read. Whatever is given is read as data."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import Map, Sequence
from docgen.problems import ContentError, Origin, Problem
from docgen.proofing.rule import Passage

_NOT_PROSE = {
    "avoid",
    "id",
    "version",
    "date",
    "file",
    "document",
    "kind",
    "status",
    "role",
    "body",
    "website",
    "reports_on",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_PARTS = ("document", "footnotes", "endnotes", "comments", "header", "footer")
_MOST_XML = 50_000_000  # bytes of all parts that are read, unpacked
_MOST_PAGES = 3000
_LONGEST_WORD = 1000
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_WORD}}}")


def content_passages(path: str, read: Map) -> tuple[Passage, ...]:
    """Every text of a YAML file as it was read, with its key; `path` is its name in messages."""
    return tuple(_texts(read, path, ""))


def _texts(value: object, file: str, key: str) -> Iterator[Passage]:
    if isinstance(value, Map):
        for name, inner in value.items():
            yield from _texts(inner, file, name)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner, file, key)
    elif isinstance(value, Scalar) and key not in _NOT_PROSE:
        yield Passage(str(value), file, key=key, scalar=value)


def file_passages(name: str, data: bytes) -> tuple[Passage, ...]:
    """Every text of a file from elsewhere, by what it is: Word, PDF, or plain text. Raises ContentError otherwise."""
    lowered = name.lower()
    if data.startswith(b"PK") or lowered.endswith(".docx"):
        return tuple(_in_pieces(_word(name, data)))
    if data.startswith(b"%PDF-") or lowered.endswith(".pdf"):
        return tuple(_in_pieces(_pdf(name, data)))
    if lowered.endswith((".txt", ".md")):
        return tuple(_in_pieces(_plain(name, data)))
    hint = "giv en .docx, .pdf, .txt eller .md"
    raise ContentError([Problem(Origin(name), "docgen kan ikke læse den slags filer", hint)])


def _in_pieces(passages: Iterable[Passage]) -> Iterator[Passage]:
    """What has no blank for long is data and no prose; it is read a piece at a time, for rules look far for a blank."""
    for passage in passages:
        if _UNBROKEN.search(passage.text) is None:
            yield passage
            continue
        for start in range(0, len(passage.text), _LONGEST_WORD):
            yield Passage(passage.text[start : start + _LONGEST_WORD], passage.file, passage.place, "piece")


def _refused(name: str, what: str, hint: str = "gem den igen fra det program, der lavede den") -> ContentError:
    return ContentError([Problem(Origin(name), what, hint)])


# -- Word -------------------------------------------------------------------------------------------------------


def _word(name: str, data: bytes) -> Iterator[Passage]:
    """Paragraphs of all parts that hold words: also notes, headers, comments, hidden and tracked text, properties."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = sorted(part for part in archive.namelist() if _has_words(part))
        if "word/document.xml" not in parts:
            raise _refused(name, "filen er ikke et Word-dokument", "giv en .docx")
        left = _MOST_XML
        for part in parts:
            with archive.open(part) as stream:
                xml = stream.read(left + 1)
            left -= len(xml)
            if left < 0:
                raise _refused(name, "filen fylder for meget, når den er pakket ud", "del dokumentet")
            yield from _paragraphs(name, part, xml)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise _refused(name, "filen er ikke en hel Word-fil") from None


def _has_words(part: str) -> bool:
    if part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        return True
    folder, _, file = part.partition("/")
    return folder == "word" and file.endswith(".xml") and file.startswith(_WORD_PARTS)


def _paragraphs(name: str, part: str, xml: bytes) -> Iterator[Passage]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise _refused(name, f"delen {part} er ikke gyldig XML") from None
    if not part.startswith("word/"):
        for element in root.iter():
            if isinstance(element.tag, str) and element.text and element.text.strip():
                label = etree.QName(element).localname
                yield Passage(element.text, name, f"egenskaben {label}", key="property")
        return
    kind = part.removeprefix("word/").removesuffix(".xml")
    what = "" if kind == "document" else f"{_part_name(kind)}, "
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = "".join(_runs(paragraph))
        if text.strip():
            yield Passage(text, name, f"{what}afsnit {number}: {_begin(text)}", key=kind)


def _runs(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{_W}t", f"{_W}delText", f"{_W}tab", f"{_W}br"):
        inner = next((e for e in element.iterancestors(f"{_W}p")), None)
        if inner is paragraph:
            yield element.text or "" if element.tag in (f"{_W}t", f"{_W}delText") else " "


def _part_name(kind: str) -> str:
    names = {"footnotes": "fodnoter", "endnotes": "slutnoter", "comments": "kommentarer"}
    return names.get(kind, "sidehoved" if kind.startswith("header") else "sidefod")


def _begin(text: str) -> str:
    words = " ".join(text.split()[:6])
    return f"”{words} …”" if len(text.split()) > 6 else f"”{words}”"


# -- PDF and plain text -----------------------------------------------------------------------------------------


def _pdf(name: str, data: bytes) -> Iterator[Passage]:
    from docgen.pdf_pages.open import check_annex, open_annex

    if problems := tuple(check_annex(name, data, Origin(name))):
        raise ContentError(problems)
    try:
        reader = open_annex(data)
        for key, value in (reader.metadata or {}).items():
            yield Passage(str(value), name, f"egenskaben {str(key).lstrip('/')}", key="property")
        for number, page in enumerate(reader.pages[:_MOST_PAGES], 1):
            for paragraph in page.extract_text().split("\n\n"):
                if paragraph.strip():
                    yield Passage(" ".join(paragraph.split()), name, f"side {number}: {_begin(paragraph)}", key="page")
    except Exception:  # pypdf raises whatever a broken page leads it into
        raise _refused(name, "PDF-filens tekst kan ikke læses") from None


def _plain(name: str, data: bytes) -> Iterator[Passage]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Passage(line, name, f"linje {number}", key=str(number))


def annex_files(files: Mapping[str, bytes]) -> list[str]:
    """The PDFs from elsewhere in a content folder."""
    return sorted(path for path in files if path.startswith("annexes/") and path.lower().endswith(".pdf"))
