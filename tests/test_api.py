"""The public API: a short list of names, each there, each explained; and what importing it costs."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import docgen
from docgen.problems import Origin, Problem
from docgen.writers import formats
from tests.contents import ROOT, small_content, write_content


def test_the_names_are_sorted_there_and_explained() -> None:
    assert docgen.__all__ == sorted(docgen.__all__)
    for name in docgen.__all__:
        found = getattr(docgen, name)
        assert name == "__version__" or inspect.getdoc(found), name
    with pytest.raises(AttributeError, match="findes_ikke"):
        docgen.findes_ikke  # noqa: B018


def test_no_public_name_is_a_module() -> None:
    modules = {path.stem for path in (ROOT / "docgen").iterdir()}
    assert not modules & set(docgen.__all__)


def test_it_builds_from_python(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", small_content())
    options = docgen.BuildOptions(content, ROOT / "templates", tmp_path / "build", ("policy",), (formats.HTML,))
    report = docgen.build_documents(options)
    assert [path.name for path in report.written] == ["eksempel.html"]
    assert docgen.check_content(content, ROOT / "templates") == ()


def test_import_and_help_load_nothing_heavy() -> None:
    command = "import sys, docgen, docgen.cli.main; print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run((sys.executable, "-c", command), capture_output=True, text=True, check=True).stdout
    for library in ("typst", "docx", "lxml", "jinja2", "mistune", "babel", "yaml", "pypdf", "matplotlib"):
        assert f"'{library}'" not in loaded


def test_a_problem_as_a_line_keeps_words_and_drops_controls() -> None:
    problem = Problem(Origin("a.yaml", 1, 2), "13,8\u00a0mia.\u00a0kr. \x1b[31m", "ret")
    assert str(problem) == "a.yaml:1:2: 13,8 mia. kr. \ufffd[31m; ret"
    assert str(Origin("a.yaml", 3)) == "a.yaml:3"
    assert problem.as_github() == "::error file=a.yaml,line=1,col=2::13,8 mia. kr. \ufffd[31m; ret"
