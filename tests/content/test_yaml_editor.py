"""The one writer of YAML: each style by example, comments, and what it refuses."""

from __future__ import annotations

import datetime
from decimal import Decimal
from difflib import SequenceMatcher
from functools import reduce
from pathlib import Path

import pytest

from docgen.content.yaml_editor import AddField, AddItem, Edit, Move, Remove, Rename, SetValue, edit
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.content.yaml_style import Value
from docgen.files import replace_together
from docgen.problems import ContentError, OutputError


def changed(source: str, *edits: Edit) -> str:
    return edit("x.yaml", source.encode(), edits).decode()


def refusal(source: str, *edits: Edit) -> str:
    with pytest.raises(ContentError) as caught:
        changed(source, *edits)
    return str(caught.value)


def put(value: Value) -> SetValue:
    return SetValue(("a",), value)


# -- one text in the place of another ---------------------------------------------------------------------------

LONG = "ord " * 30 + "slut"
FOLDED = "a: >-\n  Et langt afsnit, som er\n  foldet over tre linjer,\n  med et punktum.\n\n  Og et til.\n# slut\n"
FOLDED_TEXT = "Et langt afsnit, som er foldet over tre linjer, med et punktum.\nOg et til."
LITERAL = "a: |  # h\n  Et\n  to\n\n  - tre\n    fire\nb: 1\n"

TEXTS: dict[str, tuple[str, Value, str]] = {
    "plain": ("a: Et ord # k\n", "To ord", "a: To ord # k\n"),
    "plain, quoted where it must be": ("a: Et ord # k\n", "Et: ord", 'a: "Et: ord" # k\n'),
    "plain, a comment's sign": ("a: Et\n", "Et #ord", 'a: "Et #ord"\n'),
    "plain, quotes in the text": ("a: Et\n", '"Et": to', "a: '\"Et\": to'\n"),
    "plain, a number that is a text": ("a: Et\n", "2024", 'a: "2024"\n'),
    "plain, a number for a number": ("a: 2023\n", "2024", "a: 2024\n"),
    "plain, nothing's word": ("a: Et\n", "null", 'a: "null"\n'),
    "plain, empty": ("a: Et\n", "", 'a: ""\n'),
    "plain, in lines": ("a: Et\n", "Et\nto", "a: |\n  Et\n  to\n"),
    "plain, in lines beside a comment": ("a: Et # k\nb: 1\n", "Et\nto", "a: | # k\n  Et\n  to\nb: 1\n"),
    "plain, over lines": ("a: Et ord\n  og to\nb: 1\n", "Et ord og tre", "a: Et ord\n  og tre\nb: 1\n"),
    "double quotes": ('a: "Et \\"ord\\" og"\n', 'Et "ord" og \\', 'a: "Et \\"ord\\" og \\\\"\n'),
    "double quotes, escapes stay": ('a: "\\u00e6 og x"\n', "æ og y", 'a: "\\u00e6 og y"\n'),
    "double quotes, in lines": ('a: "Et"\n', "Et\nto", 'a: "Et\\nto"\n'),
    "double quotes, over lines": ('a: "Et \\\n  ord\n  to"\n', "Et ord tre", 'a: "Et \\\n  ord\n  tre"\n'),
    "single quotes": ("a: 'Det''s x'\n", "Det's y'", "a: 'Det''s y'''\n"),
    "single quotes, over lines": ("a: 'Et\n  to'\n", "Et tre", "a: 'Et\n  tre'\n"),
    "literal": (LITERAL, "Et\n2\n\n- tre\n  fire", LITERAL.replace("to", "2")),
    "literal, a line more": (LITERAL, "Et\nto\ny\n\n- tre\n  fire", LITERAL.replace("  to\n", "  to\n  y\n")),
    "literal, a line less": (LITERAL, "Et\n\n- tre\n  fire", LITERAL.replace("  to\n", "")),
    "literal, a paragraph less": (LITERAL, "- tre\n  fire", LITERAL.replace("  Et\n  to\n\n", "")),
    "literal, further in": (LITERAL, "  x\ny", "a: |2  # h\n    x\n  y\nb: 1\n"),
    "literal, a number": (LITERAL, 7, "a: 7  # h\nb: 1\n"),
    "literal, nothing": (LITERAL, None, "a: # h\nb: 1\n"),
    "literal, no line break at the end": ("a: |-\n  Et", "To", "a: |-\n  To"),
    "literal that keeps its end": ("a: |+\n  Et\n\n\nb: 1\n", "To", "a: |+\n  To\n\n\nb: 1\n"),
    "literal that says how far in": ("a: |4-\n      x\n    y\n", "  x\nz", "a: |4-\n      x\n    z\n"),
    "folded, a word": (FOLDED, FOLDED_TEXT.replace("som", "der"), FOLDED.replace("som", "der")),
    "folded, a line's last word less": (FOLDED, FOLDED_TEXT.replace("som er ", "som "), FOLDED.replace(" er", "")),
    "folded, a line's first word less": (FOLDED, FOLDED_TEXT.replace("foldet ", ""), FOLDED.replace("foldet ", "")),
    "folded, a paragraph more": (FOLDED, FOLDED_TEXT + "\nX.", FOLDED.replace("til.\n", "til.\n\n  X.\n")),
    "folded, too long a line": (f"a: >-\n  {LONG}\n  {LONG}\n", f"{LONG} nyt og langt og mere {LONG}",
                                f"a: >-\n  {LONG}\n  nyt og langt og mere{' ord' * 26}\n {' ord' * 4} slut\n"),
    "folded, further in": (FOLDED, "  x", "a: >2-\n    x\n# slut\n"),
    "CRLF": ("a: |\r\n  Et\r\n  to\r\nb: 1\r\n", "Et\ny\nz", "a: |\r\n  Et\r\n  y\r\n  z\r\nb: 1\r\n"),
    "an alias": ("b: &x Et\na: *x # k\n", "To", "b: &x Et\na: To # k\n"),
    "an anchor nobody uses": ("a: &x Et\n", "To", "a: &x To\n"),
    "nothing": ("a:   # k\nb: 1\n", "Et", "a: Et   # k\nb: 1\n"),
    "nothing, by name": ("a: ~\n", "Et", "a: Et\n"),
    "a date": ("a: 2024-01-01\n", datetime.date(2024, 2, 29), "a: 2024-02-29\n"),
    "a time": ('a: "12:00"\n', datetime.time(9, 5), "a: 09:05\n"),
    "a number": ("a: 1\n", Decimal("2.50"), "a: 2.50\n"),
    "a yes": ("a: false\n", True, "a: true\n"),
    "a list": ("a: Et # k\nb: 1\n", ["x", "y: z"], 'a: # k\n  - x\n  - "y: z"\nb: 1\n'),
    "fields for fields": ("a:\n    b: 1\n", {"c": {"d": []}}, "a:\n    c:\n        d: []\n"),
    "lines where a comment follows": ("a:\n  # k\n  b: 1\n", "Et\nto", 'a: "Et\\nto"\n  # k\n'),
    "the same text": ("a:   'Et'   # k\n", "Et", "a:   'Et'   # k\n"),
    "accents in two signs": ("a: e\u0301n og to\n", "én og tre", "a: e\u0301n og tre\n"),
    "a byte order mark": ("\ufeffa: Et\n", "To", "\ufeffa: To\n"),
    "a tab": ("a:\tEt\t# k\n", "E\tt", 'a:\t"E\\tt"\t# k\n'),
    "a rare line break in the text": ('a: "x\u2028y"\n', "x", 'a: "x"\n'),
    "what only a quote can hold": ("a: |\n  Et\n", "a\u2028b\rc", 'a: "a\\Lb\\rc"\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_value_is_set_in_its_style(name: str) -> None:
    source, value, expected = TEXTS[name]
    assert changed(source, put(value)) == expected


IN_BRACKETS: dict[str, tuple[Edit, str]] = {
    "a word that brackets cannot hold": (SetValue(("a", "b"), "x, y"), 'a: {b: "x, y", c: [d, e], f: , g}\n'),
    "an item": (SetValue(("a", "c", 1), "x"), "a: {b: 1, c: [d, x], f: , g}\n"),
    "nothing's place": (SetValue(("a", "f"), "x"), "a: {b: 1, c: [d, e], f: x , g}\n"),
    "no place at all": (SetValue(("a", "g"), "x"), "a: {b: 1, c: [d, e], f: , g: x}\n"),
    "nothing": (SetValue(("a", "b"), None), "a: {b: null, c: [d, e], f: , g}\n"),
    "fields": (SetValue(("a", "b"), {"x": ["y", True]}), "a: {b: {x: [y, true]}, c: [d, e], f: , g}\n"),
    "a field added": (AddField(("a",), "x", "y"), "a: {b: 1, c: [d, e], f: , g, x: y}\n"),
    "an item added in front": (AddItem(("a", "c"), "x", 0), "a: {b: 1, c: [x, d, e], f: , g}\n"),
    "a field taken out": (Remove(("a", "c")), "a: {b: 1, f: , g}\n"),
    "the last one taken out": (Remove(("a", "g")), "a: {b: 1, c: [d, e], f: }\n"),
    "a field moved": (Move(("a", "c"), 0), "a: {c: [d, e], b: 1, f: , g}\n"),
    "a field renamed": (Rename(("a", "g"), "h i"), "a: {b: 1, c: [d, e], f: , h i}\n"),
}


@pytest.mark.parametrize("name", IN_BRACKETS)
def test_what_stands_in_brackets_stays_in_them(name: str) -> None:
    one, expected = IN_BRACKETS[name]
    assert changed("a: {b: 1, c: [d, e], f: , g}\n", one) == expected


# -- lists and fields -------------------------------------------------------------------------------------------

SOURCE = """\
# hoved

# om titel
title: Et navn  # k1

# om punkter
points:
  # om et
  - id: et
    # om tekst
    text: Et
      # længere inde
# fri
  - {id: to, text: To}  # k2

  - id: tre
    text: "Tre"
short:
- a
- b
empty: []  # tom
multi: [
  x,  # om x
  y
]
"""
NEW = {"id": "ny", "text": "Nyt: ja"}


def lines_of(*edits: Edit, source: str = SOURCE) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    before, after = source.split("\n"), changed(source, *edits).split("\n")
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    differing = [code for code in codes if code[0] != "equal"]
    gone = [line for _, start, end, _, _ in differing for line in before[start:end]]
    return gone, [line for _, _, _, start, end in differing for line in after[start:end]]


ADDED: dict[str, tuple[Edit, list[str], list[str]]] = {
    "a field, last": (AddField((), "ny", "x"), [], ["ny: x"]),
    "a field, first": (AddField((), "ny", "x", 0), [], ["ny: x"]),
    "an item of fields": (AddItem(("points",), NEW), [], ["  - id: ny", '    text: "Nyt: ja"']),
    "an item like one in brackets": (AddItem(("points",), NEW, 2), [], ['  - {id: ny, text: "Nyt: ja"}']),
    "an item at the list's own column": (AddItem(("short",), "x", 1), [], ["- x"]),
    "a field in an item": (AddField(("points", "@et"), "nr", 7), [], ["    nr: 7"]),
    "a field first in an item": (AddField(("points", "@et"), "nr", 7, 0), ["  - id: et"], ["  - nr: 7", "    id: et"]),
    "the first item": (AddItem(("empty",), NEW), ["empty: []  # tom"],
                       ["empty:  # tom", "  - id: ny", '    text: "Nyt: ja"']),
    "an item in brackets with comments": (AddItem(("multi",), "z", 1), [], ["  z,"]),
    "the last in brackets": (AddItem(("multi",), "z"), ["  y"], ["  y,", "  z"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDED)
def test_what_is_new_follows_the_file_and_moves_nothing_else(name: str) -> None:
    one, gone, come = ADDED[name]
    assert lines_of(one) == (gone, come)


def test_comments_go_with_what_they_belong_to() -> None:
    """Above it in its column, at its end, further in below it, and inside it; what the file begins with stays."""
    assert lines_of(Remove(("points", "@et")))[0] == SOURCE.split("\n")[7:12]
    assert lines_of(Remove(("points", "@to")))[0] == ["  - {id: to, text: To}  # k2"], "the free comment is not its own"
    assert lines_of(Remove(("title",)))[0] == ["", "# om titel", "title: Et navn  # k1"]
    assert lines_of(Remove(("a",)), source="# hoved\na: 1\nb: 2\n")[0] == ["a: 1"], "what the file begins with stays"
    assert changed(SOURCE, Remove(("multi", 0))).endswith("multi: [\n    # om x\n  y\n]\n"), "in brackets all stay"
    moved = changed(SOURCE, Move(("points", "@et"), 2))
    assert moved.index("# fri") < moved.index(
        "# om et\n  - id: et\n    # om tekst\n    text: Et\n      # længere inde\n"
    )
    assert sorted(moved.split("\n")) == sorted(SOURCE.split("\n"))


def test_what_is_taken_out_leaves_no_hole() -> None:
    assert changed("a:\n  # k\n  b: 1\nc: 2\n", Remove(("a", "b"))) == "a: {}\nc: 2\n"
    assert changed("a:\n  - b # k\nc: 2\n", Remove(("a", 0))) == "a: []\nc: 2\n"
    assert changed("a:\n  - b: 1\n    c: 2\n", Remove(("a", 0, "b"))) == "a:\n  - c: 2\n"
    assert changed("a: 1\n\nb: 2\n\nc: 3\n", Remove(("b",))) == "a: 1\n\nc: 3\n"
    assert changed("a: 1\n\nb: 2", Remove(("b",))) == "a: 1"


@pytest.mark.parametrize(("one", "written"), [(AddField(("b",), "x", "y"), "x: y"), (AddItem(("b",), "y"), "- y")])
def test_where_there_is_nothing_yet_something_can_be_added(one: Edit, written: str) -> None:
    assert changed("a: 1\nb:\nc: 2\n", one) == f"a: 1\nb:\n  {written}\nc: 2\n"


def test_a_list_in_brackets_stays_so_in_what_is_added_to_brackets() -> None:
    added = AddField(("a",), "x", ["p", ["q"]])
    assert changed("a: {b: 1, c: [d, {e: 1}]}\n", added) == "a: {b: 1, c: [d, {e: 1}], x: [p, [q]]}\n"


@pytest.mark.parametrize(
    ("source", "place"),
    [("a: 1\nbb: x\u2028y: [\n", "2:6"), ("a: 1\nbb: x\u2028 y: z\n", "2:6"), ("\u2028a: [\n", "1:1")],
)
def test_a_break_that_nobody_sees_is_told_at_its_place(source: str, place: str) -> None:
    with pytest.raises(ContentError, match="usynligt linjeskift U\\+2028") as caught:
        read_yaml("x.yaml", source.encode())
    assert str(caught.value).startswith(f"x.yaml:{place}: ")


def test_edits_follow_each_other() -> None:
    edits: list[Edit] = [
        AddItem(("a",), {"id": "x"}),
        SetValue(("a", "@x", "id"), "y"),
        AddField(("a", "@y"), "b", 1),
        Move(("a", 1), 0),
    ]
    assert changed("a:\n  - id: w\n", *edits) == "a:\n  - id: y\n    b: 1\n  - id: w\n"


def test_a_path_leads_where_an_origin_says() -> None:
    """The path that the reader gives a text is the one that sets it."""
    source = "a:\n  - id: x\n    b: [p, q]\n  - c: 1\nd: {e: f}\n"
    for scalar in scalars(read_yaml("x.yaml", source.encode())):
        after = read_yaml("x.yaml", changed(source, SetValue(scalar.origin.path, "Nyt")).encode())
        assert next(new for new in scalars(after) if new == "Nyt").origin.line == scalar.origin.line


DEEP: list[Value] = []
REFUSED: dict[str, tuple[str, Edit, str]] = {
    "the place": ("a: 1\n", SetValue(("b",), 1), "1:1: 'b' findes ikke her; ret stien"),
    "an item": ("a: [1]\n", SetValue(("a", "1"), 1), "1:4: '1' findes ikke her; ret stien"),
    "two of one id": (
        "a:\n- id: x\n- id: x\n", SetValue(("a", "@x", "id"), 1),
        "2:1: 2 punkter hedder '@x'; giv dem hver sit id",
    ),
    "beyond a text": ("a: 1\n", SetValue(("a", "b"), 1), "1:4: her er intet, der hedder 'b'; ret stien"),
    "the file itself": ("a: 1\n", SetValue((), 1), "1:1: stien er tom; skriv, hvilket felt det gælder"),
    "an anchor": (
        "a: &x 1\nb: *x\n", SetValue(("a",), 2),
        ("1:7: værdien står flere steder, med & og *, så den bliver også en anden der; "
        "skriv den ud hvert sted, og ret så den ene"),
    ),
    "inside an alias": (
        "a: &x {c: 1}\nb: *x\n", SetValue(("b", "c"), 2),
        ("1:11: værdien står flere steder, med & og *, så den bliver også en anden der; "
        "skriv den ud hvert sted, og ret så den ene"),
    ),
    "an alias lengthened": (
        "a: &x [1]\nb: *x\n", AddItem(("b",), 2),
        ("2:4: værdien står flere steder, med & og *, så den bliver også en anden der; "
        "skriv den ud hvert sted, og ret så den ene"),
    ),
    "what an alias needs": (
        "a: {c: &x 1}\nb: *x\n", Remove(("a",)),
        "1:4: noget heri har et & og bruges med * et andet sted; ret stedet i filen selv",
    ),
    "comments between": (
        "a:\n  # k\n  b: 1\n  # l\n  c: 2\n", put(1),
        "3:3: der står kommentarer mellem felterne, og de ville gå tabt; ret felterne hver for sig",
    ),
    "two comments in one": (
        "a: # k\n  | # l\n  Et\n", put(["x"]),
        "2:3: ændringen kan ikke skrives her, uden at andet i filen bliver et andet; ret stedet i filen selv",
    ),
    "comments in brackets": (
        "a: [1, # k\n 2]\n", Move(("a", 0), 1),
        ("1:4: der står kommentarer mellem klammerne, så ingen kan sige, hvad der hører til hvad; "
        "flyt punktet i filen selv"),
    ),
    "a name there is": (
        "a: 1\nb: 2\n", AddField((), "b", 3),
        "2:1: feltet 'b' findes allerede; sæt dets værdi i stedet",
    ),
    "a new name there is": ("a: 1\nb: 2\n", Rename(("a",), "b"), "2:1: feltet 'b' findes allerede; vælg et andet navn"),
    "an item's name": ("a: [1]\n", Rename(("a", 0), "b"), "1:5: et punkt i en liste har intet navn; ret stien"),
    "an item of fields": ("a: {b: 1}\n", AddItem(("a",), 1), "1:4: her står ingen liste; ret stien"),
    "a field of a list": ("a: [1]\n", AddField(("a",), "b", 1), "1:4: her står ingen felter; ret stien"),
    "the only field": ("a: 1\n", Remove(("a",)), "1:4: det er filens eneste felt; slet filen i stedet"),
    "a place there is not": ("a: [1]\n", Move(("a", 0), 1), "1:5: der er ingen plads nr. 1; brug 0 til 0"),
    "a question mark": (
        "? a\n: 1\nb: 2\n", Remove(("b",)),
        "1:3: feltet er skrevet med '?'; skriv det som 'navn: værdi'",
    ),
    "no braces": (
        "a: [b: 1]\n", AddField(("a", 0), "c", 1),
        "1:5: feltet står i en liste uden egne klammer; skriv '{navn: værdi}'",
    ),
    "a control sign": ("a: 1\n", put("x\x07"), "1:4: usynligt styretegn U+0007; slet det"),
    "half a sign": ("a: 1\n", put("\ud800"), "1:4: usynligt styretegn U+D800; slet det"),
    "no number": (
        "a: 1\n", put(float("nan")),
        "1:4: tallet er for stort, for lille eller intet tal; skriv et tal med højst 15 cifre",
    ),
    "too deep": (
        "a: 1\n", put(reduce(lambda inner, _: [inner], range(50), DEEP)),
        "1:4: værdien er i mere end 40 lag; gør opbygningen fladere",
    ),
    "a rare line break": (
        "a: 1 \u2028b: 2\n", put(2),
        ("1:6: linjen ender med et tegn, som mange programmer ikke ser (U+2028); "
        "skriv et almindeligt linjeskift i stedet"),
    ),
    "what the reader refuses": (
        "a: 1\na: 2\n", put(2),
        "2:1: feltet 'a' står to gange; første gang i linje 1; slet det ene",
    ),
    "another style": (
        "a: Et ord\n", SetValue(("a",), "Et: ord", in_place=True),
        "1:4: ændringen kan ikke skrives her, uden at andet i filen bliver et andet; ret stedet i filen selv",
    ),
    "another kind": (
        "a: Et\n", SetValue(("a",), ["x"], in_place=True),
        "1:4: ændringen kan ikke skrives her, uden at andet i filen bliver et andet; ret stedet i filen selv",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_a_reason(name: str) -> None:
    """At its place, with what is wrong and what would be right."""
    source, one, words = REFUSED[name]
    assert refusal(source, one) == f"x.yaml:{words}"


def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    one, two = tmp_path / "en.yaml", tmp_path / "to.yaml"
    one.write_bytes(b"a: 1\n")
    two.write_bytes(b"a: 1\n")
    read = {path: path.read_bytes() for path in (one, two)}
    outputs = [(path, edit(path.name, data, [put(2)])) for path, data in read.items()]
    two.write_bytes(b"a: 3\n")
    with pytest.raises(OutputError, match=r"to\.yaml: filen er ændret, siden den blev læst"):
        replace_together(outputs, read)
    assert (one.read_bytes(), two.read_bytes()) == (b"a: 1\n", b"a: 3\n")
    two.unlink()
    with pytest.raises(OutputError, match=r"to\.yaml: filen kan ikke læses igen \(den findes ikke\)"):
        replace_together(outputs, read)
    two.write_bytes(b"a: 1\n")
    replace_together(outputs, read)
    assert (one.read_bytes(), two.read_bytes()) == (b"a: 2\n", b"a: 2\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.yaml", "to.yaml"]
