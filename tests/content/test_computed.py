"""What is computed from content is marked so, has the place of what it is made of, and looks as it would alone."""

from __future__ import annotations

import datetime
import pickle
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import danish, pipeline, template_values, templating
from docgen.content.computed import Computed, computed, with_place
from docgen.content.scalar import Reference, Scalar
from docgen.content.settings import HouseStyle
from docgen.kinds.document_fields import Status
from docgen.problems import Origin
from docgen.project import Project
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree import text as tree_text
from docgen.tree import typography
from docgen.tree.document import Document, Paragraph, Span, Text
from docgen.writers import formats
from docgen.writers.pdf.layout_data import layout_data
from tests.support.contents import repository, small_project
from tests.support.docx_reading import docx_manifest, docx_parts
from tests.support.effort import tries
from tests.support.house import (
    CASE,
    GUIDE,
    HELD,
    LAST,
    MEETING,
    NOW,
    ORGANISATION,
    POLICY,
    SETTINGS,
    Change,
    changed,
    content,
    unmarked,
)

COMMITTEE = (ORGANISATION, "name: Udvalget", "name: ¤Udvalget")
SCHOOL = (ORGANISATION, "name: Skole", "name: ¤Skole")
POINT = (CASE, "- {point: et", "- ¤{point: et")

WHERE: list[tuple[str, str, Change]] = [
    # dates, numbers, statuses: at the field
    ("policy/eksempel", "1. december 2022", (POLICY, "date: 2022", "date: ¤2022")),
    ("policy/eksempel", "2023-2026", (POLICY, "{from: 2023", "{from: ¤2023")),
    ("policy/eksempel", "Udkast", (POLICY, "status: udkast", "status: ¤udkast")),
    ("guide/vejledning", "Vedtaget", (GUIDE, "status: vedtaget", "status: ¤vedtaget")),
    ("case/sag", "3. februar 2026", (CASE, "    date: 2026-02-03", "    date: ¤2026-02-03")),
    ("case/sag", "12. januar 2026", (CASE, "date: 2026-01-12", "date: ¤2026-01-12")),
    (f"meeting/{HELD}/dagsorden", "28. januar 2026", (MEETING, "sent: 2026-01-28", "sent: ¤2026-01-28")),
    ("follow-up/2024", "2024", (NOW, "year: 2024", "year: ¤2024")),
    ("follow-up/2024", "31. december 2024", (NOW, "date: 2024-12-31", "date: ¤2024-12-31")),
    ("follow-up/2024", "→ på vej", (NOW, "status: på vej", "status: ¤på vej")),
    ("follow-up/2024", "på vej", (LAST, "status: på vej", "status: ¤på vej")),
    ("follow-up/2024", "frem", (NOW, "progress: frem", "progress: ¤frem")),
    ("follow-up/2024", "52 pct.", (NOW, "value: 52,", "value: ¤52,")),
    ("follow-up/2024", "30,0 pct. (2021)", (NOW, "2021, value: 30", "2021, value: ¤30")),
    ("follow-up/2024", "mindst 60 pct. i 2026", (NOW, "{value: 60", "{value: ¤60")),
    ("follow-up/2024", "Målet er endnu ikke nået (frist 2026)", (NOW, "- id: andel", "- ¤id: andel")),
    ("follow-up/2024", "6", (NOW, "label: Den anden, value: 6", "label: Den anden, value: ¤6")),
    ("follow-up/2024", "2021", (NOW, "{year: 2021", "{year: ¤2021")),
    ("follow-up/2024", "1 på vej", (NOW, "status: på vej", "status: ¤på vej")),
    # names that are looked up, and what is said of them: at the register, or at what says who
    ("case/sag", "Udvalget", COMMITTEE),
    ("case/sag", "Skoleforvaltningen", SCHOOL),
    (f"meeting/{HELD}/dagsorden", "Udvalget", COMMITTEE),
    (f"meeting/{HELD}/dagsorden", "Udvalgets møde den 3. februar 2026", (MEETING, "tee: udvalg", "tee: ¤udvalg")),
    ("case/sag", "Udvalgets beslutning i mødet den 3. februar 2026", (CASE, "- body: udvalg", "- body: ¤udvalg")),
    # words of the profile: at the profile, or where it could be written
    ("case/sag", "Beslutning", (SETTINGS, "label: Beslutning", "label: ¤Beslutning")),
    ("case/sag", "Skoleforvaltningen indstiller over for Udvalget,", (SETTINGS, "decides: ", "decides: ¤")),
    (f"meeting/{HELD}/dagsorden", "Dagsorden", (SETTINGS, "format: 2", "¤format: 2")),
    ("policy/eksempel", "Eksempel Kommune", (SETTINGS, "{name: ", "{name: ¤")),
    # the parts of a case
    ("case/sag", ",", (CASE, "- {id: et, text", "- ¤{id: et, text")),
    ("case/sag", ".", (CASE, "- {id: to, text", "- ¤{id: to, text")),
    ("case/sag", "Indstillingens 1. at-punkt blev godkendt med 5 stemmer mod 2.", POINT),
    ("case/sag", "Bilag 1 – Politikken", (CASE, "title: Politikken", "title: ¤Politikken")),
    (f"meeting/{HELD}/beslutningsprotokol", "2. Valg", (MEETING, "title: Valg", "title: ¤Valg")),
    (f"meeting/{HELD}/beslutningsprotokol", "3. En sag til prøver", (CASE, "title: En", "title: ¤En")),
]


def spans(document: Document) -> list[Span]:
    """Every span of a document in order."""
    found = []
    for node in tree.walk(document):
        for line in tree.lines(node):
            found += [inline for inline in tree.walk_inlines(line) if isinstance(inline, Span)]
    return found


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def build(files: dict[str, bytes], id: str) -> Document:
    return pipeline.build_tree(Project(files, repository().template_files, repository().font_directories), id)


@pytest.mark.slow
@pytest.mark.parametrize(("id", "words", "change"), WHERE, ids=[f"{id}: {words}" for id, words, _ in WHERE])
def test_what_is_computed_stands_at_what_it_is_computed_from(id: str, words: str, change: Change) -> None:
    files, place = unmarked(changed(content(), change))
    found = [span for span in spans(build(files, id)) if plain(tree.plain_text(span.children)) == words]
    assert found, "it is shown"
    assert any(span.computed and str(span.origin) == place for span in found), [str(span.origin) for span in found]


def test_what_somebody_wrote_is_not_computed() -> None:
    document = build(content(), "case/sag")
    own = {plain(tree.plain_text(span.children)): span.computed for span in spans(document)}
    assert own["planen godkendes"] is False
    (title,) = [node for node in tree.walk(document) if isinstance(node, tree.Title)]
    assert not [inline for inline in tree.walk_inlines(title.children) if isinstance(inline, Span)]


def test_a_citation_is_computed_inside_the_words_around_it() -> None:
    files = changed(content(), (CASE, "Løsningen.", '"Se {bilag:politik} og {opfoelgning:2024:andel}."'))
    shown = tree_text.dump(build(files, "case/sag"))
    annex, text = f"@content/{CASE}:24", f"@content/{CASE}:14"
    assert f"'Se ' Computed({{bilag:politik}} Link(#politik Computed('bilag\\xa01' {annex})) {text}) ' og ' " in shown
    assert "Computed({opfoelgning:2024:andel} Computed('52\\xa0pct.' @content/follow_ups/2024.yaml:" in shown


@pytest.mark.slow
def test_a_picture_stands_at_what_its_words_are_made_of() -> None:
    files, place = unmarked(
        changed(content(), (NOW, "    series:\n      - {year: 2021", "    series:\n      ¤- {year: 2021"))
    )
    (figure, *_) = [node for node in tree.walk(build(files, "follow-up/2024")) if isinstance(node, tree.Figure)]
    assert str(figure.origin) == place


# -- it looks as the words alone would --------------------------------------------------------------------------

PIECES = st.text("ab .-–—'\"…\n1928§", max_size=4) | st.sampled_from(
    ["den ", "1. ", "maj", "kl. ", "12", " pct.", "2023-2026", "...", " - ", "mio. ", "kr.", "bilag "]
)
STYLE = HouseStyle()
AT = Origin("content/a.yaml", 1, 1, ("a",))


def inlines(pieces: list[str]) -> tuple[tree.Inline, ...]:
    """Every second of some pieces is computed."""
    return tuple(Span((Text(piece),), AT, computed=True) if n % 2 else Text(piece) for n, piece in enumerate(pieces))


def document(*inlines: tree.Inline) -> Document:
    paragraph = Paragraph(inlines, origin=AT)
    return Document(id="x/y", title="Titel", date=datetime.date(2024, 1, 2), blocks=(paragraph,))


@given(st.lists(PIECES, min_size=1, max_size=8))
@settings(max_examples=tries(400))
def test_computed_words_are_set_as_one_with_those_around_them(pieces: list[str]) -> None:
    (paragraph,) = typography.typeset(document(*inlines(pieces)), STYLE).blocks
    assert isinstance(paragraph, Paragraph)
    assert tree.plain_text(paragraph.children) == typography.correct_text("".join(pieces), STYLE)


@given(st.lists(st.text("ab <&1", min_size=1, max_size=4), min_size=1, max_size=6))
@settings(max_examples=tries(40))
def test_every_format_draws_them_as_text(pieces: list[str]) -> None:
    project, marked, flat = small_project(), document(*inlines(pieces)), document(Text("".join(pieces)))
    assert layout_data(marked, project.theme).document == layout_data(flat, project.theme).document
    assert pipeline.write(project, marked, formats.HTML) == pipeline.write(project, flat, formats.HTML)
    bodies = [docx_parts(pipeline.write(project, one, formats.DOCX))["word/document.xml"] for one in (marked, flat)]
    assert _without_keys(bodies[0]) == _without_keys(bodies[1])
    assert tree_text.dump(marked, places=False) == tree_text.dump(flat, places=False)


def _without_keys(body: bytes) -> bytes:
    return re.sub(rb'_dg_[0-9a-f]+|paraId="[0-9A-F]+"', b"", body)


# -- Word ---------------------------------------------------------------------------------------------------------


def written(*blocks: tree.Block) -> dict[str, dict[str, object]]:
    project = small_project()
    return docx_manifest(pipeline.write(project, replace(document(), blocks=blocks), formats.DOCX))


def test_word_knows_what_is_computed() -> None:
    mixed = (Text("at "), Span((Text("noget"),), AT), Span((Text("."),), AT, computed=True))
    (entry,) = written(Paragraph(mixed, origin=AT)).values()
    place = {"file": "content/a.yaml", "path": ["a"]}
    assert entry["spans"] == [{**place, "start": 3, "end": 8}, {**place, "start": 8, "end": 9, "computed": True}]


def test_what_is_computed_moves_no_key_of_what_somebody_wrote() -> None:
    own = Paragraph((Span((Text("En titel"),), AT),), origin=AT)
    made = Paragraph((Span((Text("2. En titel"),), AT, computed=True),), origin=AT)
    looked_up = Paragraph((Span((Span((Text("Udvalget"),), AT),), AT, computed=True),), origin=AT)
    (key,) = written(own)
    assert key in written(made, own)
    assert written(made, own)[key]["text"] == "En titel"
    assert list(written(looked_up)) == [key], "a name in a register has the key that it would have there"
    citing = Paragraph((Text("Se "), Span((Text("bilag 1"),), replace(AT, path=("b",)), computed=True)), origin=AT)
    assert list(written(citing)) == list(written(Paragraph((Text("Se bilag 1"),), origin=AT)))


# -- the values ----------------------------------------------------------------------------------------------------

PLAIN = st.one_of(
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
    st.dates(datetime.date(1800, 1, 1)),
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.text(),
    st.sampled_from(Status),
)


@given(PLAIN)
def test_a_value_with_a_place_is_the_value(value: object) -> None:
    placed = with_place(value, AT)
    assert (placed, str(placed), hash(placed), placed.origin) == (value, str(value), hash(value), AT)
    assert with_place((value, None, True), AT)[0].origin == AT
    assert with_place(placed, Origin("andet.yaml")) is placed


@pytest.mark.parametrize("nothing", [None, True, False, (), HouseStyle()])
def test_what_is_never_shown_has_no_place_of_its_own(nothing: object) -> None:
    assert with_place(nothing, AT) == nothing
    assert type(with_place(nothing, AT)) is type(nothing)


def test_a_computed_text_has_the_first_place_there_is() -> None:
    scalar, own = Scalar("b", AT), Origin("c.yaml", 3)
    assert computed("x", "a", scalar, own).origin == AT
    assert computed("x", own, scalar).origin == own
    assert computed("x", [], ("a", [scalar])).origin == AT
    assert computed("x", None, 3, "a").origin == Origin("")
    assert computed(scalar).origin == AT
    assert pickle.loads(pickle.dumps(computed("x", own))) == "x"
    assert pickle.loads(pickle.dumps(computed("x", own))).origin == own
    assert type(pickle.loads(pickle.dumps(scalar.as_reference()))) is Reference


class Names(template_values.View, frozen=True):
    """What a template of this test may use."""

    day: datetime.date
    ten: Decimal
    names: tuple[str, ...]
    name: str
    first: int
    last: int


def test_filters_keep_places_and_print_as_before() -> None:
    files = {
        "t.md.j2": b"{{ day | date }}, {{ ten | number }}, {{ ten | amount }}, {{ names | enumerate }}, {{ ten }}, "
        b"{{ name | genitive }}, {{ first | period(last) }}"
    }
    at = {name: Origin(f"{name}.yaml", 1) for name in ("day", "ten", "names", "name", "first")}
    context = Names(
        day=with_place(datetime.date(2024, 1, 2), at["day"]),
        ten=with_place(Decimal("10.50"), at["ten"]),
        names=(Scalar("A", at["names"]), "B"),
        name=Scalar("Udvalget", at["name"]),
        first=with_place(2023, at["first"]),
        last=2026,
    )
    values = templating.render("t.md.j2", files, context).values
    assert [str(value) for value in values] == [
        *("2. januar 2024", "10,50", danish.amount(Decimal("10.50")), "A og B", "10,50", "Udvalgets", "2023-2026"),
    ]
    assert all(isinstance(value, Computed) for value in values)
    found = [value.origin for value in values if isinstance(value, Computed)]
    assert found == [at[name] for name in ("day", "ten", "ten", "names", "ten", "name", "first")]
