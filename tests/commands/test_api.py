"""The public API: a short list of names, each there, each explained; and what importing it costs."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import docgen
from docgen.kinds.guide.model import Guide
from docgen.pipeline import Job
from docgen.problems import Origin, Problem
from docgen.structs import Struct
from docgen.tree import document, inline_nodes
from docgen.writers import formats
from tests.support.contents import ROOT, repository, small_content, write_content


def test_the_names_are_sorted_there_and_explained() -> None:
    assert docgen.__all__ == sorted(docgen.__all__, key=lambda name: (not name.isupper(), name))  # constants first
    assert len(set(docgen.__all__)) == len(docgen.__all__)
    for name in docgen.__all__:
        found = getattr(docgen, name)
        assert name == "__version__" or inspect.getdoc(found), name
    with pytest.raises(AttributeError, match="findes_ikke"):
        docgen.findes_ikke  # noqa: B018


def test_no_public_name_is_a_module() -> None:
    modules = {path.stem for path in (ROOT / "docgen").iterdir()}
    assert not modules & set(docgen.__all__)


def test_the_whole_tree_and_each_command_is_public() -> None:
    for module in (document, inline_nodes):
        nodes = {name for name, found in vars(module).items() if inspect.isclass(found) and issubclass(found, Struct)}
        assert nodes - {"Struct"} <= set(docgen.__all__)
    for path in (ROOT / "docgen/commands").glob("[a-z]*.py"):
        module = importlib.import_module(f"docgen.commands.{path.stem}")
        assert any(vars(module).get(name) is getattr(docgen, name) for name in docgen.__all__), path.stem


def examples() -> dict[str, str]:
    """The programs in the guide, by the title of their section."""
    (chapter,) = (item for item in repository().content.all(Guide)["brugervejledning"].chapters if item.id == "python")
    found = {}
    for section in chapter.sections:
        if code := [line[4:] for line in section.text.split("\n") if line.startswith("    ")]:
            found[str(section.title)] = "\n".join(code)
    return found


def run(code: str, folder: Path) -> str:
    """What a program prints in a folder."""
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exec(compile(code, "eksempel", "exec"), {})
    return printed.getvalue()


def test_the_guide_has_three_examples() -> None:
    assert list(examples()) == ["Ét dokument til bytes", "Gå gennem et dokument", "Find fejl i indholdet"]


@pytest.mark.slow
def test_one_document_to_bytes() -> None:
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "build").rglob("*")}
    printed = run(examples()["Ét dokument til bytes"], ROOT)
    size = len(Job(repository(), "policy/indkoebspolitik-2023-2026").write(formats.PDF))
    assert printed == f"{size}\n"
    assert {path: path.stat().st_mtime_ns for path in (ROOT / "build").rglob("*")} == before


def test_walk_a_tree() -> None:
    lines = run(examples()["Gå gennem et dokument"], ROOT).splitlines()
    headings = docgen.headings(docgen.build_tree(repository(), "policy/indkoebspolitik-2023-2026"))
    assert len(lines) == len(headings)
    file = "content/policies/indkoebspolitik-2023-2026/policy.yaml"
    line = (ROOT / file).read_text("utf-8").splitlines().index("introduction:") + 3
    assert lines[0] == f"1 Indledning {file}:{line}:10"


def test_check_content(tmp_path: Path) -> None:
    write_content(tmp_path / "content", small_content())
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    code = examples()["Find fejl i indholdet"]
    assert run(code, tmp_path) == ""
    path = tmp_path / "content/settings.yaml"
    path.write_text(path.read_text("utf-8").replace("council: raadet", "council: raaddet"), "utf-8")
    assert run(code, tmp_path) == (
        "content/settings.yaml 2 49\n'raaddet' findes ikke i organisation.yaml\nmente du 'raadet'?\n"
    )


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
