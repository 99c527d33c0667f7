"""What a template was compiled to is kept for the next process, and never used for anything but that template."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from docgen import templating
from docgen.template_values import View

NAME = "sag.md.j2"
WORDS = "{{ title }} {% if title %}vises{% endif %}"


class Context(View, frozen=True):
    """What the template is filled with."""

    title: str = "Sagen"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that Python keeps compiled code in, which is empty."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield tmp_path
    templating._template.cache_clear()


def filled(words: str = WORDS, *, compiles: bool = True) -> str:
    """The template filled in, as in a new process; where it `compiles` nothing, that is proved."""
    templating._template.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        if not compiles:
            patch.setattr(Environment, "compile", lambda *given, **named: pytest.fail("den er oversat igen"))
        return templating.render(NAME, {NAME: words.encode()}, Context()).markdown


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_next_process_need_not_compile_it(kept: Path) -> None:
    assert filled() == filled(compiles=False)
    assert len(files(kept)) == 1


def test_another_template_of_the_same_name_is_compiled(kept: Path) -> None:
    before = filled()
    assert filled("{{ title }} står her") != before
    assert filled() == before


@pytest.mark.parametrize("size", [0, 10, 40, -1])
def test_what_is_damaged_is_compiled_again(kept: Path, size: int) -> None:
    before = filled()
    (file,) = files(kept)
    whole = file.read_bytes()
    file.write_bytes(whole[:size])
    assert filled() == before
    assert file.read_bytes() == whole


def test_a_changed_byte_is_seen(kept: Path) -> None:
    before = filled()
    (file,) = files(kept)
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(data)
    assert filled() == before


def test_nothing_is_kept_where_python_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    filled()
    assert files(kept) == []


def test_a_place_that_cannot_be_written_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fil").write_bytes(b"")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "fil"))
    assert filled() == filled()


def test_templates_are_compiled_ahead_as_far_as_they_can_be(kept: Path) -> None:
    templating.compile_templates({NAME: WORDS.encode(), "fejl.md.j2": b"{% if %}", "andet.md.j2": b"\xff"})
    assert filled(compiles=False) == filled()
