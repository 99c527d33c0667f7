"""`python -m tests.mutation`: small faults put into the code one by one, and whether a test finds each.

mutmut makes the faults (mutants) in a copy of the repository, `mutants/`, and runs the tests that touch each. What a
part is, which test files judge it, and how many of its mutants are tried, stand here; the rest is in pyproject.toml.
Prints a Markdown table, and puts it into docs/mutation.md between `<!-- mutation:begin -->` and
`<!-- mutation:end -->`; what survived is listed in mutants/survivors.txt, with each change.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.contents import ROOT

BEGIN, END = "<!-- mutation:begin -->", "<!-- mutation:end -->"
PAGE = ROOT / "docs" / "mutation.md"
SURVIVORS = ROOT / "mutants" / "survivors.txt"
SEED = 2029
FOUND = {"killed", "timeout", "segfault"}
FIRST = "docgen.danish.x_period__mutmut_1"


@dataclass(frozen=True)
class Part:
    """Where a part's modules begin, the test files that judge it, and how many of its mutants to draw (0: all).

    The files are asked group by group: a group only of the mutants that all groups before it have missed.
    """

    prefix: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    sample: int = 0


PARTS = {
    "danish": Part(("docgen.danish.",), (("specs",),)),
    "typography": Part(("docgen.tree.typography.",), (("specs", "typeset"),)),
    "content": Part(
        ("docgen.content.", "docgen.kinds."),
        (
            ("content", "errors", "batch", "scalar", "specs", "yaml_editor"),
            ("annexes", "cases", "cases_closed", "follow_ups", "guide", "meetings", "yaml_random_edits"),
        ),
        sample=160,
    ),
    "issuing": Part(
        ("docgen.commands.", "docgen.ledger.", "docgen.packs.", "docgen.pdf_pages."),
        (("issue", "tags", "verify"), ("annexes", "confined", "meetings", "security")),
        sample=160,
    ),
}


def main() -> None:
    """Runs the parts that are named, or all; writes the page when all were run."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Prøver prøverne på ændret kode.")
    parser.add_argument("parts", nargs="*", metavar="DEL", help=f"{', '.join(PARTS)} [alle]")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="hvor mange ad gangen [én pr. kerne]")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"ukendt del: {', '.join(sorted(unknown))}")
    chosen = {name: part for name, part in PARTS.items() if not options.parts or name in options.parts}
    _mutmut(PARTS["danish"].groups[0], "run", FIRST)  # makes all mutants
    results: dict[str, str] = {}
    for part in chosen.values():
        left = drawn((name for name in _results() if name.startswith(part.prefix)), part.sample)
        for group in part.groups:
            _mutmut(group, "run", "--max-children", str(options.children), *left)
            now = _results()
            results |= {name: now[name] for name in left}
            left = [name for name in left if now[name] not in FOUND]
            if not left:
                break
    SURVIVORS.write_text("\n".join(_mutmut((), "show", name) for name in sorted(missed(results))), encoding="utf-8")
    report = table(results)
    print(report)
    if set(chosen) == set(PARTS):
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{report}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def drawn(names: Iterable[str], count: int) -> list[str]:
    """`count` of the names, the same ones each time; all of them where count is 0 or there are no more."""
    known = sorted(names)
    return known if not 0 < count < len(known) else sorted(random.Random(SEED).sample(known, count))


def missed(results: Mapping[str, str]) -> list[str]:
    """The mutants that no test found."""
    return [name for name, status in results.items() if status not in FOUND]


def table(results: Mapping[str, str]) -> str:
    """A line for each part and, indented, for each of its modules: how many mutants were tried, found and missed."""
    lines = ["| Modul | Mutanter | Dræbt | Overlevet | Andel |", "|:--|--:|--:|--:|--:|"]
    for name, part in PARTS.items():
        mine = {mutant: status for mutant, status in results.items() if mutant.startswith(part.prefix)}
        if not mine:
            continue
        lines.append(_line(f"**{name}**", mine))
        modules = Counter(_module(mutant) for mutant in mine)
        if len(modules) > 1:
            for module in sorted(modules):
                lines.append(_line(module, {key: value for key, value in mine.items() if _module(key) == module}))
    return "\n".join(lines) + "\n"


def _line(name: str, results: Mapping[str, str]) -> str:
    survived = len(missed(results))
    share = f"{100 * (len(results) - survived) / len(results):.1f}".replace(".", ",")
    return f"| {name} | {len(results)} | {len(results) - survived} | {survived} | {share} % |"


def _module(mutant: str) -> str:
    return mutant.removeprefix("docgen.").rpartition(".")[0]


def _mutmut(tests: tuple[str, ...], *arguments: str) -> str:
    """Runs mutmut with some test files alone; returns what `results` and `show` say. RuntimeError if it fails."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    judges = {path.relative_to(ROOT).as_posix() for name in tests for path in ROOT.glob(f"tests/*/test_{name}.py")}
    others = [path for path in config["pytest_add_cli_args_test_selection"] if path not in judges]
    environment = {**os.environ, "PYTEST_ADDOPTS": " ".join(f"--deselect={path}" for path in others)}
    quiet = arguments[0] != "run"
    command = (str(Path(sys.executable).with_name("mutmut")), *arguments)
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE if quiet else None)
    if done.returncode:
        raise RuntimeError(f"mutmut {arguments[0]}: {done.returncode}")
    return done.stdout or ""


def _results() -> dict[str, str]:
    """What mutmut knows of every mutant, by name."""
    lines = _mutmut((), "results", "--all", "true").splitlines()
    return {name.strip(): status.strip() for name, colon, status in (line.partition(": ") for line in lines) if colon}


if __name__ == "__main__":
    main()
