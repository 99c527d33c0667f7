"""A Word file read in each view of its changes: the situations in which other readers have lost words."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import ContentError
from docgen.readers.docx.document import WordFile, read_word
from docgen.readers.docx.tracked import ACCEPTED, REJECTED, View
from docgen.writers.formats import DOCX
from tests.support.contents import written
from tests.support.effort import tries
from tests.support.word_edits import commented, with_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BY_A, BY_B = 'w:id="7" w:author="A" w:date="2026-01-02T03:04:05Z"', 'w:id="7" w:author="B"'


def word(body: str, main: str = "word/document.xml", space: str = W, **parts: str) -> bytes:
    """A Word file with a body; `parts` are others that the document is related to, by the kind of their relation."""
    out = io.BytesIO()
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    with zipfile.ZipFile(out, "w") as archive:
        first = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="/{main}"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}">{first}</Relationships>')
        folder, _, file = main.rpartition("/")
        archive.writestr(
            f"{folder}/_rels/{file}.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
        )
        archive.writestr(main, f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
        for kind, xml in parts.items():
            archive.writestr(f"{folder}/{kind}.xml", xml)
    return out.getvalue()


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(content: str, by: str = BY_A) -> str:
    return f"<w:ins {by}>{content}</w:ins>"


def gone(text: str, by: str = BY_A) -> str:
    return f'<w:del {by}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def p(*content: str, mark: str = "", style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    tracked = f"<w:rPr><w:{mark} {BY_A}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{named}{tracked}</w:pPr>{''.join(content)}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, mark: str = "") -> str:
    tracked = f"<w:trPr><w:{mark} {BY_A}/></w:trPr>" if mark else ""
    return f"<w:tr>{tracked}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def moved(name: str, text: str) -> str:
    return f"<w:{name} {BY_A}>{r(text)}</w:{name}>"


HYPERLINK = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.dk" </w:instrText></w:r>'
)
SEPARATE, END = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

SITUATIONS: dict[str, tuple[str, list[str], list[str]]] = {
    "pandoc#3927, mark deleted": (p(r("Et "), mark="del") + p(r("to.")), ["Et to."], ["Et ", "to."]),
    "pandoc#3927, mark inserted": (p(r("Et "), mark="ins") + p(r("to.")), ["Et ", "to."], ["Et to."]),
    "mammoth.js#243": (p(r("Test"), mark="del") + p(r("Test")), ["TestTest"], ["Test", "Test"]),
    "safe-docx#431": (
        p(r("a"), mark="del") + p(r("b"), mark="del") + p(r("c"), mark="del") + p(r("d")),
        ["abcd"],
        ["a", "b", "c", "d"],
    ),
    "folio#730": (
        table(row(p(r("a")) + p(gone("b"), mark="del"))),
        ["a", ""],
        ["a", "b"],
    ),
    "folio#696": (table(row(p(r("a"))), row(p(r("b")), mark="del")), ["a"], ["a", "b"]),
    "safe-docx#845": (table(row(p(r("a"))), row(p(r("b")), mark="ins")), ["a", "b"], ["a"]),
    "docx-editor#3709": (
        p(moved("moveFrom", "x"), r("y")) + p(r("z"), moved("moveTo", "x")),
        ["y", "zx"],
        ["xy", "z"],
    ),
    "docx-editor#829": (p(r("a"), ins(gone("b", BY_B)), r("c")), ["ac"], ["ac"]),
    "docx-editor#36": (p(ins(r("ny")), gone("gammel")), ["ny"], ["gammel"]),
    "all2md#480": (p(r("a")) + p(ins(r("hele")), mark="ins") + p(r("b")), ["a", "hele", "b"], ["a", "b"]),
    "OfficeCLI#314": (
        p('<w:hyperlink w:anchor="x">', r("et "), gone("to "), r("tre"), "</w:hyperlink>"),
        ["et tre"],
        ["et to tre"],
    ),
    "mammoth.js#332": (
        p(HYPERLINK, SEPARATE, r("link"), gone("")) + p(r("tekst")),
        ["link", "tekst"],
        ["link", "tekst"],
    ),
    "docx-editor#3175": (
        p(r("før"), f"<w:del {BY_A}>{HYPERLINK}{SEPARATE}</w:del>", gone("link"), mark="del")
        + p(gone("mere"), f"<w:del {BY_A}>{END}</w:del>", r("efter")),
        ["førefter"],
        ["førlink", "mereefter"],
    ),
    "python-docx#1123": (
        p(r("Two "), ins(r("theories")), gone("people"), r(" argue")),
        ["Two theories argue"],
        ["Two people argue"],
    ),
    "Docxodus#311": (p(r("et")) + p(gone("to"), mark="del") + p(r("tre")), ["et", "tre"], ["et", "to", "tre"]),
    "insertion round a paragraph": (f"<w:ins {BY_A}>{p(r('ny'))}</w:ins>" + p(r("b")), ["ny", "b"], ["b"]),
    "a content control": (f"<w:sdt><w:sdtContent>{p(r('inde'))}</w:sdtContent></w:sdt>", ["inde"], ["inde"]),
    "a fallback is no text": (
        p(
            '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:Fallback><w:t>igen</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            r("en gang"),
        ),
        ["en gang"],
        ["en gang"],
    ),
}


def texts(data: bytes, view: View) -> list[str]:
    return [one.text for one in read_word("x.docx", data, view).paragraphs]


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_situation_both_ways(name: str) -> None:
    body, accepted, rejected = SITUATIONS[name]
    assert texts(word(body), ACCEPTED) == accepted
    assert texts(word(body), REJECTED) == rejected


def test_a_survivor_keeps_its_own_style() -> None:
    """superdoc/docx-editor#3882: a list item deleted before body text."""
    body = p(gone("punkt"), mark="del", style="Liste") + p(r("tekst"), style="Brød")
    (only,) = read_word("x.docx", word(body)).paragraphs
    assert (only.text, only.style) == ("tekst", "Brød")
    both = read_word("x.docx", word(body), REJECTED).paragraphs
    assert [(one.text, one.style) for one in both] == [("punkt", "Liste"), ("tekst", "Brød")]


def test_a_view_of_one_author_has_the_changes_of_nobody_else() -> None:
    body = p(ins(r("A ")), ins(r("B "), BY_B), gone("a ", BY_A), gone("b", BY_B))
    assert texts(word(body), View(author="A")) == ["A b"]
    assert texts(word(body), View(author="B")) == ["B a "]


def test_who_changed_a_paragraph_is_known_also_where_two_became_one() -> None:
    body = p(r("a"), mark="del") + p(r("b"), ins(r("c"), BY_B))
    (only,) = read_word("x.docx", word(body)).paragraphs
    assert only.by == (("A", "2026-01-02T03:04:05Z"), ("B", ""))


def test_changed_looks_are_those_of_the_view() -> None:
    change = f"<w:r><w:rPr><w:b/><w:rPrChange {BY_A}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r>"
    (accepted,) = read_word("x.docx", word(p(change))).paragraphs[0].stretches
    (rejected,) = read_word("x.docx", word(p(change)), REJECTED).paragraphs[0].stretches
    assert (accepted.bold, accepted.italic) == (True, False)
    assert (rejected.bold, rejected.italic) == (False, True)


NOTES = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="1">{p(ins(r("noten")), mark="ins")}</w:footnote></w:footnotes>"""


def test_an_inserted_note_that_is_rejected_says_nothing() -> None:
    """JSv4/Docxodus#614."""
    reference = ins('<w:r><w:footnoteReference w:id="1"/></w:r>')
    data = word(p(r("tekst"), reference), footnotes=NOTES)
    assert texts(data, ACCEPTED) == ["tekst", "noten"]
    assert "".join(texts(data, REJECTED)) == "tekst"


def test_a_comment_in_an_insertion_is_told_with_its_words() -> None:
    """jgm/pandoc#9833."""
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="3" w:author="Bo" w:date="2026-01-02T03:04:05Z">'
        f"{p(r('Er det rigtigt?'))}</w:comment></w:comments>"
    )
    body = p(r("Her "), ins('<w:commentRangeStart w:id="3"/>' + r("står det") + '<w:commentRangeEnd w:id="3"/>'))
    (comment,) = read_word("x.docx", word(body, comments=comments)).comments
    assert (comment.author, comment.text, comment.about) == ("Bo", "Er det rigtigt?", "står det")
    assert comment.paragraph == 0
    (rejected,) = read_word("x.docx", word(body, comments=comments), REJECTED).comments
    assert (rejected.text, rejected.about) == ("Er det rigtigt?", ""), "it is told, though its words are not there"


def test_what_is_not_read_is_named() -> None:
    box = "<w:r><w:pict><w:txbxContent>" + p(r("i feltet")) + "</w:txbxContent></w:pict></w:r>"
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'
    found = read_word("x.docx", word(p(r("tekst"), box, formula)))
    assert found.paragraphs[0].left_out == ("et tekstfelt", "en formel")
    assert [one.text for one in found.paragraphs if one.story == "box"] == ["i feltet"]
    other = read_word("x.docx", word('<w:altChunk xmlns:r="x" r:id="r"/>'))
    assert other.left_out


def test_word_on_the_web_and_the_strict_form_read_the_same() -> None:
    body = p(r("a"), ins(r("b")))
    for data in (word(body, "word/document2.xml"), word(body, space=STRICT), word(body, "anden/tekst.xml")):
        assert texts(data, ACCEPTED) == ["ab"]
        assert texts(data, REJECTED) == ["a"]


def test_a_bookmark_without_an_end_reaches_no_further_than_its_paragraph() -> None:
    """As LibreOffice writes the first half of a paragraph that was split."""
    start = '<w:bookmarkStart w:id="1" w:name="_dg_0123456789"/>'
    body = p(start, r("a")) + p(r("b"))
    first, second = read_word("x.docx", word(body)).paragraphs
    assert [key.name for key in first.keys] == ["_dg_0123456789"]
    assert second.keys == ()


def test_a_file_of_docgen_says_what_it_is() -> None:
    data = written("case/afdaekning-af-innovation-og-partnerskaber", DOCX)
    found = read_word("x.docx", data)
    assert (found.document, found.edition) == ("case/afdaekning-af-innovation-og-partnerskaber", "public")
    assert len(found.build) == 8
    assert found.around
    assert read_word("x.docx", commented(data, "Resumé", "Godt", "Bo")).comments[0].text == "Godt"


# -- what is no Word file ------------------------------------------------------------------------------------------

GOOD = word(p(r("a"), ins(r("b"))))


@settings(max_examples=tries(80), deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(GOOD)), st.integers(0, 60))
def test_a_damaged_file_is_read_or_refused(noise: bytes, at: int, length: int) -> None:
    data = GOOD[:at] + noise + GOOD[at + length :]
    hints = ["read"]
    try:
        read_word("x.docx", data)
    except ContentError as error:
        hints = [problem.hint for problem in error.problems]
    assert all(hints)


PIECES = st.recursive(
    st.sampled_from(
        ["<w:t>x</w:t>", "<w:delText>y</w:delText>", '<w:bookmarkStart w:id="1" w:name="_dg_1"/>', "<w:br/>"]
    )
    | st.sampled_from(
        ['<w:bookmarkEnd w:id="1"/>', '<w:commentRangeStart w:id="2"/>', '<w:fldChar w:fldCharType="end"/>']
    ),
    lambda inner: st.builds(
        lambda name, content: f"<w:{name} {BY_A}>{''.join(content)}</w:{name}>",
        st.sampled_from(["p", "r", "ins", "del", "moveTo", "moveFrom", "tbl", "tr", "tc", "trPr", "pPr", "rPr", "sdt"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=tries(150), deadline=None)
@given(st.lists(PIECES, max_size=4).map("".join))
def test_any_nesting_is_read_in_every_view(body: str) -> None:
    data = word(body)
    for view in (ACCEPTED, REJECTED, View(author="A"), View(author="B")):
        assert isinstance(read_word("x.docx", data, view), WordFile)


@pytest.mark.slow
def test_a_bomb_and_deep_nesting_are_refused() -> None:
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    deep = word("<w:sdt>" * 5000 + "</w:sdt>" * 5000)
    entity = with_parts(GOOD, {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
    for data in (big.getvalue(), deep, b"", b"PK\x03\x04"):
        with pytest.raises(ContentError):
            read_word("x.docx", data)
    assert read_word("x.docx", entity).paragraphs == ()
