"""Comments in templates, styles and layout programs change nothing, and what only looks like one stays."""

from __future__ import annotations

import pytest

from docgen.template_files import without_comments
from tests.support.contents import ROOT


@pytest.mark.parametrize(
    ("path", "written", "left"),
    [
        ("a.css", "a { b: c } /* d */\ne {}", "a { b: c } /**/\ne {}"),
        ("a.css", 'a::before { content: "/* b */" }', 'a::before { content: "/* b */" }'),
        ("a.css", "a { background: url(/*b) } /* c", "a { background: url(/*b) } /**/"),
        ("a.css", "a/* b */c {}", "a/**/c {}"),
        ("a.typ", "#let a = 1 // b\n  // c\nd", "#let a = 1 //\n  //\nd"),
        ("a.typ", '#link("https://a.dk//b")\n', '#link("https://a.dk//b")\n'),
        ("a.typ", "Se https://a.dk/b // c", "Se https://a.dk/b //"),
        ("a.typ", '#let a = "b\n// c\n" + "//d"', '#let a = "b\n// c\n" + "//d"'),
        ("a.typ", "```\n// a\n```", "```\n// a\n```"),
        ("a.md.j2", "{# a #}b{# c -#}d{{ '{# e #}' }}", "{# #}b{# -#}d{{ '{# e #}' }}"),
        ("theme.yaml", "a: b # c\n", '{\n "a": "b"\n}\n'),
    ],
)
def test_a_comment_is_emptied(path: str, written: str, left: str) -> None:
    assert without_comments(path, written.encode()).decode().split() == left.split()


@pytest.mark.parametrize("path", ["theme/layout.typ", "theme/style.css"])
def test_of_the_projects_own_no_comment_is_left(path: str) -> None:
    data = (ROOT / "templates" / path).read_bytes()
    without = without_comments(path, data).decode()
    assert len(without) < len(data)
    assert not any(line.strip().startswith("// ") or "/* " in line for line in without.splitlines())
