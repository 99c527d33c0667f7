"""What no line may end in, made of several inlines: it is divided where it is too wide, and its words are all there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import Origin
from docgen.tree.document import Code, Document, Emphasis, Inline, List, ListItem, Paragraph, Strong, Text
from docgen.writers import formats
from docgen.writers.formats import Writing
from tests.support.contents import repository
from tests.support.effort import tries
from tests.writers.test_pdf import one

PLACE = Origin("content/cases/prove.yaml", 7, 3)
PIECES = st.text("abcdefgh ([{)]}.,1234", min_size=1, max_size=30).filter(str.strip)
LONG = "speciallægepraksisplanlægningssamarbejdsudvalg"


def written(*inlines: Inline, format: formats.Format = formats.PDF) -> bytes:
    """A point of a list, as it is written and proved."""
    project = repository()
    item = ListItem((Paragraph(inlines, origin=PLACE),))
    document: Document = one(List((item,), ordered=False, start=1))
    files, fonts = project.template_files, project.font_directories
    return format.begin(Writing(document, project.theme, files, lambda: b"{}", fonts))()


def test_code_holds_together_what_stands_after_an_opening_sign() -> None:
    assert written(Text(f"Se venligst på {'x' * 30} k: (\\6{{a"), Code("\\{es{ 1.234.567"), Text(f"{LONG} 7x!6s"))


@st.composite
def glued(draw: st.DrawFn) -> tuple[Inline, ...]:
    """Inlines without a space between them."""
    found: list[Inline] = [Text(draw(PIECES))]
    for _ in range(draw(st.integers(1, 3))):
        text = draw(PIECES)
        made: tuple[Inline, ...] = (Code(text), Text(text + LONG), Strong((Text(text),)), Emphasis((Text(text),)))
        found.append(draw(st.sampled_from(made)))
    return tuple(found)


@given(inlines=glued())
@settings(max_examples=tries(60), deadline=None)
def test_no_glued_words_go_over_the_edge(inlines: tuple[Inline, ...]) -> None:
    assert written(*inlines)
