"""The specs in `tests/specs`: each line or block of a Markdown file there is a test."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from docgen import danish, pipeline
from docgen.content.settings import HouseStyle
from docgen.tree import document, typography
from docgen.tree import text as tree_text
from tests.support.contents import POLICY, ROOT, small_project

SPECS = ROOT / "tests/specs"
_LINE = re.compile(r"^    (.+?) → ?(.*) \| (.+)$")


def _lines(name: str) -> list[tuple[str, str]]:
    text = (SPECS / name).read_text(encoding="utf-8")
    return [(match[1], match[2].rstrip()) for line in text.split("\n") if (match := _LINE.match(line))]


def _blocks(name: str) -> list[tuple[str, str]]:
    text = (SPECS / name).read_text(encoding="utf-8")
    return [(source, tree) for source, tree in re.findall(r"^```\n(.*?)\n\.\n(.*?)\n```$", text, re.M | re.S)]


DANISH, TYPOGRAPHY, MARKDOWN = _lines("danish.md"), _lines("typography.md"), _blocks("markdown.md")


def test_every_spec_file_gives_tests() -> None:
    assert sorted(path.name for path in SPECS.iterdir()) == ["danish.md", "markdown.md", "typography.md"]
    for name, found in (("danish.md", DANISH), ("typography.md", TYPOGRAPHY)):
        assert len(found) == sum(
            "→" in line for line in (SPECS / name).read_text(encoding="utf-8").split("\n") if line[:4] == "    "
        )
    assert len(MARKDOWN) == (SPECS / "markdown.md").read_text(encoding="utf-8").count("```") // 2 > 5


@pytest.mark.parametrize(("call", "expected"), DANISH)
def test_danish(call: str, expected: str) -> None:
    names = {**danish.FILTERS, "D": datetime.date.fromisoformat, "T": datetime.time.fromisoformat}
    assert str(eval(call, {"__builtins__": {}}, names)).replace("\u00a0", "␣") == expected


@example(Decimal("-0.4"), 0)
@example(Decimal("999.9995"), 2)
@example(Decimal("-999.999"), 2)
@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-2_000_000, max_value=2_000_000),
    st.sampled_from([None, 0, 1, 2]),
)
def test_a_number_is_written_as_cldr_has_it_however_small(value: Decimal, decimals: int | None) -> None:
    places = 3 if decimals is None else decimals
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    expected = format_decimal(rounded, pattern, locale="da_DK", decimal_quantization=False)
    assert danish.number(value, decimals) == expected


def test_an_unknown_form_of_a_date_is_named() -> None:
    with pytest.raises(ValueError, match=r"^ukendt datoform: kort$"):
        danish.date(datetime.date(2022, 12, 1), "kort")


@pytest.mark.parametrize(("written", "expected"), TYPOGRAPHY)
def test_typography(written: str, expected: str) -> None:
    dash = written.startswith("[dash] ")
    style = HouseStyle(range="dash") if dash else HouseStyle()
    set_text = typography.correct_text(written.removeprefix("[dash] "), style)
    assert set_text.replace("\u00a0", "␣") == expected
    assert typography.correct_text(set_text, style) == set_text, "setting a text twice must change nothing more"


@pytest.mark.parametrize(("written", "expected"), MARKDOWN)
def test_markdown(written: str, expected: str) -> None:
    tree = pipeline.build_tree(small_project(introduction=written), POLICY)
    assert _field_dump(tree) == expected


def _field_dump(tree: document.Document) -> str:
    """The nodes that came from the introduction's text, and the notes, without places."""
    path = ("introduction", "text")
    blocks: list[document.Block] = [block for block in tree.blocks if block.origin.path == path]
    picked = document.Document(id="", title="", date=tree.date, blocks=tuple(blocks), notes=tree.notes)
    lines = tree_text.dump(picked).replace("\\xa0", " ").split("\n")[1:-1]
    return "\n".join(re.sub(r" @\S+$", "", line[2:]) for line in lines)
