"""The house: imports point down, a library has one owner, and few modules touch the world."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import docgen

ROOT = Path(docgen.__file__).parent

ROOMS = [
    ["lexicon", "memory", "packed", "photographs", "remembering", "structs"],
    ["danish", "document_id", "problems"],
    ["content", "files", "pdf_pages"],
    ["archive", "folder", "process_files", "readers", "template_code", "template_values"],
    ["proofing", "template_files", "templating"],
    ["kinds", "tree"],
    ["compare", "writers"],
    ["project"],
    ["pipeline"],
    ["ledger"],
    ["packs", "pull"],
    ["importing"],
    ["build"],
    ["commands"],
    ["studio"],
    ["cli"],
    ["__main__"],
]
"""The rooms of the house, folders and the modules at the top: each may import from earlier rows only, and those of one
row never import each other. Inside a folder there is no circle."""

OWNERS = {
    "babel": {"danish"},
    "click": {
        "cli.build",
        "cli.check",
        "cli.compare",
        "cli.completion",
        "cli.danish",
        "cli.import_files",
        "cli.ledger",
        "cli.main",
        "cli.new",
        "cli.options",
        "cli.output",
        "cli.preview",
        "cli.progress",
        "cli.pull",
        "cli.status",
    },
    "distributed": {"build.cluster"},
    "docx": {"writers.docx.reference", "writers.docx.package"},
    "filelock": {"files", "studio.unsaved"},
    "fontTools": {"writers.charts.font"},
    "holidays": {"kinds.meeting.deadlines"},
    "jinja2": {"template_code", "template_files", "templating", "writers.html.frame"},
    "marisa_trie": {"lexicon.forms"},
    "markupsafe": {"template_values", "templating", "writers.html.writer"},
    "matplotlib": {"writers.charts.font", "writers.charts.draw"},
    "mistune": {"tree.markdown"},
    "msgspec": {"structs"},
    "pypdf": {
        "pdf_pages.open",
        "pdf_pages.cleaning",
        "pdf_pages.redaction",
        "pdf_pages.streams",
        "pdf_pages.pages",
        "pdf_pages.tags",
        "pdf_pages.marked_content",
        "pdf_pages.archival",
        "pdf_pages.assembly",
        "pdf_pages.running_numbers",
        "pdf_pages.tag_merging",
    },
    "pypdfium2": {"readers.pdf", "readers.pdf_rules", "readers.pdf_tags"},
    "starlette": {"studio.server", "studio.working", "studio.writing"},
    "typst": {
        "writers.pdf.writer",
        "writers.pdf.parts",
        "writers.pdf.problems",
        "writers.pdf.sheets",
        "writers.svg_raster",
        "writers.typst_fonts",
    },
    "uvicorn": {"studio.serving"},
    "watchfiles": {"studio.watching"},
    "yaml": {"content.yaml_composer", "content.yaml_nodes", "content.yaml_reader"},
}
"""A library is known to these modules alone. lxml is Word's XML, and shared by those that write and read it."""

SHARED = {"lxml"}
WORLD = {
    "lexicon.frequencies",
    "commands.import_files",
    "proofing.needles",  # a part of docgen, as the list of words
    "lexicon.forms",  # the list of words, which is a part of docgen
    "commands.build",
    "build.run",
    "cli.completion",
    "cli.main",
    "commands.new",
    "commands.status",
    "files",
    "folder",
    "commands.issue",
    "commands.ledger",
    "ledger.confined",
    "ledger.shield",
    "commands.verify",
    "commands.check",
    "commands.init",
    "process_files",
    "writers.html.web_font",  # a part of docgen, as the list of words
    "studio.server",  # the page's own files, which are a part of docgen
    "studio.serving",
    "studio.works",  # a file that is dropped on the page, while it is read
    "studio.unsaved",  # what is typed and not saved
}
_WORLDLY = re.compile(
    r"\b(open|read_text|read_bytes|write_text|write_bytes|today|now|utcnow|getenv|environ|getlocale|setlocale|"
    r"Popen|check_output|urlopen|gethostname|getuser|random|uuid4|mkdir|unlink)\b"
)


@cache
def _modules() -> dict[str, Path]:
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(ROOT.rglob("*.py"))}
    return {name: path for path, name in names.items() if not name.endswith("__init__")}


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> set[str]:
    """Every module a file imports, also inside functions and for types only."""
    found: set[str] = set()
    for node in _statements(_parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a node, at any depth, and is no expression: there nothing can be imported."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield child
            yield from _statements(child)


def _inside(imported: str) -> str | None:
    """The docgen module that an import names, if it is one."""
    parts = imported.split(".")
    if parts[0] != "docgen":
        return None
    for length in (len(parts), len(parts) - 1):
        if (name := ".".join(parts[1:length])) in _modules():
            return name
    return "" if len(parts) <= 2 else f"?{imported}"


def _room(name: str) -> str:
    return name.partition(".")[0]


@cache
def _imported() -> dict[str, set[str]]:
    """By module the modules of docgen that it imports."""
    found = {name: {_inside(imported) for imported in _imports(path)} for name, path in _modules().items()}
    assert not [f"{name}: {inner}" for name, all in found.items() for inner in all if inner and inner.startswith("?")]
    return {name: {inner for inner in all if inner and inner != name} for name, all in found.items()}


def test_every_room_has_its_row() -> None:
    assert sorted(room for row in ROOMS for room in row) == sorted(set(map(_room, _modules())))


def test_imports_point_down() -> None:
    level = {room: number for number, row in enumerate(ROOMS) for room in row}
    wrong = [
        f"{name} imports {inner}"
        for name, all in _imported().items()
        for inner in all
        if _room(name) != _room(inner) and level[_room(inner)] >= level[_room(name)]
    ]
    assert wrong == []


def test_no_module_reaches_back_to_itself() -> None:
    left = {name: set(all) for name, all in _imported().items()}
    while free := [name for name, all in left.items() if not all & left.keys()]:
        for name in free:
            del left[name]
    assert {name: sorted(all & left.keys()) for name, all in left.items()} == {}


def test_only_pipeline_and_above_know_the_package() -> None:
    """`from docgen import __version__` would tie a module to the package's own `__init__`."""
    users = {name for name, path in _modules().items() if "docgen.__version__" in _imports(path)}
    known = {"pipeline", "ledger.verdicts", "commands.compare", "commands.issue", "commands.ledger", "cli.main"}
    assert users <= known | {"cli.output"}


def test_one_library_one_owner() -> None:
    wrong = []
    for name, path in _modules().items():
        for library in {imported.split(".")[0] for imported in _imports(path)}:
            if library in sys.stdlib_module_names or library in {"docgen"} | SHARED:
                continue
            if name not in OWNERS.get(library, set()):
                wrong.append(f"{name} imports {library}")
    assert wrong == []


def test_shared_libraries_stay_where_they_belong() -> None:
    for name, path in _modules().items():
        libraries = {imported.split(".")[0] for imported in _imports(path)}
        if "lxml" in libraries:
            assert name.startswith(("writers.docx.", "readers.docx.")) or name in (
                "tree.pictures",
                "tree.picture_metadata",
                "proofing.readers",
                "readers.html",
            )


def test_only_build_and_cli_touch_the_world() -> None:
    wrong = []
    for name, path in _modules().items():
        if name in WORLD:
            continue
        for node in ast.walk(_parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if _WORLDLY.fullmatch(called) and not _is_in_memory(node):
                wrong.append(f"{name}:{node.lineno} calls {called}")
    assert wrong == []


def _is_in_memory(node: ast.Call) -> bool:
    """`archive.open(…)`, `archive.write…` of a zip in memory touch no file."""
    return (
        isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "archive"
    )


def test_folder_inits_are_empty() -> None:
    for path in ROOT.rglob("*/__init__.py"):
        assert path.read_text(encoding="utf-8") == "", path


LONGEST = {"module": 350, "class": 200, "function": 50}
"""In lines."""


def test_everything_can_be_read_in_one_go() -> None:
    """Nothing is longer than that, or its docstring says `Long:` and why."""
    assert [f"{name}: {lines}" for name, lines in _lengths() if lines] == []


def _lengths() -> Iterator[tuple[str, int]]:
    for name, path in _modules().items():
        source = path.read_text(encoding="utf-8")
        yield name, over if (over := len(source.splitlines())) > LONGEST["module"] else 0
        for node in ast.walk(_parsed(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                limit = LONGEST["class" if isinstance(node, ast.ClassDef) else "function"]
                if lines > limit and "Long:" not in (ast.get_docstring(node) or ""):
                    yield f"{name}.{node.name}", lines


APART = {"support", "repository"}
"""Folders of tests that mirror none: what tests share, and what is tried of the whole repository."""


def test_the_tests_mirror_the_folders() -> None:
    tests = ROOT.parent / "tests"
    with_tests = {path.parent.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")}
    assert {name for name in with_tests - APART if not (ROOT / name).is_dir()} == set()
    assert {path.name for path in tests.glob("*.py")} == {"__init__.py", "conftest.py"}


def test_no_grab_bags() -> None:
    assert not {"utils", "common", "helpers", "misc", "core", "base"} & {name.rsplit(".", 1)[-1] for name in _modules()}
