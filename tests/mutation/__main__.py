"""`python -m tests.mutation`: small faults put into the code one by one, and whether a test finds each.

Draws mutants of the rooms that are named, by a seed, and asks the tests that run them, without judges and slow tests.
Prints a line for each room, and puts it into docs/mutation.md between `<!-- mutation:begin -->` and
`<!-- mutation:end -->`; what survived is listed in mutants/survivors-ROOM-SEED.txt, with each change.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from tests.mutation.judge import COPY, Noted, Verdict, judged, noted
from tests.mutation.rooms import ROOMS, Mutant, drawn
from tests.support.contents import ROOT

BEGIN, END = "<!-- mutation:begin -->", "<!-- mutation:end -->"
PAGE = ROOT / "docs" / "mutation.md"
HEAD = "| Rum | Mutanter | Frø | Trukket | Dræbt | Overlevet | Andel |\n|:--|--:|--:|--:|--:|--:|--:|"
INSTEAD = {
    "danish": ("tests/tree/",),
    "tree": ("tests/tree/", "tests/writers/"),
    "writers": ("tests/writers/",),
    "ledger": ("tests/ledger/",),
    "public": ("tests/ledger/", "tests/kinds/"),
    "yaml_editor": ("tests/content/",),
    "content": ("tests/content/", "tests/kinds/"),
    "packs": ("tests/packs/", "tests/pdf_pages/"),
}
"""By room: the tests that are asked of a line that none runs in its own process."""


@dataclass(frozen=True)
class Draw:
    """What was drawn of a room and found: the mutants there are, the seed, and each mutant with its verdict."""

    room: str
    mutants: int
    seed: int
    verdicts: tuple[tuple[Mutant, Verdict], ...]

    @property
    def survivors(self) -> list[Mutant]:
        """The mutants that no test found."""
        return [mutant for mutant, verdict in self.verdicts if not verdict.found]

    def line(self) -> str:
        """The draw as a line of the table."""
        count, survived = len(self.verdicts), len(self.survivors)
        share = f"{100 * (count - survived) / count:.0f} %"
        mutants = f"{self.mutants:,}".replace(",", ".")
        return f"| {self.room} | {mutants} | {self.seed} | {count} | {count - survived} | {survived} | {share} |"


def main() -> None:
    """Draws of the rooms that are named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Prøver prøverne på ændret kode.")
    parser.add_argument("rooms", nargs="*", metavar="RUM", help=f"{', '.join(ROOMS)} [alle]")
    parser.add_argument("--seed", type=int, default=1, help="hvad der bliver trukket efter [1]")
    parser.add_argument("--count", type=int, default=40, help="hvor mange af hvert rum [40]")
    parser.add_argument("--write", action="store_true", help="skriv tallene i docs/mutation.md")
    options = parser.parse_args()
    if unknown := set(options.rooms) - set(ROOMS):
        parser.error(f"ukendt rum: {', '.join(sorted(unknown))}")
    known = noted()
    draws = [draw(room, options.seed, options.count, known) for room in ROOMS if room in (options.rooms or ROOMS)]
    print(HEAD)
    for one in draws:
        print(one.line())
    if options.write:
        PAGE.write_text(with_lines(PAGE.read_text(encoding="utf-8"), draws), encoding="utf-8")


def draw(room: str, seed: int, count: int, known: Noted) -> Draw:
    """Draws of one room, and asks the tests of each mutant; what survives is written down as it does."""
    mutants, all_there_are = drawn(room, seed, count)
    listed = COPY / f"survivors-{room}-{seed}.txt"
    listed.write_text("", encoding="utf-8")
    verdicts = []
    for mutant in mutants:
        verdict = judged(mutant, known, INSTEAD[room])
        verdicts.append((mutant, verdict))
        print(f"{mutant.name}: {verdict.by or 'OVERLEVET'} ({verdict.asked})", flush=True)
        if not verdict.found:
            with listed.open("a", encoding="utf-8") as file:
                file.write(f"# {mutant.name}, {verdict.asked}\n{difference(mutant)}\n\n")
    return Draw(room, all_there_are, seed, tuple(verdicts))


def difference(mutant: Mutant) -> str:
    """What a mutant changes, with a line before and after."""
    lines = difflib.unified_diff(
        mutant.before.splitlines(), mutant.after.splitlines(), mutant.path, mutant.path, "", "", 1, ""
    )
    return "\n".join(list(lines)[2:])


def with_lines(page: str, draws: Iterable[Draw]) -> str:
    """The page with the lines of some draws in place of those of the same rooms, in the order of the rooms."""
    before, rest = page.split(BEGIN)
    table, after = rest.split(END)
    kept = {line.split("|")[1].strip(): line for line in table.splitlines() if line.startswith("| ")}
    lines = {**kept, **{one.room: one.line() for one in draws}}
    shown = [lines[room] for room in ROOMS if room in lines]
    return f"{before}{BEGIN}\n\n{HEAD}\n" + "\n".join(shown) + f"\n\n{END}{after}"


if __name__ == "__main__":
    main()
