"""How what is new in a YAML file is laid out: after what the file has already, within the limits of what it holds."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce

import pytest

from docgen.content.yaml_editor import AddField, AddItem, Edit, Move, Remove, Rename, SetValue
from docgen.content.yaml_style import Value
from tests.content.test_yaml_editor import changed, put, refusal

A = ("a",)
WORDS = "ord " * 30 + "slut"


def lines_of_words(count: int, first: int) -> str:
    """The words in two lines, indented by two, so many of them in the first."""
    return f"  {' '.join(['ord'] * first)}\n  {' '.join(['ord'] * (count - first))} slut\n"


LAID_OUT: dict[str, tuple[str, Edit, str]] = {
    "apart where all are apart": ("a:\n- x\n\n- y\n", AddItem(A, "z"), "a:\n- x\n\n- y\n\n- z\n"),
    "apart in front, too": ("a:\n- x\n\n- y\n", AddItem(A, "z", 0), "a:\n- z\n\n- x\n\n- y\n"),
    "close where some are close": ("a:\n- x\n- y\n\n- z\n", AddItem(A, "æ"), "a:\n- x\n- y\n\n- z\n- æ\n"),
    "Windows' line ends": ("a:\r\n  - x\r\n  - y\r\n", AddItem(A, "z", 1), "a:\r\n  - x\r\n  - z\r\n  - y\r\n"),
    "Windows' line ends, out": ("a:\r\n  - x\r\n  - y\r\n", Remove(("a", 0)), "a:\r\n  - y\r\n"),
    "Windows' line ends, moved": ("a: 1\r\nb: 2\r\n", Move(A, 1), "b: 2\r\na: 1\r\n"),
    "fields as far in as others": ("a:\n    b: 1\n    c:\n        - d\n", AddField((), "e", {"f": {"g": ["h"]}}),
                                   "a:\n    b: 1\n    c:\n        - d\ne:\n    f:\n        g:\n            - h\n"),
    "a list as far in as others": ("a:\n    b:\n    - d\n", AddField((), "e", {"f": ["h"]}),
                                   "a:\n    b:\n    - d\ne:\n    f:\n    - h\n"),
    "lists alone say it of fields": ("a:\n    - d\n", AddField((), "e", {"f": ["h"]}),
                                     "a:\n    - d\ne:\n    f:\n        - h\n"),
    "lists in a list": ("a: 1\n", put([["x", "y"], ["z"]]), "a:\n  - - x\n    - y\n  - - z\n"),
    "fields in a list": ("a: 1\n", put([{"x": "y", "z": ["q"]}, {}]), "a:\n  - x: y\n    z:\n      - q\n  - {}\n"),
    "quotes as the others have": ('a:\n  - "x"\n', AddItem(A, "y"), 'a:\n  - "x"\n  - "y"\n'),
    "quotes as the same field has": ("a:\n  - {id: p, t: 'x'}\n  - id: q\n", AddField(("a", "@q"), "t", "y"),
                                     "a:\n  - {id: p, t: 'x'}\n  - id: q\n    t: 'y'\n"),
    "another item's quotes": ("a:\n  - 1\n  - 'x'\n", SetValue(("a", 0), "y"), "a:\n  - y\n  - 'x'\n"),
    "nothing, as another item": ("a:\n  -\n  - 'x'\n", SetValue(("a", 0), "y"), "a:\n  - 'y'\n  - 'x'\n"),
    "nothing, as the same field": ("a:\n- b: 'x'\n- b:\n", SetValue(("a", 1, "b"), "y"), "a:\n- b: 'x'\n- b: 'y'\n"),
    "lines as the others have": ("a:\n  - |\n    x\n    y\n", AddItem(A, "p\nq"),
                                 "a:\n  - |\n    x\n    y\n  - |\n    p\n    q\n"),
    "one line among others' lines": ("a:\n  - |\n    x\n    y\n", AddItem(A, "p"), "a:\n  - |\n    x\n    y\n  - p\n"),
    "a list in brackets, as others": ("a:\n- b: [x]\n- c: 1\n", AddField(("a", 1), "b", ["y"]),
                                      "a:\n- b: [x]\n- c: 1\n  b: [y]\n"),
    "too long for brackets": ("a:\n- b: [x]\n- c: 1\n", AddField(("a", 1), "b", ["y" * 30, "z" * 50]),
                              f"a:\n- b: [x]\n- c: 1\n  b:\n  - {'y' * 30}\n  - {'z' * 50}\n"),
    "folded at 80": ("a: x\n", AddField((), "b", WORDS), f"a: x\nb: >-\n{lines_of_words(30, 19)}"),
    "not folded in a wide file": (f"a: {'x' * 115}\n", AddField((), "b", "o " * 57 + "o"),
                                  f"a: {'x' * 115}\nb: {'o ' * 57}o\n"),
    "folded where it is one longer": (f"a: {'x' * 115}\n", AddField((), "b", "o " * 57 + "oo"),
                                      f"a: {'x' * 115}\nb: >-\n  {'o ' * 57}oo\n"),
    "folded at 120 in a wider one": (f"a: {'x' * 140}\n", AddField((), "b", WORDS),
                                     f"a: {'x' * 140}\nb: >-\n{lines_of_words(30, 29)}"),
    "the largest number": ("a: 1\n", put(10**15 - 1), "a: 999999999999999\n"),
    "the smallest number": ("a: 1\n", put(Decimal("1e-29")), "a: 0.00000000000000000000000000001\n"),
    "one text for another, between brackets on lines": ("a: [\n  x,\n  y\n]\n", SetValue(("a", 0), "z"),
                                                        "a: [\n  z,\n  y\n]\n"),
    "in front, on its own line": ("a: [\n  x,\n  y\n]\n", AddItem(A, "z", 0), "a: [\n  z,\n  x,\n  y\n]\n"),
    "last, with a comma after": ("a: [\n  x,\n  y,\n]\n", AddItem(A, "z"), "a: [\n  x,\n  y,\n  z,\n]\n"),
    "after a comment, with a comma": ("a: [\n  x,\n  y, # k\n]\n", AddItem(A, "z"), "a: [\n  x,\n  y, # k\n  z,\n]\n"),
    "after a comment, without one": ("a: [\n  x,\n  y # k\n]\n", AddItem(A, "z"), "a: [\n  x,\n  y, # k\n  z\n]\n"),
    "in front of a comment": ("a: [ # k\n  x\n]\n", AddItem(A, "z", 0), "a: [z, # k\n  x\n]\n"),
    "the last of brackets, out": ("a: [\n  x,\n  y # k\n]\n", Remove(("a", 1)), "a: [\n  x # k\n]\n"),
    "the last, a comment before": ("a: [\n  x, # k\n  y\n]\n", Remove(("a", 1)), "a: [\n  x # k\n]\n"),
    "the only one in brackets, out": ("a: [x]\n", Remove(("a", 0)), "a: []\n"),
    "an empty value in brackets, moved": ("a: {b: , c: 1}\n", Move(("a", "b"), 1), "a: {c: 1 , b: }\n"),
    "empty brackets, on lines": ("a: []\nb:\n  - x\n", AddItem(A, "z"), "a:\n  - z\nb:\n  - x\n"),
    "empty braces, on lines": ("a: {}\nb:\n  - x\n", AddField(A, "z", 1), "a:\n  z: 1\nb:\n  - x\n"),
    "empty brackets in brackets": ("a: [[]]\n", AddItem(("a", 0), "z"), "a: [[z]]\n"),
    "empty brackets with a comment": ("a: [ # k\n]\n", AddItem(A, "z"), "a: [z # k\n]\n"),
    "a name's quotes": ("'a': 1\n", Rename(A, "b c"), "'b c': 1\n"),
    "a name that they cannot hold": ("'a': 1\n", Rename(A, "it's"), '"it\'s": 1\n'),
    "a name with a quote": ('"a": 1\n', Rename(A, 'b"c'), '"b\\"c": 1\n'),
    "a name that brackets cannot hold": ("{a: 1}\n", Rename(A, "b,c"), '{"b,c": 1}\n'),
    "a name in two lines": ("a: 1\n", Rename(A, "x\ny"), '"x\\ny": 1\n'),
    "the name that it has": ("'a': 1\n", Rename(A, "a"), "'a': 1\n"),
    "a word in its place": ("a: Et # k\nb: 2\n", SetValue(A, "To", in_place=True), "a: To # k\nb: 2\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAID_OUT)
def test_what_is_new_is_laid_out_as_the_file_is(name: str) -> None:
    source, one, expected = LAID_OUT[name]
    assert changed(source, one) == expected


OVER_LINES = "a: >-\n  Et\n\n  to\n\n  tre\n"
WORDED: dict[str, tuple[str, str, str]] = {
    "a line of a block empty": ("a: |\n  Et\n  to\n  tre\n", "Et\n\ntre", "a: |\n  Et\n\n  tre\n"),
    "a word that stands alone in a fold": ("a: >\n  Et\n  to\n\n  tre\n", "Et\ntre", "a: >\n  Et\n\n  tre\n"),
    "a word alone in double quotes": ('a: "Et\n  to\n  tre"\n', "Et tre", 'a: "Et\n  tre"\n'),
    "a word alone in single quotes": ("a: 'Et\n  to\n\n  tre'\n", "Et\ntre", "a: 'Et\n\n  tre'\n"),
    "a word alone without quotes": ("a: Et\n  to\n\n  tre\n", "Et\ntre", "a: Et\n\n  tre\n"),
    "paragraphs, all others": (OVER_LINES, "Nye\nord i\nalle", "a: >-\n  Nye\n\n  ord i\n\n  alle\n"),
    "a paragraph more": (OVER_LINES, "Et\nto\ntre\nfire", OVER_LINES + "\n  fire\n"),
    "further in and out again": ("a: >-\n  Et\n", "Et\n\n\nto\n  ind\n  mere\nud",
                                 "a: >-\n  Et\n\n\n\n  to\n    ind\n    mere\n  ud\n"),
    "further in from the first on": ("a: >- # k\n  Et\nb: 1\n", " x\ny", "a: >2- # k\n   x\n  y\nb: 1\n"),
    "further in that it was": ("a: |2-\n    x\n  y\n", "    z\ny", "a: |2-\n      z\n  y\n"),
    "a blank at the end of a line": ("a: >- # k\n  Et\nb: 1\n", "x \ny", "a: >- # k\n  x \n\n  y\nb: 1\n"),
    "a tab": ("a: >- # k\n  Et\nb: 1\n", "\tx\ny", 'a: "\\tx\\ny" # k\nb: 1\n'),
    "a rare line break": ("a: |- # k\n  Et\nb: 1\n", "x\u2028y", 'a: "x\\Ly" # k\nb: 1\n'),
    "lines in single quotes": ("a: 'Et\n  to'\n", "x\ny\nz", "a: 'x\n\n  y\n\n  z'\n"),
    "an empty line in double quotes": ('a: "Et\n  to"\n', "x\n\ny z", 'a: "x\n\n\n  y z"\n'),
    "lines without quotes": ("a: Et\n  to\n", "x\ny\nz", "a: x\n\n  y\n\n  z\n"),
    "a number that is a text": ("a: Et\n  to\n", "2024", 'a: "2024"\n'),
    "a number in a block": ("a: >-\n  Et\n", "2024", "a: >-\n  2024\n"),
    "a colon": ("a: Et\n  to\n", "Et: to", 'a: "Et: to"\n'),
    "a comment's sign": ("a: Et\n  to\n", "Et #to", 'a: "Et #to"\n'),
    "too long in double quotes": (f'a: "{"o " * 40}\n  o"\n', "o " * 80 + "x", f'a: "{"o " * 40}\n  {"o " * 40}x"\n'),
    "too long without quotes": (f"a: {'o ' * 40}\n  o\n", "o " * 85 + "x", f"a: {'o ' * 40}\n  {'o ' * 45}x\n"),
    "too long for a fold": (f"a: >-\n  {'ord ' * 18}\n  ord\n", "nyt " * 40 + "x",
                            f"a: >-\n  {'nyt ' * 18}nyt\n  {'nyt ' * 21}x\n"),
    "long in a block that keeps its lines": ("a: |\n  ord\n", "ord " * 40 + "x", f"a: |\n  {'ord ' * 40}x\n"),
    "Windows' line ends in a fold": ("a: >-\r\n  Et to\r\n  tre\r\n\r\n  fire\r\n", "Et to og\ntre\nfire",
                                     "a: >-\r\n  Et to\r\n  og\r\n\r\n  tre\r\n\r\n  fire\r\n"),
    "Windows' line ends in quotes": ('a: "Et\r\n  to"\r\n', "Et to tre\nfire", 'a: "Et\r\n  to tre\r\n\r\n  fire"\r\n'),
    "signs alone": ("a: '!!'\n", "!?", "a: '!?'\n"),
    "nothing left in quotes": ("a: 'x'\n", "", "a: ''\n"),
    "nothing left of a block": ("a: |\n  x\n", "", 'a: ""\n'),
    "nothing left of one that keeps its end": ("a: |+\n  x\n\nb: 1\n", "", 'a: ""\n\nb: 1\n'),
    "on a line of its own": ("a:\n  Et\nb: 1\n", "To", "a:\n  To\nb: 1\n"),
    "a block on a line of its own": ("a:\n  # k\n  Et\nb: 1\n", "To\ntre", "a:\n  # k\n  |\n  To\n  tre\nb: 1\n"),
    "an alias": ("b: &x 1\na: *x\n", "Et: x", 'b: &x 1\na: "Et: x"\n'),
    "a block with an anchor": ("a: &x |\n  Et\n", "To", "a: &x |\n  To\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDED)
def test_other_words_stand_in_the_style_and_lines_that_were_there(name: str) -> None:
    source, value, expected = WORDED[name]
    assert changed(source, put(value)) == expected


def test_a_block_in_a_list_keeps_its_style() -> None:
    source = "a:\n- Et\n- |\n  to\n  tre\n- >-\n  fire\n  fem\n"
    edits = [SetValue(("a", 1), "to\nto"), SetValue(("a", 2), "fire fire")]
    assert changed(source, *edits) == "a:\n- Et\n- |\n  to\n  to\n- >-\n  fire\n  fire\n"


def nested(layers: int) -> Value:
    text: Value = "x"
    return reduce(lambda inner, _: [inner], range(layers), text)


NUMBER = "1:4: tallet er for stort, for lille eller intet tal; skriv et tal med højst 15 cifre"
BEYOND: dict[str, tuple[str, Edit, str]] = {
    "a larger number": ("a: 1\n", put(10**15), NUMBER),
    "one as far below nought": ("a: 1\n", put(-(10**15)), NUMBER),
    "a large one with decimals": ("a: 1\n", put(Decimal("1e15")), NUMBER),
    "a smaller number": ("a: 1\n", put(Decimal("1e-30")), NUMBER),
    "no end of it": ("a: 1\n", put(float("inf")), NUMBER),
    "bytes": ("a: 1\n", put(b"x"), "1:4: værdien kan ikke skrives som YAML; brug tekst, tal, dato, liste eller felter"),
    "one name in two forms": ("a: 1\n", put({"é": 1, "e\u0301": 2}), "1:4: to felter har samme navn; giv dem hver sit"),
    "a layer too many": ("a: 1\n", put(nested(41)), "1:4: værdien er i mere end 40 lag; gør opbygningen fladere"),
    "a name used elsewhere": ("&x a: 1\nb: *x\n", Rename(A, "c"),
                              "1:1: feltets navn står flere steder, med & og *; skriv navnet ud"),
    "a place beyond the last": ("a: [1]\n", AddItem(A, 2, 2), "1:4: der er ingen plads nr. 2; brug 0 til 1"),
    "a place before the first": ("a: [1]\n", AddItem(A, 2, -1), "1:4: der er ingen plads nr. -1; brug 0 til 1"),
    "moved beyond the last": ("a:\n- 1\n- 2\n", Move(("a", 0), 2), "2:3: der er ingen plads nr. 2; brug 0 til 1"),
    "nothing's place, in place": ("a:\n", SetValue(A, "To", in_place=True),
                                  ("1:3: ændringen kan ikke skrives her, uden at andet i filen bliver et andet; "
                                  "ret stedet i filen selv")),
}  # fmt: skip


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_a_limit_is_refused_at_its_place(name: str) -> None:
    source, one, words = BEYOND[name]
    assert refusal(source, one) == f"x.yaml:{words}"


def test_as_many_layers_as_a_file_can_hold_are_written() -> None:
    assert changed("a: 1\n", put(nested(39))).count("- ") == 39
