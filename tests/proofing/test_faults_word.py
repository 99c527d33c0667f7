"""Files from elsewhere are read by what they say of themselves, and what cannot be read is never in order."""

from __future__ import annotations

import io
import zipfile

import pytest

from docgen.problems import DocgenError
from docgen.proofing.proofread import Chosen, read_file

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def word(body: str, space: str = TRANSITIONAL, main: str = "word/document.xml", **more: str) -> bytes:
    """A Word file with a body in XML; `more` are other parts by name, with _ for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        related = f'<Relationship Id="r" Type="{_TYPE}" Target="/{main}"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{related}</Relationships>')
        archive.writestr(main, f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
        for name, text in more.items():
            archive.writestr(name, text)
    return stream.getvalue()


def codes(data: bytes, name: str = "brev.docx") -> list[str]:
    return [finding.rule.code for finding in read_file(name, data, None, Chosen())]


def run(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


PRICE = f"<w:p>{run('Prisen er 5 mill. kr.')}</w:p>"


@pytest.mark.parametrize("space", [TRANSITIONAL, STRICT])
@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "indhold/tekst.xml"])
def test_a_word_file_is_read_wherever_its_text_lies(space: str, main: str) -> None:
    assert "DG312" in codes(word(PRICE, space, main))


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_deleted_words_are_read_for_privacy_alone(kind: str) -> None:
    tag = "delText" if kind == "del" else "t"
    deleted = f"<w:{kind}>{run('5 mill. kr. til ansøger 010190-1234', tag)}</w:{kind}>"
    found = codes(word(f"<w:p>{run('Prisen er kendt. ')}{deleted}</w:p>"))
    assert found
    assert all(code.startswith("DG6") for code in found)


def _zip(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


UNREAD = {
    "brev.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gammelt Word-format"),
    "brev.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "adgangskode"),
    "brev.odt": (_zip(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
    "brev.docm": (word(PRICE), "makroer"),
    "brev.rtf": (b"{\\rtf1 5 mill.}", "RTF"),
    "tom.docx": (word("<w:p/>"), "ingen tekst"),
    "tom.txt": (b" \n", "ingen tekst"),
    "tom.md": (b"", "ingen tekst"),
    "andet.docx": (word("<a:p xmlns:a='urn:x'>5 mill.</a:p>"), "ingen tekst"),
    "samlet.docx": (word(f"{PRICE}<w:altChunk/>"), "en anden fil inde i sig"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(name: str) -> None:
    data, said = UNREAD[name]
    with pytest.raises(DocgenError) as caught:
        codes(data, name)
    (found,) = caught.value.problems
    assert said in found.message
    assert found.hint
