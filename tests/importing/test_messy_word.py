"""Word files as people make them: bold paragraphs for headings, typed signs for lists, tables for columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.readers.docx.document import read_word
from tests.importing.test_import_command import NAME, docgen, folder, give, policy_of, squeezed
from tests.readers.test_tracked_changes import gone, ins, word
from tests.readers.test_tracked_changes import r as run
from tests.support.broken_text import INTRODUCTION, NOTE, ROLES, SCOPE, VALUES

__all__ = ["folder"]


def p(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def bold(text: str, size: int = 0, rest: str = "") -> str:
    sized = f'<w:sz w:val="{size}"/>' if size else ""
    more = f'<w:r><w:t xml:space="preserve">{rest}</w:t></w:r>' if rest else ""
    return f'<w:p><w:r><w:rPr><w:b/>{sized}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>{more}</w:p>'


def item(text: str) -> str:
    return f'<w:p><w:r><w:t>•</w:t><w:tab/><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def columns(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def messy(*, sized: bool, in_columns: bool) -> bytes:
    """The example as a messy file: with headings in two sizes or in one, and chapters in columns or not."""
    large, small = (36, 24) if sized else (0, 0)
    parts = [bold("Indledning", large), *map(p, INTRODUCTION)]
    for title, statement, paragraphs, areas in VALUES:
        own = "".join(map(p, paragraphs))
        listed = bold("Indsatsområder", small) + p("Eksempel Kommune vil:")
        for area in areas:
            lead, _, rest = area.partition(". ")
            listed += item(area) if not rest else item(f"{lead}. {rest}")
        parts += [bold(title, large), p(statement), columns(own, listed) if in_columns else own + listed]
    parts += [bold("Afgrænsning og opfølgning", large), *map(p, SCOPE)]
    parts.append(bold("Appendiks: Hvem der har ansvaret", large))
    for role, items in ROLES:
        parts += [bold(role, small or 0), *map(item, items)]
    return word("".join([*parts, p(NOTE)]))


@pytest.mark.parametrize("in_columns", [False, True], ids=["plain", "columns"])
def test_a_messy_file_becomes_a_policy(folder: Path, in_columns: bool) -> None:
    path = give(folder, messy(sized=True, in_columns=in_columns), "politik.docx")
    result = docgen(folder, "import", path, "--as", f"policy/{NAME}")
    assert result.exit_code == 0, result.output
    policy = policy_of(folder)
    assert [value.title for value in policy.values] == [value[0] for value in VALUES]
    assert [value.statement for value in policy.values] == [value[1] for value in VALUES]
    for value, (_, _, paragraphs, areas) in zip(policy.values, VALUES, strict=True):
        assert [squeezed(f"{area.lead} {area.text or ''}") for area in value.focus_areas] == list(areas)
        assert squeezed(value.text) == " ".join(paragraphs)
    assert policy.responsibilities is not None
    assert [(role.title, len(role.responsibilities)) for role in policy.responsibilities.roles] == [
        (title, len(items)) for title, items in ROLES
    ]
    assert "Køb under grænsen" in policy.responsibilities.roles[-1].responsibilities[-1].text


def test_headings_of_one_size_are_parted_by_their_words(folder: Path) -> None:
    path = give(folder, messy(sized=False, in_columns=False), "politik.docx")
    assert docgen(folder, "import", path, "--as", f"policy/{NAME}").exit_code == 0
    policy = policy_of(folder)
    assert [value.title for value in policy.values] == [value[0] for value in VALUES]
    assert [len(value.focus_areas) for value in policy.values] == [3, 3]


def test_tracked_changes_are_taken_and_told(folder: Path) -> None:
    body = bold("Kapitel", 36) + f"<w:p>{run('Det er ')}{ins(run('nyt'))}{gone('gammelt')}{run('.')}</w:p>"
    result = docgen(folder, "import", give(folder, word(body), "x.docx"), "--as", "guide/x")
    assert result.exit_code == 0, result.output
    assert "Det er nyt." in (folder / "content/guides/x.yaml").read_text(encoding="utf-8")
    assert "2 sporede ændringer er taget med" in (folder / "content/guides/x.review.html").read_text(encoding="utf-8")


def test_merged_cells_say_how_far_they_reach() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Begge") + "</w:tc>"
    down = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("Ned") + "</w:tc>"
    on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("") + "</w:tc>"
    rows = [wide, f"{down}<w:tc>{p('a')}</w:tc>", f"{on}<w:tc>{p('b')}</w:tc>"]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    spans = [(one.text, one.spans) for one in read_word("x.docx", word(table)).paragraphs]
    assert spans == [("Begge", (2, False)), ("Ned", (1, False)), ("a", (1, False)), ("", (1, True)), ("b", (1, False))]
