"""A line of the tree in its other forms: as Markdown in one normal form, and as its words with marks and parts."""

from __future__ import annotations

from docgen.content.yaml_reader import read_yaml
from docgen.problems import Origin
from docgen.structs import encode_json
from docgen.template_values import CLOSE, OPEN, Rendered
from docgen.tree.builder import build
from docgen.tree.document import Badge, Change, Changed, Heading, Inline, NoteReference, Paragraph, Span, Text, Tone
from docgen.tree.shown import is_own, shown_line
from docgen.tree.text import markdown_text
from tests.conftest import Golden

LINES = (
    "Almindelige ord.",
    "Ord med *kursiv*, **fed**, ***begge*** og **fed med *kursiv* i**.",
    "`kode` og **`fed kode`** og [et *link*](https://a.dk) og [et til](#kap).",
    "En linje\\\nog en til.",
    r"Tegn: \* \_ \[ \] \< \& \| \~ \^ \{ \} \\ og \`.",
    "H~2~O på 5 m^2^.",
    "Ord[^b] og[^a] og[^b].\n\n[^a]: den ene\n\n[^b]: den anden",
    "Se {bilag:priser}, {bilag:regler}.",
    "**fed** **mere fed** og **helt**",
    "**helt fed**",
)
CITATIONS = {"bilag:priser": ("bilag 1 (priser)", "bilag-1"), "bilag:regler": ("bilag 2.", "")}
PLACE = Origin("content/a.yaml", 2, 3, ("text",))


def lines(text: str) -> list[Paragraph]:
    source = "text: |-\n" + "".join(f"  {line}\n" for line in text.split("\n"))
    value = read_yaml("content/a.yaml", source.encode())["text"]
    markdown = f"# Kap\n\nFørst {OPEN}1{CLOSE} ord.\n\n{OPEN}0{CLOSE}\n"
    built = build(Rendered(markdown, (value, "indsatte"), "s.md.j2", markdown), {}, CITATIONS)
    assert built.problems == ()
    return [block for block in built.blocks if isinstance(block, Paragraph)]


def test_lines_in_their_other_forms(golden: Golden) -> None:
    shown = []
    for text in LINES:
        first, own = lines(text)
        forms = [markdown_text(own.children), encode_json(shown_line(own.children, own.origin)).decode()]
        shown += [f"## {text}", *forms, ""]
    shown += ["## skabelonens egen", markdown_text(first.children), encode_json(shown_line(first.children)).decode()]
    golden("lines.txt", "\n".join(shown) + "\n")


def told(*inlines: Inline) -> str:
    return encode_json(shown_line(inlines)).decode()


def test_what_is_deleted_has_no_words_and_what_is_inserted_has() -> None:
    inlines = (Text("a"), Changed((Text("b"),), Change.DELETED), Changed((Text("c"),), Change.INSERTED))
    assert markdown_text(inlines) == "ac"
    assert told(*inlines) == '{"text":"ac","marks":[],"parts":[]}'


def test_a_badge_is_computed_unless_its_words_are_from_somewhere() -> None:
    assert told(Badge((Text("ja"),), Tone.GOOD)) == (
        '{"text":"ja","marks":[],"parts":[{"start":0,"end":2,"computed":true,"whole":true}]}'
    )
    assert told(Text("x"), Badge((Span((Text("ja"),), PLACE),), Tone.GOOD)) == (
        '{"text":"xja","marks":[],"parts":[{"start":1,"end":3,"file":"content/a.yaml","path":["text"]}]}'
    )


def test_the_mark_of_a_note_takes_no_room() -> None:
    assert told(Text("a"), NoteReference(3), Text("b")) == (
        '{"text":"ab","marks":[{"start":1,"end":1,"kind":"note"}],"parts":[]}'
    )


def test_a_line_is_an_authors_own_unless_a_template_shows_it() -> None:
    assert is_own((Text("a"),), PLACE)
    assert not is_own((Text("a"),), Origin("skabelon", 1))
    assert not is_own((Text("a"), Span((Text("b"),), PLACE)), PLACE)
    assert is_own((Text("a"), Span((Text("b"),), PLACE, written="{bilag:b}")), PLACE)
    assert isinstance(lines("x")[0], Paragraph)
    assert not [block for block in lines("x") if isinstance(block, Heading)]
