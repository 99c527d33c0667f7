"""The mutants of a room of the house: what mutmut would change in its functions, drawn by a seed.

Only the operators are mutmut's. What no test could see is left out before the draw, by rules that stand in `_plain`.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.contents import ROOT

ROOMS = {
    "danish": ("docgen/danish.py",),
    "tree": ("docgen/tree/*.py",),
    "writers": ("docgen/writers/**/*.py",),
    "ledger": ("docgen/ledger/*.py",),
    "public": (
        "docgen/kinds/public.py",
        "docgen/kinds/edition.py",
        "docgen/kinds/*/public.py",
        "docgen/ledger/closed_matter.py",
        "docgen/ledger/public_copy.py",
    ),
    "yaml_editor": ("docgen/content/yaml_*.py",),
    "content": ("docgen/content/[!y]*.py", "docgen/kinds/*/model.py", "docgen/kinds/*/*checks.py"),
    "packs": ("docgen/packs/*.py", "docgen/pdf_pages/*.py", "docgen/commands/issue.py", "docgen/commands/verify.py"),
}
"""By name: the modules of a room. What two rooms have, each may draw."""

_MISUSE = ("AssertionError", "AttributeError", "NotImplementedError", "RuntimeError", "TypeError")
"""What is raised only where docgen itself is wrongly written: nobody reads its words."""
_CODECS = ("ascii", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@dataclass(frozen=True)
class Mutant:
    """One change of one module: its name, its file, the lines of the statements that it changes, and the file after."""

    name: str
    path: str
    lines: frozenset[int]
    before: str
    after: str


def modules(room: str) -> list[str]:
    """The paths of a room's modules, in order."""
    found = {path for pattern in ROOMS[room] for path in ROOT.glob(pattern)}
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def drawn(room: str, seed: int, count: int) -> tuple[list[Mutant], int]:
    """`count` of a room's mutants, the same for the same seed and code, and how many there are to draw from.

    One that no test could tell from the code as it is, by the rules, is laid back and another drawn.
    """
    names = [(path, number) for path in modules(room) for number in range(len(_changes(path)[1]))]
    order = in_order(names, f"{room}:{seed}")
    found: list[Mutant] = []
    for path, number in order:
        if len(found) == count:
            break
        if (mutant := _mutant(path, number)) is not None:
            found.append(mutant)
    return found, len(names)


def in_order(names: Iterable[tuple[str, int]], seed: str) -> list[tuple[str, int]]:
    """Names in the order in which a seed draws them."""
    known = sorted(names)
    return random.Random(seed).sample(known, len(known))


@cache
def _changes(path: str) -> tuple[Any, list[Any]]:
    """A module as mutmut reads it, and its changes inside functions: what stands outside is run when it is loaded."""
    import libcst
    from mutmut.mutation.file_mutation import create_mutations

    module, found, *_ = create_mutations(path, (ROOT / path).read_text(encoding="utf-8"))
    return module, [one for one in found if isinstance(one.contained_by_top_level_function, libcst.FunctionDef)]


def _mutant(path: str, number: int) -> Mutant | None:
    """One change made, or None where no test could see it."""
    module, found = _changes(path)
    before = (ROOT / path).read_text(encoding="utf-8")
    after = module.deep_replace(found[number].original_node, found[number].mutated_node).code
    if seen_alike(before, after):
        return None
    function = found[number].contained_by_top_level_function.name.value
    name = f"{path.removesuffix('.py').replace('/', '.')}.{function}.{number}"
    return Mutant(name, path, frozenset(_statement_lines(before, after)), before, after)


def _statement_lines(before: str, after: str) -> Iterator[int]:
    """The lines of the statement that is changed; of one with a body, those of its head."""
    old, new = before.splitlines(), after.splitlines()
    first = next((number for number, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b), len(old))
    holding = [node for node in _parts(ast.parse(before)) if node.lineno <= first <= (node.end_lineno or 0)]
    inner = max(holding, key=lambda node: (node.lineno, -(node.end_lineno or 0)))
    body = getattr(inner, "body", None)
    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):  # a default: seen by whoever enters
        yield from range(inner.body[0].lineno, (inner.end_lineno or 0) + 1)
        return
    last = body[0].lineno - 1 if isinstance(body, list) and body else inner.end_lineno or first
    yield from range(inner.lineno, max(inner.lineno, last) + 1)


def _parts(tree: ast.AST) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def seen_alike(before: str, after: str) -> bool:
    """Whether two texts of a module differ in nothing that a test could see."""
    return _plain(before) == _plain(after)


def _plain(code: str) -> str:
    return ast.dump(_Unseen().visit(ast.parse(code)))


class _Unseen(ast.NodeTransformer):
    """Takes out of a module what no test can see: the type in a `cast`, which is for mypy; `strict` in `zip` and the
    words of an error that only misuse of the code raises; and capitals in the name of a codec."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "cast":
            return node.args[-1] if node.args else node
        if isinstance(node.func, ast.Name) and node.func.id == "zip":
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "strict"]
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str) and node.value.lower() in _CODECS:
            node.value = node.value.lower()
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return ast.Raise(raised) if isinstance(raised, ast.Name) and raised.id in _MISUSE else self.generic_visit(node)


def copied(target: Path, names: Iterable[str]) -> None:
    """Puts files of the repository into a folder, where what is changed harms nobody; those alike are left alone."""
    for name in names:
        source, place = ROOT / name, target / name
        data = source.read_bytes()
        if not place.is_file() or place.read_bytes() != data:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
