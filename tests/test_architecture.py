"""The house: imports point down, a library has one owner, and only `build` and `cli` touch the world."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import docgen

ROOT = Path(docgen.__file__).parent

LAYERS = [
    ["structs"],
    ["problems"],
    ["danish", "content.annexes"],
    ["content.scalar"],
    ["content.yaml_reader"],
    ["content.yaml_nodes"],
    ["content.yaml_tree"],
    ["content.yaml_style"],
    ["content.yaml_rewording", "content.yaml_snapshot"],
    ["content.yaml_layout"],
    ["content.yaml_editor"],
    ["content.fields"],
    ["content.types"],
    ["content.profile", "content.validation"],
    ["content.model"],
    ["content.case", "content.deadlines", "content.follow_up", "content.guide"],
    ["content.meeting"],
    ["content.content"],
    ["content.dependencies"],
    ["content.graph"],
    ["content.checks.typed_figures"],
    ["content.checks.cases", "content.checks.follow_ups", "content.checks.meetings", "content.checks.references"],
    ["content.checks.guides"],
    ["content.load"],
    ["decisions"],
    ["document"],
    ["tree_text"],
    ["templates"],
    ["markdown", "pictures", "typography"],
    ["tree_builder"],
    ["kinds.prepared"],
    ["kinds.case_views", "kinds.follow_up_views", "kinds.public_case", "kinds.quotes"],
    ["kinds.case", "kinds.guide", "kinds.policy"],
    ["kinds.follow_up", "kinds.meeting"],
    ["writers.theme"],
    ["writers.chart_font", "writers.docx_xml", "writers.typst_fonts"],
    [
        "writers.docx_carriers",
        "writers.docx_numbering",
        "writers.docx_package",
        "writers.docx_styles",
        "writers.docx_tables",
        "writers.svg_raster",
    ],
    ["writers.docx_base"],
    ["writers.docx_media", "writers.docx_page", "writers.docx_properties"],
    ["writers.docx_file", "writers.docx_writing"],
    ["writers.docx_inlines"],
    ["writers.html_problems", "writers.html_style"],
    ["writers.layout_data"],
    ["writers.pdf_problems"],
    ["writers.charts", "writers.docx", "writers.html", "writers.pdf"],
    ["writers.pdf_parts"],
    ["pipeline"],
    ["issuing.ledger", "issuing.marked_content"],
    ["issuing.foreign_tags"],
    ["issuing.foreign_pages", "issuing.running_numbers", "issuing.tag_merging"],
    ["issuing.pdf_assembly"],
    ["issuing.pack_parts", "issuing.issued_versions"],
    ["issuing.case_pack", "issuing.meeting_pack"],
    ["progress", "files", "scaffolding", "scaffolding_follow_up", "schemas"],
    ["starting"],
    ["proofing.lexicon", "proofing.shield"],
    ["proofing.rule"],
    ["proofing.quantities"],
    ["proofing.tables"],
    [
        "proofing.accessibility",
        "proofing.dates",
        "proofing.facts",
        "proofing.forms",
        "proofing.length",
        "proofing.names",
        "proofing.numbers",
        "proofing.privacy",
        "proofing.same_figure",
        "proofing.spaces",
        "proofing.spelling",
        "proofing.structure",
        "proofing.terms",
        "proofing.votes",
        "proofing.words",
    ],
    ["proofing.readers", "proofing.rules"],
    ["proofing.report"],
    ["proofing.proof"],
    ["making"],
    ["workers"],
    ["incremental"],
    ["build_run"],
    ["build"],
    ["checking", "creating"],
    ["issuing.issue"],
    ["issuing.confined", "issuing.verify"],
    ["issuing.verifying"],
    ["cli_output", "danish_click"],
    ["cli"],
    ["__main__"],
]
"""A module may import from earlier lines only; modules of one line never import each other."""

OWNERS = {
    "babel": {"danish"},
    "click": {"cli", "cli_output", "danish_click", "progress"},
    "docx": {"writers.docx_base", "writers.docx_package"},
    "filelock": {"files"},
    "fontTools": {"writers.chart_font"},
    "holidays": {"content.deadlines"},
    "jinja2": {"templates", "writers.html"},
    "markupsafe": {"templates", "writers.html"},
    "matplotlib": {"writers.chart_font", "writers.charts"},
    "mistune": {"markdown"},
    "msgspec": {"structs"},
    "pypdf": {
        "content.annexes",
        "issuing.foreign_pages",
        "issuing.foreign_tags",
        "issuing.marked_content",
        "issuing.pdf_assembly",
        "issuing.running_numbers",
        "issuing.tag_merging",
    },
    "simplemma": {"proofing.lexicon"},
    "typst": {"writers.pdf", "writers.pdf_parts", "writers.pdf_problems", "writers.svg_raster", "writers.typst_fonts"},
    "yaml": {"content.yaml_nodes", "content.yaml_reader"},
}
"""A library is known to these modules alone. lxml is Word's XML, and shared by those that write and read it."""

SHARED = {"lxml"}
WORLD = {
    "build",
    "build_run",
    "cli",
    "creating",
    "files",
    "issuing.issue",
    "issuing.verifying",
    "checking",
    "starting",
    "writers.chart_font",
}
_WORLDLY = re.compile(
    r"\b(open|read_text|read_bytes|write_text|write_bytes|today|now|utcnow|getenv|environ|getlocale|setlocale|"
    r"Popen|check_output|urlopen|gethostname|getuser|random|uuid4|mkdir|unlink)\b"
)


@cache
def _modules() -> dict[str, Path]:
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(ROOT.rglob("*.py"))}
    return {name: path for path, name in names.items() if not name.endswith("__init__")}


def _imports(path: Path) -> set[str]:
    """Every module a file imports, also inside functions and for types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _inside(imported: str) -> str | None:
    """The docgen module that an import names, if it is one."""
    parts = imported.split(".")
    if parts[0] != "docgen":
        return None
    for length in (len(parts), len(parts) - 1):
        if (name := ".".join(parts[1:length])) in _modules():
            return name
    return "" if len(parts) <= 2 else f"?{imported}"


def test_every_module_has_its_line() -> None:
    listed = [name for line in LAYERS for name in line]
    assert sorted(listed) == sorted(_modules())


def test_imports_point_down() -> None:
    level = {name: number for number, line in enumerate(LAYERS) for name in line}
    wrong = [
        f"{name} imports {inner}"
        for name, path in _modules().items()
        for imported in _imports(path)
        if (inner := _inside(imported)) and (inner not in level or level[inner] >= level[name])
    ]
    assert wrong == []


def test_only_pipeline_and_above_know_the_package() -> None:
    """`from docgen import __version__` would tie a module to the package's own `__init__`."""
    users = {name for name, path in _modules().items() if "docgen.__version__" in _imports(path)}
    assert users <= {"pipeline", "cli", "cli_output"}


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
            assert name.startswith("writers.docx") or name in ("pictures", "proofing.readers")


def test_only_build_and_cli_touch_the_world() -> None:
    wrong = []
    for name, path in _modules().items():
        if name in WORLD:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def test_files_can_be_read_in_one_go() -> None:
    assert [
        f"{name}: {lines}"
        for name, path in _modules().items()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    ] == []


def test_no_grab_bags() -> None:
    assert not {"utils", "common", "helpers", "misc", "core", "base"} & {name.rsplit(".", 1)[-1] for name in _modules()}
