"""Timing: several contenders, run in turn so that a slow moment of the machine hits them all, and their medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.parts import tried


@dataclass(frozen=True, slots=True)
class Timing:
    """The durations of one contender's runs, in seconds."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median in seconds."""
        return statistics.median(self.seconds)


def measure(contenders: Mapping[str, Callable[[], object]], rounds: int) -> tuple[list[Timing], list[str]]:
    """Time every contender `rounds` times, one after the other in each round, after one round that is not counted; and
    a line for each that could not be run, which is told once and not run again."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    missing: list[str] = []
    for number in range(rounds + 1):
        for name in list(seconds):
            took, why = tried(name, lambda run=contenders[name]: _seconds(run))  # type: ignore[misc]
            if took is None:
                missing.append(why)
                del seconds[name]
            elif number:
                seconds[name].append(took)
    return [Timing(name, tuple(found)) for name, found in seconds.items()], missing


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def markdown_table(timings: Sequence[Timing], base: str, most: Mapping[str, float]) -> str:
    """A Markdown table with Danish numbers: median, least and greatest, and the ratio to the median of `base`, with the
    most that it may be, by name, where that is said. Raises LookupError where `base` was not measured."""
    unit = next((timing.median for timing in timings if timing.name == base), None)
    if unit is None:
        raise LookupError(f"»{base}« kunne ikke køres")
    lines = ["| Opgave | Median | Mindst-størst | Mod pandoc |", "|:--|--:|--:|--:|"]
    for timing in timings:
        spread = f"{_danish(min(timing.seconds), 2)}-{_danish(max(timing.seconds), 2)} s"
        limit = f" (højst {_danish(most[timing.name], 1)})" if timing.name in most else ""
        ratio = f"{_danish(timing.median / unit, 2)}{limit}"
        lines.append(f"| {timing.name} | {_danish(timing.median, 2)} s | {spread} | {ratio} |")
    return "\n".join(lines) + "\n"


def _danish(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")
