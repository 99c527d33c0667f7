"""What all tests share: the options `--update` and `--no-skips`, golden files, and Hypothesis without a clock."""

from __future__ import annotations

import difflib
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from tests.support.effort import be_thorough

GOLDEN_FOLDER = Path(__file__).parent / "golden"
GOLDEN_LIMIT = 60 * 1024
DIFF_LINES = 80

hypothesis.settings.register_profile("docgen", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("docgen")
# The same examples in every run: else Hypothesis also draws what stands in the modules that happen to be loaded, and a
# test gets others whenever something is changed elsewhere.
providers._get_local_constants = Constants

Golden = Callable[[str, str], None]


class GoldenFiles:
    """The golden files of one run: which tests asked for which, and which were written anew."""

    def __init__(self, folder: Path, update: bool) -> None:
        self.folder = folder
        self.update = update
        self.used: set[str] = set()
        self.refreshed: list[str] = []

    def compare(self, name: str, text: str) -> None:
        """Fail unless the file `name` (relative to the folder) holds exactly `text`; with `update`, write it."""
        __tracebackhide__ = True
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            pytest.fail(f"{name}: en forventet fil skal ligge i tests/golden")
        data = text.encode()
        if len(data) > GOLDEN_LIMIT:
            pytest.fail(f"{name}: {len(data)} byte er for meget at læse igennem; højst {GOLDEN_LIMIT}")
        self.used.add(name)
        expected = path.read_bytes() if path.is_file() else None
        if expected == data:
            return
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            self.refreshed.append(name)
        elif expected is None:
            pytest.fail(f"{name} findes ikke i tests/golden; skriv den med `make golden`")
        else:
            pytest.fail(f"{name} er ændret; er det meningen, så `make golden`\n{_difference(name, expected, text)}")

    def dangling(self) -> list[str]:
        """The files in the folder that no test asked for, sorted."""
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
        return sorted(found - self.used)


def _difference(name: str, expected: bytes, text: str) -> str:
    before = expected.decode(errors="backslashreplace").splitlines()
    lines = list(difflib.unified_diff(before, text.splitlines(), f"{name} (ventet)", f"{name} (nu)", lineterm="", n=2))
    more = len(lines) - DIFF_LINES
    return "\n".join(lines[:DIFF_LINES]) + (f"\n… og {more} linjer til" if more > 0 else "")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """docgen's wheel, built of the repository as it is."""
    folder = tmp_path_factory.mktemp("hjul")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=GOLDEN_FOLDER.parent.parent, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


_golden_files = pytest.StashKey[GoldenFiles]()
_dangling = pytest.StashKey[list[str]]()
_skip_seen = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="skriv de forventede filer i tests/golden på ny")
    parser.addoption("--thorough", action="store_true", help="prøv så meget som i .ci/run, også det langsomme")
    parser.addoption("--slow", action="store_true", help="tag det langsomme med, men prøv ikke så meget som --thorough")
    parser.addoption("--no-skips", action="store_true", help="en prøve, der springes over, er en fejl")


def pytest_configure(config: pytest.Config) -> None:
    be_thorough(config.getoption("--thorough"))
    config.stash[_golden_files] = GoldenFiles(GOLDEN_FOLDER, config.getoption("--update"))
    config.stash[_dangling] = []
    config.stash[_skip_seen] = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the slow ones to `--thorough` and `--slow`, unless they are asked for by name. Of several processes, each
    begins with what takes longest, so that none is left alone with it at the end."""
    if hasattr(config, "workerinput"):
        _sort_by_file(items)
    if config.getoption("--thorough") or config.getoption("--slow") or any("::" in name for name in config.args):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


_SECONDS = {"judge": 20.0, "slow": 4.0}
"""About how long a test takes that is marked so; any other takes nearly no time."""


def _sort_by_file(items: list[pytest.Item]) -> None:
    """Puts the tests of the files that take longest first, by their marks; within a file they stay as they are."""
    takes: dict[Path, float] = defaultdict(float)
    for item in items:
        marked = [seconds for mark, seconds in _SECONDS.items() if item.get_closest_marker(mark)]
        takes[item.path] += max(marked, default=0.1)
    items.sort(key=lambda item: -takes[item.path])


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """A function `golden(name, text)`: fails unless the file in `tests/golden` holds exactly `text`."""
    return pytestconfig.stash[_golden_files].compare


# -- skipped tests ------------------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _refuse_skip(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _refuse_skip(collector.config, report)
    return report


def _refuse_skip(config: pytest.Config, report: pytest.TestReport | pytest.CollectReport) -> None:
    config.stash[_skip_seen] = True
    if config.getoption("--no-skips"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome = "failed"
        report.longrepr = f"Sprunget over trods --no-skips: {reason}"


# -- golden files that no test asks for ---------------------------------------------------------------------------


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    files = config.stash[_golden_files]
    if (output := getattr(config, "workeroutput", None)) is not None:  # one process of several: the first one sums up
        output |= {"used": sorted(files.used), "refreshed": files.refreshed, "skip_seen": config.stash[_skip_seen]}
    elif exitstatus == pytest.ExitCode.OK and _is_whole_run(config):
        config.stash[_dangling] = files.dangling()
        if config.stash[_dangling]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """What one of several processes (pytest-xdist) saw."""
    seen, stash = getattr(node, "workeroutput", {}), node.config.stash
    stash[_golden_files].used |= set(seen.get("used", ()))
    stash[_golden_files].refreshed += seen.get("refreshed", [])
    stash[_skip_seen] = stash[_skip_seen] or seen.get("skip_seen", True)


def _is_whole_run(config: pytest.Config) -> bool:
    """Whether every test was run: the slow ones, too, without paths, `-k` and the like, and without a skipped one."""
    if not config.getoption("--thorough"):
        return False
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS or config.stash[_skip_seen]:
        return False
    narrowing = ("keyword", "markexpr", "deselect", "lf", "collectonly", "stepwise", "ignore", "ignore_glob")
    return not any(config.getoption(name, None) for name in narrowing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
    for name in config.stash[_golden_files].refreshed:
        terminalreporter.write_line(f"Skrevet på ny: tests/golden/{name}")
    if config.stash[_dangling]:
        terminalreporter.section("Forventede filer, som ingen prøve bruger", red=True)
        for name in config.stash[_dangling]:
            terminalreporter.write_line(f"FAILED tests/golden/{name}: slet den", red=True)
