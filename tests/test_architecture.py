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
    [
        "cli.danish",
        "cli.progress",
        "danish",
        "kinds.meeting.deadlines",
        "pdf_pages.running_numbers",
        "proofing.lexicon",
        "proofing.quoted",
        "structs",
        "tree.pictures",
        "writers.charts.font",
        "writers.typst_fonts",
    ],
    ["problems", "writers.docx.xml", "writers.svg_raster"],
    [
        "content.fields",
        "content.scalar",
        "files",
        "pdf_pages.open",
        "tree.inline_nodes",
        "writers.docx.package",
        "writers.docx.tables",
        "writers.html.frame",
    ],
    ["content.computed", "content.types", "content.yaml_reader", "pdf_pages.marked_content", "tree.document"],
    ["content.validation", "pdf_pages.tags", "templating"],
    [
        "content.profile",
        "kinds.follow_up.views",
        "tree.captions",
        "tree.markdown",
        "tree.text",
        "writers.docx.media",
        "writers.docx.properties",
        "writers.html.problems",
    ],
    [
        "content.model",
        "ledger.records",
        "pdf_pages.pages",
        "pdf_pages.tag_merging",
        "tree.places",
        "writers.docx.carriers",
        "writers.theme",
    ],
    [
        "content.references",
        "kinds.case.model",
        "kinds.case.views",
        "kinds.follow_up.model",
        "kinds.guide.model",
        "kinds.prepared",
        "pdf_pages.assembly",
        "proofing.rule",
        "tree.citations",
        "tree.typography",
        "writers.docx.looks",
        "writers.docx.numbering",
        "writers.html.inlines",
        "writers.html.style",
        "writers.pdf.layout_contract",
    ],
    [
        "kinds.case.decisions",
        "kinds.follow_up.quotes",
        "kinds.follow_up.typed_figures",
        "kinds.guide.checks",
        "kinds.meeting.model",
        "proofing.readers",
        "proofing.report",
        "proofing.rules.length",
        "proofing.rules.names",
        "proofing.rules.privacy",
        "proofing.rules.quantities",
        "proofing.rules.spaces",
        "proofing.rules.spelling",
        "proofing.rules.terms",
        "proofing.rules.words",
        "tree.inlines",
        "writers.charts.draw",
        "writers.docx.styles",
        "writers.docx.writing",
        "writers.html.writer",
        "writers.pdf.layout_data",
    ],
    [
        "content.content",
        "content.dependencies",
        "kinds.case.public",
        "kinds.follow_up.checks",
        "kinds.meeting.checks",
        "proofing.rules.dates",
        "proofing.rules.forms",
        "proofing.rules.numbers",
        "proofing.rules.same_figure",
        "proofing.rules.structure",
        "proofing.rules.tables",
        "proofing.rules.votes",
        "tree.builder",
        "writers.docx.inlines",
        "writers.docx.reference",
        "writers.pdf.problems",
    ],
    [
        "content.graph",
        "kinds.case.checks",
        "kinds.case.prepare",
        "kinds.follow_up.skeleton",
        "kinds.guide.prepare",
        "kinds.policy.prepare",
        "kinds.skeletons",
        "proofing.rules.accessibility",
        "proofing.rules.facts",
        "writers.docx.blocks",
        "writers.docx.file",
        "writers.docx.page",
        "writers.pdf.writer",
    ],
    [
        "content.load",
        "kinds.follow_up.prepare",
        "kinds.meeting.prepare",
        "proofing.registry",
        "writers.docx.writer",
        "writers.pdf.parts",
    ],
    ["cli.output", "commands.schema", "pipeline", "proofing.proofread"],
    ["commands.init", "ledger.versions", "packs.parts"],
    ["packs.case", "packs.meeting"],
    ["build.batch"],
    ["build.cache", "build.workers"],
    ["build.run"],
    ["commands.build"],
    ["commands.check", "commands.issue", "commands.new"],
    ["ledger.confined", "ledger.verdicts"],
    ["commands.verify"],
    ["cli.main"],
    ["__main__"],
]
"""A module may import from earlier lines only; modules of one line never import each other."""

OWNERS = {
    "babel": {"danish"},
    "click": {"cli.main", "cli.output", "cli.danish", "cli.progress"},
    "docx": {"writers.docx.reference", "writers.docx.package"},
    "filelock": {"files"},
    "fontTools": {"writers.charts.font"},
    "holidays": {"kinds.meeting.deadlines"},
    "jinja2": {"templating", "writers.html.frame"},
    "markupsafe": {"templating", "writers.html.writer"},
    "matplotlib": {"writers.charts.font", "writers.charts.draw"},
    "mistune": {"tree.markdown"},
    "msgspec": {"structs"},
    "pypdf": {
        "pdf_pages.open",
        "pdf_pages.pages",
        "pdf_pages.tags",
        "pdf_pages.marked_content",
        "pdf_pages.assembly",
        "pdf_pages.running_numbers",
        "pdf_pages.tag_merging",
    },
    "simplemma": {"proofing.lexicon"},
    "typst": {
        "writers.pdf.writer",
        "writers.pdf.parts",
        "writers.pdf.problems",
        "writers.svg_raster",
        "writers.typst_fonts",
    },
    "yaml": {"content.yaml_reader"},
}
"""A library is known to these modules alone. lxml is Word's XML, and shared by those that write and read it."""

SHARED = {"lxml"}
WORLD = {
    "commands.build",
    "build.run",
    "cli.main",
    "commands.new",
    "files",
    "commands.issue",
    "commands.verify",
    "commands.check",
    "commands.init",
    "writers.charts.font",
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
    assert users <= {"pipeline", "cli.main", "cli.output"}


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
            assert name.startswith("writers.docx.") or name in ("tree.pictures", "proofing.readers")


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
