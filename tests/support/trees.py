"""A document with every kind of block and inline: what the tests of the writers draw."""

from __future__ import annotations

from datetime import date

from docgen.problems import Origin
from docgen.tree.document import (
    Alignment,
    Badge,
    Block,
    Caption,
    Code,
    CodeBlock,
    Contents,
    Division,
    Document,
    Emphasis,
    FieldRow,
    FieldTable,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Role,
    Span,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
    Tone,
)

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120" viewBox="0 0 240 120">'
    b'<rect width="240" height="120" fill="#eef3f7"/><rect x="20" y="40" width="60" height="60" fill="#0b3f6b"/>'
    b'<rect x="110" y="20" width="60" height="80" fill="#55606b"/></svg>'
)


def _at(line: int, *path: str) -> Origin:
    return Origin("content/eksempel.yaml", line, 3, path)


def _text(*words: str) -> tuple[Inline, ...]:
    return tuple(Text(word) for word in words)


def _row(line: int, *cells: str) -> TableRow:
    return TableRow(
        tuple(TableCell(_text(cell), origin=_at(line, "tabel", str(line), str(n))) for n, cell in enumerate(cells)),
        origin=_at(line, "tabel", str(line)),
    )


def _item(line: int, *blocks: Block, id: str = "") -> ListItem:
    return ListItem(blocks, origin=_at(line, "liste", str(line)), id=id, anchor=id)


def _paragraph(line: int, *inlines: Inline, ordinal: int = 0) -> Paragraph:
    return Paragraph(inlines, origin=_at(line, "afsnit", str(line)), ordinal=ordinal)


def every_node() -> Document:
    """One document that holds every node; texts have æ, ø, å and characters that formats treat as markup."""
    nested = List(
        (
            _item(41, _paragraph(41, Text("Første underpunkt"))),
            _item(
                42,
                _paragraph(42, Text("Andet underpunkt")),
                List((_item(43, _paragraph(43, Text("Tredje niveau"))),), ordered=True, origin=_at(43)),
            ),
        ),
        origin=_at(41),
    )
    return Document(
        id="example/alle-dele",
        title="Alle dele: “<&>” æøå",
        author="Eksempel Kommune",
        subject="Et eksempel",
        keywords=("eksempel", "prøve"),
        version="0.1",
        date=date(2022, 12, 1),
        header="Eksempel Kommune",
        footer="Version 0.1 · Udkast",
        mark="UDKAST",
        fingerprint="1a2b3c4d",
        blocks=(
            Division(
                Role.COVER,
                (
                    _paragraph(2, Text("Eksempel Kommune")),
                    Title(_text("Alle dele: “<&>” æøå"), origin=_at(3, "title"), anchor="alle-dele"),
                    _paragraph(4, Text("En undertitel")),
                    FieldTable(
                        (
                            FieldRow(_text("Version"), _text("0.1"), origin=_at(5, "version")),
                            FieldRow(_text("Status"), _text("Udkast"), origin=_at(6, "status")),
                        ),
                        origin=_at(5),
                    ),
                ),
                origin=_at(2),
            ),
            Contents("Indhold", depth=2, origin=_at(7)),
            Heading(1, _text("Første kapitel"), origin=_at(8, "kapitler", "@et", "title"), id="et", anchor="et"),
            Division(Role.STATEMENT, (_paragraph(9, Text("Vi køber ind med omtanke")),), origin=_at(9)),
            Division(Role.LEAD, (_paragraph(10, Text("Et indledende afsnit, der er lidt større.")),), origin=_at(10)),
            _paragraph(
                11,
                Text("Almindelig, "),
                Emphasis(_text("fremhævet")),
                Text(", "),
                Strong((Text("fed og "), Emphasis(_text("begge dele")))),
                Text(", "),
                Code("kode_1"),
                Text(", "),
                Link(_text("et link"), "https://www.kk.dk/?a=1&b=2"),
                Text(", "),
                Link(_text("andet kapitel"), "#to"),
                Text(" og 13,8\N{NO-BREAK SPACE}mia.\N{NO-BREAK SPACE}kr. #set $x$ \\ @a <b> _c_ *d* `e`"),
                NoteReference(1),
                Text(". Ny linje:"),
                LineBreak(),
                Badge(_text("✓ nået"), Tone.GOOD),
                Text(", "),
                Span(_text("indsat tekst"), _at(12, "andet")),
                Text(" og samme note igen"),
                NoteReference(1),
                Text("."),
            ),
            _paragraph(13, Text("Et afsnit mere fra samme felt."), ordinal=1),
            Heading(2, _text("Lister"), origin=_at(39), anchor="lister"),
            List(
                (
                    _item(40, _paragraph(40, Strong(_text("Et bud.")), Text(" Med tekst.")), nested, id="punkt-a"),
                    _item(44, _paragraph(44, Text("Sidste punkt"))),
                ),
                origin=_at(40),
            ),
            List(
                (
                    _item(50, _paragraph(50, Text("Tredje")), _paragraph(51, Text("Et afsnit mere i punktet"))),
                    _item(52, _paragraph(52, Text("Fjerde"))),
                ),
                ordered=True,
                start=3,
                tight=False,
                origin=_at(50),
            ),
            Division(
                Role.OVERVIEW,
                (
                    List(
                        (
                            _item(
                                60,
                                _paragraph(60, Strong((Link(_text("Første kapitel"), "#et"),))),
                                _paragraph(61, Text("Hvad det handler om")),
                            ),
                            _item(
                                62,
                                _paragraph(62, Strong((Link(_text("Andet kapitel"), "#to"),))),
                                _paragraph(63, Text("Hvad det også handler om")),
                            ),
                        ),
                        tight=False,
                        origin=_at(60),
                    ),
                ),
                origin=_at(60),
            ),
            PageBreak(origin=_at(69)),
            Heading(1, _text("Andet kapitel"), origin=_at(70), id="to", anchor="to"),
            Heading(2, _text("Tabeller"), origin=_at(71), anchor="tabeller"),
            Table(
                _row(72, "Område", "Antal", "Mio. kr."),
                (_row(73, "Varer & ydelser", "10", "893,6"), _row(74, "Anlæg", "7", "4.067,0")),
                (Alignment.LEFT, Alignment.CENTER, Alignment.RIGHT),
                Caption(_text("Indkøb"), label="Tabel\N{NO-BREAK SPACE}1.", origin=_at(71, "tabel", "caption")),
                origin=_at(72),
                anchor="tabel-1",
            ),
            Division(Role.CAPTION, (_paragraph(75, Text("Kilde: Eksempel.")),), origin=_at(75)),
            Heading(2, _text("Figurer"), origin=_at(76), anchor="figurer"),
            Figure(
                SVG,
                "image/svg+xml",
                "Søjler: den ene er højere end den anden",
                Caption(_text("Søjler"), label="Figur\N{NO-BREAK SPACE}1.", origin=_at(77, "figur", "caption")),
                origin=_at(77),
                anchor="figur-1",
            ),
            Quote((_paragraph(80, Text("Et citat fra en anden.")),), origin=_at(80)),
            Division(
                Role.NOTE,
                (
                    _paragraph(81, Text("En bemærkning til læseren.")),
                    List((_item(82, _paragraph(82, Text("punkt i boks"))),), origin=_at(82)),
                ),
                origin=_at(81),
            ),
            CodeBlock("docgen build\n  --format pdf", origin=_at(83)),
            Heading(3, _text("Et tredje niveau"), origin=_at(84), anchor="tredje"),
            _paragraph(85, Text("Slut"), NoteReference(2), Text(".")),
            Division(
                Role.COLOPHON,
                (
                    FieldTable(
                        (FieldRow(_text("Vedtaget"), _text("1. december 2022"), origin=_at(86, "adopted")),),
                        origin=_at(86),
                    ),
                    _paragraph(87, Text("Kolofonens tekst.")),
                ),
                origin=_at(86),
            ),
        ),
        notes=(
            Note(
                blocks=(
                    _paragraph(90, Text("Den første note med "), Link(_text("link"), "https://www.kk.dk"), Text(".")),
                ),
                origin=_at(90),
                anchor="note-1",
            ),
            Note(
                blocks=(_paragraph(91, Text("Den anden note.")), _paragraph(91, Text("Med to afsnit."), ordinal=1)),
                origin=_at(91),
                anchor="note-2",
            ),
        ),
    )
