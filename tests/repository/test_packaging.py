"""What is shipped and what is locked: the wheel holds docgen alone, and the locks are whole and name no registry."""

from __future__ import annotations

import re
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.contents import ROOT

LOCKS = ("run", "dev", "bench", "fuzz", "mutation")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(found[1]): found[2] for line in lines if (found := PINNED.match(line))}


def wanted(lock: str) -> list[str]:
    groups = pyproject()["dependency-groups"]
    names = {"run": ["build"], "dev": ["test", "lint"]}.get(lock, [lock])
    found = [line for name in names for line in strings(groups[name])]
    return found + (strings(pyproject()["project"]["dependencies"]) if lock == "run" else [])


def strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(item) for item in value]


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """pytest leaves out folders by their names, such as `build`, unless it is told not to."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py") if "node_modules" not in path.parts}
    names = {part for folder in folders for part in folder.relative_to(ROOT).parts}
    assert {"tests", "build", "kinds"} <= names
    passed_over = pytestconfig.getini("norecursedirs")
    assert [name for name in names if any(fnmatch(name, pattern) for pattern in passed_over)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_wanted_is_locked_within_its_range(lock: str) -> None:
    found = pins(lock)
    for requirement in map(Requirement, wanted(lock)):
        version = found.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in requirements/{lock}.txt: make lock"
        assert version in requirement.specifier, f"{requirement.name} {version}: make lock"


def test_what_a_cluster_needs_is_tried_and_not_installed_with_the_rest() -> None:
    project = pyproject()["project"]["optional-dependencies"]
    assert isinstance(project, dict)
    cluster = strings(project["cluster"])
    assert set(cluster) <= set(strings(pyproject()["dependency-groups"]["test"]))
    assert not pins("run").keys() & {canonicalize_name(Requirement(line).name) for line in cluster}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_names_no_registry(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    requirements = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [part.split("\n")[0] for part in requirements if "==" in part and "--hash=sha256:" not in part] == []


def test_the_locks_agree() -> None:
    seen: dict[str, str] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            assert seen.setdefault(name, version) == version, name


@pytest.mark.slow
def test_the_wheel_holds_docgen_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry_points = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"docgen"}
    assert [name for name in names if "/tests/" in name or name.endswith(".pyc")] == []
    assert {"docgen/templates/policy.md.j2", "docgen/starter/content/settings.yaml"} <= set(names)
    assert "docgen = docgen.__main__:run" in entry_points
    shipped = {name.removeprefix("docgen/templates/") for name in names if name.startswith("docgen/templates/")}
    folder = ROOT / "templates"
    assert shipped == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert "docgen/starter/gitignore" in names
