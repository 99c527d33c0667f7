"""Plain texts are not parsed: they must come to what parsing them comes to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen.tree.markdown import parse_content

_SIGNS = "abcæøÅ 019.,;:()%/§’”“–{}-_*[]<>`~#|&!=+\\\n"


@given(st.text(alphabet=_SIGNS, max_size=30).map(lambda text: f"A{text.rstrip()}"))
def test_a_text_alone_is_what_it_is_above_a_line(text: str) -> None:
    # With a line below it a text is never plain, and the line is a block of its own.
    assert parse_content(text).blocks == parse_content(f"{text}\n\n***").blocks[:-1]
