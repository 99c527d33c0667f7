"""What the typography step does to a whole tree: texts are set, captions numbered, anchors given, links tried."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.content.settings import HouseStyle
from docgen.problems import Origin
from docgen.tree.document import (
    Badge,
    Block,
    Caption,
    Code,
    Division,
    Document,
    Emphasis,
    FieldRow,
    FieldTable,
    Figure,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Node,
    Note,
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
    plain_text,
    texts,
    walk,
)
from docgen.tree.typography import check_links, correct_text, typeset

HERE = Origin("content/eksempel.yaml", 7, 3, ("tekst",))


def document(*blocks: Block, notes: tuple[Note, ...] = (), title: str = "", short_title: str = "") -> Document:
    return Document(
        id="eksempel", date=date(2022, 12, 1), title=title, short_title=short_title, blocks=blocks, notes=notes
    )


def typeset_blocks(*blocks: Block) -> tuple[Block, ...]:
    return typeset(document(*blocks), HouseStyle()).blocks


def words(text: str) -> tuple[Inline, ...]:
    return (Text(text),)


def captioned(caption: str) -> Caption | None:
    return Caption(words(caption)) if caption else None


def table(caption: str = "", id: str = "") -> Table:
    row = TableRow((TableCell(words("kl. 9")),))
    return Table(header=row, rows=(row,), alignments=(), caption=captioned(caption), id=id)


def figure(caption: str = "") -> Figure:
    return Figure(data=b"", media_type="image/svg+xml", alt="kl. 9", caption=captioned(caption))


def anchors(*blocks: Block) -> list[str]:
    return [node.anchor for node in walk(typeset(document(*blocks), HouseStyle()))]


def test_every_text_is_set_but_code() -> None:
    inside = words("kl. 9")
    paragraph = Paragraph(
        (
            *inside,
            Emphasis(inside),
            Strong((Emphasis(inside),)),
            Link(inside, "https://kk.dk/kl. 9"),
            Span(inside, HERE),
            Badge(inside, Tone.GOOD),
            Code("kl. 9"),
        )
    )
    (done,) = typeset_blocks(paragraph)
    set_text = words("kl.\u00a09")
    assert done == Paragraph(
        (
            *set_text,
            Emphasis(set_text),
            Strong((Emphasis(set_text),)),
            Link(set_text, "https://kk.dk/kl. 9"),
            Span(set_text, HERE),
            Badge(set_text, Tone.GOOD),
            Code("kl. 9"),
        )
    )


def test_every_place_of_a_document_is_set() -> None:
    inside = words("kl. 9")
    done = typeset(
        document(
            Title(children=inside),
            List((ListItem((Paragraph(inside),)),)),
            Quote((Paragraph(inside),)),
            FieldTable(fields=(FieldRow(label=inside, value=inside),)),
            table("kl. 9"),
            figure("kl. 9"),
            notes=(Note(blocks=(Paragraph(inside),)),),
            title="kl. 9",
            short_title="kl. 9",
        ),
        HouseStyle(),
    )
    assert "kl. 9" not in repr(done).replace("\\xa0", "\u00a0")
    assert (done.title, done.short_title) == ("kl.\u00a09", "kl.\u00a09")
    assert repr(done).replace("\\xa0", "\u00a0").count("kl.\u00a09") == 13


def test_the_house_decides_the_sign_of_a_range() -> None:
    assert typeset(document(title="2023-2026"), HouseStyle(range="dash")).title == "2023–2026"
    assert typeset(document(title="2023–2026"), HouseStyle()).title == "2023-2026"


def test_captions_are_numbered_in_reading_order_also_inside_others() -> None:
    done = typeset(
        document(
            table("Første"),
            figure("Første"),
            table(),
            Division(role=Role.NOTE, blocks=(Quote((table("Anden"),)), figure(), figure("Anden"))),
            table("Tredje"),
        ),
        HouseStyle(),
    )
    named = [node for node in walk(done) if isinstance(node, Table | Figure)]
    captions = [(node.caption.label, plain_text(node.caption.children)) if node.caption else None for node in named]
    assert list(zip(captions, [node.anchor for node in named], strict=True)) == [
        (("Tabel\u00a01.", "Første"), "tabel-1"),
        (("Figur\u00a01.", "Første"), "figur-1"),
        (None, ""),
        (("Tabel\u00a02.", "Anden"), "tabel-2"),
        (None, ""),
        (("Figur\u00a02.", "Anden"), "figur-2"),
        (("Tabel\u00a03.", "Tredje"), "tabel-3"),
    ]
    assert [text for text in texts(done) if text.startswith("Tabel")] == [
        f"Tabel\u00a0{number}. {words}" for number, words in enumerate(("Første", "Anden", "Tredje"), 1)
    ]


def test_a_heading_is_found_by_its_words() -> None:
    assert anchors(
        Title(children=words("Sager i 2024")),
        Heading(level=1, children=words("Økonomi, ærlighed & åbenhed!")),
        Heading(level=2, children=(Strong(words("§ 12")), Text(" og mere"))),
        Heading(level=2, children=words("– …")),
        Paragraph(words("et afsnit")),
    ) == ["sager-i-2024", "oekonomi-aerlighed-aabenhed", "12-og-mere", "afsnit", ""]


def test_no_two_anchors_are_the_same_and_an_authors_id_goes_first() -> None:
    again = words("Indkøb")
    assert anchors(
        Heading(level=1, children=again),
        Heading(level=1, children=again),
        Heading(level=1, children=again),
        Paragraph(words("forfatterens"), id="indkoeb"),
        Paragraph(words("igen"), id="indkoeb"),
        Heading(level=1, children=words("Noget andet"), id="egen"),
        Heading(level=1, children=words("Egen")),
        Heading(level=1, children=words("Tabel 1")),
        table("Tallene"),
    )[:9] == ["indkoeb-2", "indkoeb-3", "indkoeb-4", "indkoeb", "", "egen", "egen-2", "tabel-1-2", "tabel-1"]


def test_what_is_inside_others_and_in_notes_has_anchors_too() -> None:
    done = typeset(
        document(
            Division(role=Role.NOTE, blocks=(Heading(level=2, children=words("Inderst")),)),
            Heading(level=2, children=words("Punkt")),
            List((ListItem((Paragraph(words("a")),), id="punkt"),)),
            Heading(level=2, children=words("Note")),
            notes=(Note(blocks=(Paragraph(words("b")),), id="note"),),
        ),
        HouseStyle(),
    )
    assert [node.anchor for node in walk(done) if node.anchor] == ["inderst", "punkt-2", "punkt", "note-2", "note"]


def problems(*blocks: Block) -> list[str]:
    return [problem.message for problem in check_links(document(*blocks))]


def test_a_link_to_nothing_is_found_wherever_it_stands() -> None:
    def link(target: str) -> tuple[Inline, ...]:
        return (Text("se "), Strong((Link(words("her"), target),)))

    cell = TableRow((TableCell(link("#celle")),))
    assert problems(
        Paragraph(link("#afsnit")),
        FieldTable(fields=(FieldRow(label=link("#navn"), value=link("#vaerdi")),)),
        Table(header=cell, rows=(), alignments=(), caption=Caption(link("#tabel"))),
        Paragraph(link("https://kk.dk/#sted")),
        Paragraph(link("#til-mig"), anchor="til-mig"),
    ) == [
        f"linket '#{name}' fører ikke til noget i dokumentet" for name in ("afsnit", "navn", "vaerdi", "tabel", "celle")
    ]


def test_the_place_of_the_link_is_told_and_an_id_that_is_there() -> None:
    wrong = Paragraph((Link(words("her"), "#forkert"),), origin=HERE)
    nodes: tuple[Node, ...] = (Paragraph(words("b"), anchor="b"), Paragraph(words("a"), anchor="a"))
    (found,) = check_links(document(wrong, *nodes))  # type: ignore[arg-type]
    assert (found.origin, found.hint) == (HERE, "brug et id fra dokumentet, fx #a")
    (found,) = check_links(document(wrong))
    assert found.hint == "brug et id fra dokumentet, fx #id"


def test_somebody_elses_words_keep_their_dots_dashes_and_ranges() -> None:
    said = "Vi er ... imod - helt 2023–2026"
    (quote,) = typeset_blocks(Quote((Paragraph(words(said)),)))
    assert isinstance(quote, Quote)
    (paragraph,) = quote.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.children) == said


def test_words_with_their_own_quotation_marks_get_no_second_pair() -> None:
    def shown(typed: str) -> str:
        inserted = Span((Text(typed),), HERE)
        (paragraph,) = typeset_blocks(Paragraph((Text("Han sagde: ”"), inserted, Text("”"))))
        assert isinstance(paragraph, Paragraph)
        return plain_text(paragraph.children)

    assert shown("Vi er imod.") == "Han sagde: ”Vi er imod.”"
    assert shown("”Vi er imod.”") == shown('"Vi er imod."') == shown("“Vi er imod.”")
    assert shown("”Vi er imod.”") == "Han sagde: ”Vi er imod.”"
    assert shown("”Ja” og ”nej”") == "Han sagde: ””Ja” og ”nej””"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('Hun: "Vi er ... imod - helt 2023-2026" - og gik ...', "Hun: ”Vi er ... imod - helt 2023-2026” – og gik …"),
        ('Et 5" rør - og 6" rør i 2023-2026', "Et 5” rør – og 6” rør i 2023–2026"),
        ('"Et" - "to"', "”Et” – ”to”"),
        ('"Kun det første - og mere', "”Kun det første – og mere"),
    ],
)
def test_words_in_quotation_marks_keep_their_dots_dashes_and_ranges(typed: str, shown: str) -> None:
    style = HouseStyle(range="dash")
    assert correct_text(typed, style).replace("\xa0", " ") == shown
    for cut in range(len(typed)):
        pieces = (Text(typed[:cut]), Span((Text(typed[cut:]),), HERE))
        (paragraph,) = typeset_blocks(Paragraph(pieces))
        assert isinstance(paragraph, Paragraph)
        assert plain_text(paragraph.children) == correct_text(typed, HouseStyle())
