"""The Word writer: every node comes back, Word and LibreOffice find nothing wrong, and each text is found again."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree
from pypdf import PdfReader

from docgen.problems import Origin, WriterError
from docgen.structs import replace
from docgen.tree.document import (
    Alignment,
    Caption,
    Code,
    CodeBlock,
    Document,
    Figure,
    Inline,
    Link,
    List,
    ListItem,
    Note,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Span,
    Table,
    TableCell,
    TableRow,
    Text,
    texts,
)
from docgen.writers import formats
from docgen.writers.docx import tables as docx_tables
from docgen.writers.docx.writer import write_document
from docgen.writers.docx.writing import anchor_names
from docgen.writers.theme import load_theme
from tests.support import judges
from tests.support.contents import ROOT, judged_ids, tree_of
from tests.support.contents import written as written_document
from tests.support.docx_expected import document_tree
from tests.support.docx_reading import W, bookmark_texts, docx_manifest, docx_parts, docx_texts, docx_tree
from tests.support.docx_strictness import word_problems
from tests.support.trees import every_node

THEME = load_theme({"theme/theme.yaml": (ROOT / "templates/theme/theme.yaml").read_bytes()})
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=")


def written(document: Document, files: Mapping[str, bytes] | None = None, build_id: str = "build-1") -> bytes:
    return write_document(document, THEME, files or {}, build_id)


def small(*blocks: object, **values: object) -> Document:
    return Document(id="t", title="T", date=date(2024, 1, 31), blocks=blocks, **values)  # type: ignore[arg-type]


def said(text: str, *path: str, ordinal: int = 0) -> Paragraph:
    return Paragraph((Text(text),), origin=Origin("content/a.yaml", 1, 1, path), ordinal=ordinal)


def root_of(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(docx_parts(data)[name])


# -- what is in it ------------------------------------------------------------------------------------------------


def test_every_node_comes_back() -> None:
    document = every_node()
    assert docx_tree(written(document)) == document_tree(document, anchor_names(document))


def test_the_texts_are_those_of_the_tree() -> None:
    document = every_node()
    assert docx_texts(written(document)) == list(texts(document))


def test_word_finds_nothing_wrong() -> None:
    assert word_problems(written(every_node())) == []


def test_empty_document() -> None:
    assert word_problems(written(small())) == []


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_characters_that_xml_forbids_are_replaced(character: str) -> None:
    document = small(said(f"a{character}b"), CodeBlock(f"c{character}d"), subject=f"e{character}f")
    assert docx_texts(written(document)) == ["a\N{REPLACEMENT CHARACTER}b", "c\N{REPLACEMENT CHARACTER}d"]


def test_spaces_tabs_and_special_hyphens_are_kept() -> None:
    text = "  to\u2011delt, blød\N{SOFT HYPHEN}deling,\ttab og\N{NO-BREAK SPACE}hårdt mellemrum "
    assert docx_texts(written(small(said(text)))) == [text]


def test_figures_with_a_hyphen_stay_on_their_line_and_what_is_copied_is_as_it_was_typed() -> None:
    def raw(*inlines: Inline) -> str:
        return docx_parts(written(small(Paragraph(inlines))))["word/document.xml"].decode()

    for text in ("2023-2026", "80-84 pct.", "sag 2022-0012345"):
        assert "<w:noBreakHyphen/>" in raw(Text(text))
    for inline in (Code("docgen build 2022-12-01-br"), Text("https://www.eksempel.dk/2023-2026"), Text("EU-regler")):
        assert "<w:noBreakHyphen/>" not in raw(inline)


def test_core_properties_name_no_person_and_no_other_date() -> None:
    properties = docx.Document(BytesIO(written(every_node()))).core_properties
    assert (properties.title, properties.author, properties.subject) == (
        "Alle dele: “<&>” æøå",
        "Eksempel Kommune",
        "Et eksempel",
    )
    assert (properties.language, properties.keywords, properties.version) == ("da-DK", "eksempel, prøve", "0.1")
    assert (properties.last_modified_by, properties.revision) == ("", 1)
    assert properties.created is not None
    assert properties.created.isoformat() == "2022-12-01T00:00:00+00:00"
    assert properties.modified == properties.created


def test_settings_are_danish_and_ask_nothing() -> None:
    settings = docx_parts(written(every_node()))["word/settings.xml"].decode()
    for expected in ('decimalSymbol w:val=","', 'listSeparator w:val=";"', 'name="compatibilityMode"', 'w:val="15"'):
        assert expected in settings
    assert "updateFields" not in settings
    assert "autoHyphenation" not in settings
    languages = [one.get(W + "val") for one in root_of(written(every_node()), "word/styles.xml").iter(W + "lang")]
    assert languages == ["da-DK"]


def test_word_divides_words_where_the_theme_does() -> None:
    theme = replace(THEME, hyphenation=replace(THEME.hyphenation, divide=True))
    data = write_document(every_node(), theme, {}, "build-1")
    assert "<w:autoHyphenation/><w:doNotHyphenateCaps/>" in docx_parts(data)["word/settings.xml"].decode()
    assert word_problems(data) == []


def test_a_lead_in_stays_with_its_list() -> None:
    items = List((ListItem((said("et"),)),))
    data = written(small(said("Først."), said("Vi vil:"), items, said("Sidst.")))
    paragraphs = root_of(data, "word/document.xml").iter(f"{W}p")
    kept = {"".join(map(str, one.itertext())): one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs}
    assert [kept[text] for text in ("Først.", "Vi vil:", "Sidst.")] == [False, True, False]


def test_a_lead_in_stays_with_the_words_that_its_colon_announces() -> None:
    data = written(small(said("Hun sagde:"), Quote((said("Ja."),)), said("Han svarede:"), said("Nej."), said("Slut:")))
    paragraphs = root_of(data, "word/document.xml").iter(f"{W}p")
    kept = {"".join(map(str, one.itertext())): one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs}
    expected = {"Hun sagde:": True, "Ja.": False, "Han svarede:": True, "Nej.": False, "Slut:": False}
    assert {text: kept[text] for text in expected} == expected


@pytest.mark.parametrize(("start", "hanging"), [(9, None), (98, "460"), (998, "580")])
def test_long_numbers_have_room_before_their_text(start: int, hanging: str | None) -> None:
    items = List(tuple(ListItem((said(f"punkt {n}"),)) for n in range(3)), ordered=True, start=start)
    paragraphs = root_of(written(small(items)), "word/document.xml").iter(f"{W}p")
    found = [one.find(f"{W}pPr/{W}ind") for one in paragraphs if one.find(f"{W}pPr/{W}numPr") is not None]
    assert [None if one is None else one.get(f"{W}hanging") for one in found] == [hanging] * 3


def test_numbered_lists_begin_anew() -> None:
    lists = [List((ListItem((said(f"{n}"),)),), ordered=True, start=start) for n, start in enumerate((1, 1, 7))]
    data = written(small(*lists))
    numbers = [one.get(W + "val") for one in root_of(data, "word/document.xml").iter(W + "numId")]
    assert len(set(numbers)) == 3
    starts = [one.get(W + "val") for one in root_of(data, "word/numbering.xml").iter(W + "startOverride")]
    assert starts == ["1", "1", "7"]


def test_a_note_in_a_link_and_a_link_to_nothing() -> None:
    document = small(
        Paragraph((Link((Text("væk"), Code("kode")), "#findes-ikke"), Link((Text("ud"),), "https://a.dk/b c{}")))
    )
    data = written(document)
    assert docx_texts(data) == ["vækkodeud"]
    assert word_problems(data) == []
    assert b"https://a.dk/b%20c%7B%7D" in docx_parts(data)["word/_rels/document.xml.rels"]


def test_tables_never_run_into_each_other_or_end_the_document() -> None:
    row = TableRow((TableCell((Text("a"),)), TableCell((Text("b"),))))
    table = Table(row, (row,), (Alignment.LEFT, Alignment.RIGHT))
    body = root_of(written(small(PageBreak(), table, table)), "word/document.xml")[0]
    assert [str(one.tag).removeprefix(W) for one in body] == ["p", "tbl", "p", "tbl", "p", "sectPr"]
    assert body[0].find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_column_widths_fill_the_text_and_fit_the_longest_word() -> None:
    columns = [["Kort", "a"], ["Et meget langt felt " * 9, "b"], ["1.234,5", "2"]]
    widths, scale, tight = docx_tables.column_widths(columns, 8000) or ([], 0.0, True)
    assert (scale, tight) == (1, False)
    assert sum(widths) == 8000
    assert widths[1] > widths[2] > 700
    widths, _, tight = docx_tables.column_widths([["x" * 200], ["y" * 100]], 8000) or ([], 0.0, False)
    assert tight
    assert sum(widths) == 8000


# -- pictures -----------------------------------------------------------------------------------------------------


def test_svg_has_a_raster_beside_it() -> None:
    figure = next(block for block in every_node().blocks if isinstance(block, Figure))
    data = written(small(figure))
    parts = docx_parts(data)
    assert parts["word/media/picture2.svg"] == figure.data
    assert int.from_bytes(parts["word/media/picture1.png"][16:20], "big") > 100  # its width in pixels
    assert b"svgBlip" in parts["word/document.xml"]
    assert word_problems(data) == []


def test_an_svg_that_cannot_be_drawn_has_a_dot_for_a_stand_in() -> None:
    figure = next(block for block in every_node().blocks if isinstance(block, Figure))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'
    parts = docx_parts(written(small(replace(figure, data=svg))))
    assert int.from_bytes(parts["word/media/picture1.png"][16:20], "big") == 1


def test_pictures_are_stored_once_and_never_wider_than_the_text() -> None:
    wide = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5000 100"/>'
    figures = [
        Figure(PNG, "image/png", "prik"),
        Figure(PNG, "image/png", "prik"),
        Figure(wide, "image/svg+xml", "bred"),
    ]
    data = written(small(*figures))
    assert sum(name.startswith("word/media/") for name in docx_parts(data)) == 3  # the SVG has a stand-in
    widths = [int(one.get("cx", "")) for one in root_of(data, "word/document.xml").iter("{*}extent")]
    page = THEME.page
    text_mm = page.width_mm - page.margin_inner_mm - page.margin_outer_mm
    assert widths[2] == pytest.approx(text_mm * 36000, abs=1000)


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/svg+xml", "image/gif"])
@pytest.mark.parametrize("data", [b"", b"GIF89a", PNG[:20], b"\xff\xd8\xff\xe0", b"<svg"])
def test_a_broken_picture_is_a_problem_at_its_place(media_type: str, data: bytes) -> None:
    with pytest.raises(WriterError, match=r"content/a.yaml:7.*billedet kan ikke læses"):
        written(small(Figure(data, media_type, "alt", origin=Origin("content/a.yaml", 7))))


# -- the way back -------------------------------------------------------------------------------------------------


def test_every_paragraph_from_a_file_has_its_marks() -> None:
    data = written(every_node())
    manifest, marked = docx_manifest(data), bookmark_texts(data)
    assert manifest.keys() == marked.keys()
    assert len(manifest) > 40
    for key, entry in manifest.items():
        assert re.fullmatch("[0-9a-f]{10}", key)
        assert entry["file"] == ("" if entry["kind"] == "label" else "content/eksempel.yaml")
        assert entry.keys() <= {"file", "path", "ordinal", "kind", "spans", "text"}, "no word of it"
        for span in entry.get("spans", ()):
            assert span.keys() <= {"start", "end", "file", "path", "computed", "written", "whole"}
    assert b">build-1<" in docx_parts(data)["docProps/custom.xml"]


def test_insertions_in_template_text_are_in_the_manifest() -> None:
    span = Span((Text("12"),), Origin("content/a.yaml", 4, 1, ("antal",)))
    document = small(Paragraph((Text("I alt "), span), origin=Origin("templates/a.md.j2", 3)))
    (key,) = docx_manifest(written(document))
    again = small(replace(document.blocks[0], children=(Text("I alt "), replace(span, children=(Text("13"),)))))
    manifest = docx_manifest(written(again))
    assert list(manifest) == [key]
    place = {"file": "content/a.yaml", "path": ["antal"]}
    assert manifest[key]["spans"] == [{**place, "start": 6, "end": 8}]
    assert manifest[key]["text"][6:8] == "13"


def test_keys_stay_when_texts_change_and_others_come_between() -> None:
    before = docx_manifest(written(small(said("et", "values", "@a"), said("to", "values", "@a", ordinal=1))))
    after = docx_manifest(
        written(small(said("ny", "values", "@b"), said("ET", "values", "@a"), said("TO", "values", "@a", ordinal=1)))
    )
    keys = {(tuple(entry["path"]), entry["ordinal"]): key for key, entry in after.items()}
    for key, entry in before.items():
        assert keys[tuple(entry["path"]), entry["ordinal"]] == key


def test_a_caption_first_in_a_note_keeps_the_mark_of_the_note_and_its_own_label() -> None:
    row = TableRow((TableCell((Text("a"),)),))
    table = Table(
        row, (row,), (Alignment.LEFT,), Caption((Text("Priser"),), "Tabel 1.", origin=Origin("content/a.yaml"))
    )
    data = written(small(Paragraph((Text("Se"), NoteReference(1))), notes=(Note(blocks=(table,)),)))
    (paragraph, *_) = root_of(data, "word/footnotes.xml").findall(f"{W}footnote")[2].iter(f"{W}p")
    assert paragraph.find(f".//{W}footnoteRef") is not None
    assert "".join(map(str, paragraph.itertext())) == " Tabel 1. Priser"
    assert list(bookmark_texts(data).values()) == ["Priser"]


def test_equal_places_get_different_keys() -> None:
    data = written(small(*(said("samme", "a") for _ in range(5))))
    assert len(docx_manifest(data)) == 5
    assert word_problems(data) == []


# -- the municipality's own template ------------------------------------------------------------------------------


def danish_template() -> dict[str, bytes]:
    """What a Danish Word saves: ids in Danish, names canonical, its own look and page; no styles of docgen's."""
    parts = docx_parts(written(every_node()))
    danish = {"Heading1": "Overskrift1", "ListBullet": "Opstilling-punkttegn", "Title": "Titel", "Footer": "Sidefod"}
    styles = etree.fromstring(parts["word/styles.xml"])
    for style in list(styles.iter(W + "style")):
        if style.get(W + "customStyle") or style.get(W + "styleId") in ("Heading4", "TableNormal"):
            styles.remove(style)
        for one in (style, *style.iter(W + "basedOn", W + "next")):
            key = W + ("styleId" if one is style else "val")
            one.set(key, danish.get(one.get(key, ""), one.get(key, "")))
        if style.get(W + "styleId") == "Overskrift1":
            for colour in style.iter(W + "color"):
                colour.set(W + "val", "FF0000")
    parts["word/styles.xml"] = etree.tostring(styles)
    numbering = parts["word/numbering.xml"].decode()
    parts["word/numbering.xml"] = numbering.replace('"ListBullet"', '"Opstilling-punkttegn"').encode()
    text = re.sub(
        r"<w:body>.*(<w:sectPr>.*</w:sectPr>)</w:body>",
        r"<w:body><w:p/>\1</w:body>",
        parts["word/document.xml"].decode(),
        flags=re.S,
    )
    parts["word/document.xml"] = re.sub(r'w:top="\d+"', 'w:top="2000"', text).encode()
    for name in ("headerCover", "footerCover"):
        parts[f"word/{name}.xml"] = parts[f"word/{name}.xml"].replace(b'"Footer"', b'"Sidefod"')
    parts["word/headerCover.xml"] = parts["word/headerCover.xml"].replace(b"UDKAST", b"BREVPAPIR")
    return {"theme/reference/" + name: data for name, data in parts.items()}


def test_a_danish_template_keeps_its_look() -> None:
    template = danish_template()
    data = written(every_node(), template)
    assert word_problems(data) == []
    assert docx_tree(data) == document_tree(every_node(), anchor_names(every_node()))
    parts = {name: part.decode() for name, part in docx_parts(data).items() if name.endswith(".xml")}
    assert '<w:pStyle w:val="Overskrift1"/>' in parts["word/document.xml"]
    assert '<w:pStyle w:val="Opstilling-punkttegn"/>' in parts["word/document.xml"]
    assert 'w:top="2000"' in parts["word/document.xml"]
    assert "FF0000" in parts["word/styles.xml"]
    assert [
        parts["word/styles.xml"].count(f'w:val="{name}"/>') for name in ("heading 1", "heading 4", "Indledende tekst")
    ] == [
        1,
        1,
        1,
    ]
    assert "BREVPAPIR" in parts["word/headerCover.xml"]
    assert "UDKAST" in parts["word/headerCover.xml"]


def test_a_template_without_numbering_or_page() -> None:
    parts = danish_template()
    relationships = parts["theme/reference/word/_rels/document.xml.rels"].decode()
    del parts["theme/reference/word/numbering.xml"]
    parts["theme/reference/word/_rels/document.xml.rels"] = re.sub(
        r"<Relationship [^>]*numbering[^>]*/>", "", relationships
    ).encode()
    text = parts["theme/reference/word/document.xml"].decode()
    parts["theme/reference/word/document.xml"] = re.sub(r"<w:sectPr>.*</w:sectPr>", "", text, flags=re.S).encode()
    styles = parts["theme/reference/word/styles.xml"].decode()
    parts["theme/reference/word/styles.xml"] = re.sub(
        r"<w:numPr>.*?</w:numPr>|<w:docDefaults>.*</w:docDefaults>", "", styles
    ).encode()
    data = written(every_node(), parts)
    assert word_problems(data) == []
    assert docx_texts(data) == list(texts(every_node()))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("word/styles.xml", None, "filen mangler"),
        ("word/styles.xml", b"<w:styles", "filen er ikke XML"),
        ("word/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML med DTD bliver ikke læst"),
        ("word/styles.xml", b"<styles/>", "ingen Word-typografier"),
        ("[Content_Types].xml", b"<Types/>", "skabelonen er ikke et Word-dokument"),
    ],
)
def test_a_broken_template_is_a_problem(name: str, data: bytes | None, message: str) -> None:
    parts = danish_template()
    if data is None:
        del parts["theme/reference/" + name]
    else:
        parts["theme/reference/" + name] = data
    with pytest.raises(WriterError, match=message):
        written(every_node(), parts)


# -- the package --------------------------------------------------------------------------------------------------


def test_same_bytes_twice_and_canonical() -> None:
    data = written(every_node())
    assert written(every_node()) == data
    with zipfile.ZipFile(BytesIO(data)) as package:
        entries = package.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert [one.filename for one in entries[2:]] == sorted(one.filename for one in entries[2:])
    assert {(one.date_time, one.compress_type, one.external_attr) for one in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED, 0o644 << 16)
    }


# -- LibreOffice --------------------------------------------------------------------------------------------------


@pytest.mark.judge
def test_libreoffice_keeps_every_mark_at_its_text(tmp_path: Path) -> None:
    judges.require_soffice()
    data = written(every_node())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").write_bytes(data)
    saved = bookmark_texts(judges.soffice(tmp_path / "in" / "a.docx", "docx", tmp_path).read_bytes())
    found = {key.removesuffix("_Copy_1"): text for key, text in saved.items()}  # its name in every note but the first
    assert len(found) == len(saved)
    for key, text in bookmark_texts(data).items():
        ends_early = "igen1" in text  # LibreOffice 7.4 ends a bookmark one character early after a NOTEREF field
        assert found.pop(key) in ([text, text[:-1]] if ends_early else [text])
    assert found == {}


@pytest.mark.judge
@pytest.mark.parametrize("id", judged_ids())
def test_libreoffice_opens_every_document(id: str, tmp_path: Path) -> None:
    """It makes pages of it, and a Word file in which every mark stands at its text."""
    judges.require_soffice()
    data = written_document(id, formats.DOCX)
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "a.docx"
    file.write_bytes(data)
    pages = PdfReader(judges.soffice(file, "pdf", tmp_path)).pages
    assert f"side {len(pages)} af {len(pages)}" in " ".join(pages[-1].extract_text().split())
    kept = bookmark_texts(judges.soffice(file, "docx", tmp_path).read_bytes())
    assert {key.removesuffix("_Copy_1") for key in kept} == set(bookmark_texts(data))


@pytest.mark.slow
@pytest.mark.parametrize("id", judged_ids())
def test_every_document_comes_back(id: str) -> None:
    document = tree_of(id)
    data = written_document(id, formats.DOCX)
    assert docx_tree(data) == document_tree(document, anchor_names(document))
    assert word_problems(data) == []


@pytest.mark.judge
def test_libreoffice_makes_a_pdf(tmp_path: Path) -> None:
    judges.require_soffice()
    (tmp_path / "a.docx").write_bytes(written(every_node(), danish_template()))
    pages = PdfReader(judges.soffice(tmp_path / "a.docx", "pdf", tmp_path)).pages
    assert [("side 2 af" in page.extract_text(), "Vi køber ind" in page.extract_text()) for page in pages[:2]] == [
        (False, False),
        (True, True),
    ]
