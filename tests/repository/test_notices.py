"""What docgen is made with: the notices and the list for machines follow the lock, and each licence is known."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest

from tests.notices import __main__ as made
from tests.support.contents import ROOT

LOCKED = made.locked()


def test_each_locked_package_is_in_both() -> None:
    """Also where other versions are installed than those that are locked."""
    assert len(LOCKED) > 30
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in made.NOTICES.read_text("utf-8").splitlines()}
    found = json.loads(made.SBOM.read_bytes())
    listed: dict[str, list[str]] = {}
    for each in found["components"]:
        listed.setdefault(each["name"], []).append(each["version"])
        assert each["purl"] == each["bom-ref"] == f"pkg:pypi/{each['name']}@{each['version']}"
        assert each["licenses"][0]["expression"] in rows[each["name"]]
    assert {name: tuple(versions) for name, versions in listed.items()} == LOCKED
    assert all(" eller ".join(versions) in rows[name] for name, versions in LOCKED.items())


def test_make_notices_writes_what_is_there() -> None:
    if any(version(name) not in versions for name, versions in LOCKED.items()):
        pytest.skip("andre versioner end de låste er installeret")
    found = list(made.packages())
    assert made.page(found) == made.NOTICES.read_text("utf-8")
    assert made.sbom(found) == made.SBOM.read_text("utf-8")


def test_the_list_is_as_cyclonedx_has_it() -> None:
    """ECMA-424: each part has a reference of its own, and what is said to be needed is in the list."""
    found = json.loads(made.SBOM.read_bytes())
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1)
    refs = [found["metadata"]["component"]["bom-ref"], *(each["bom-ref"] for each in found["components"])]
    assert len(set(refs)) == len(refs)
    assert {each["type"] for each in found["components"]} == {"library"}
    for each in found["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= set(refs)
    needed = {ref for each in found["dependencies"] for ref in each["dependsOn"]}
    assert any("pkg:pypi/lxml@" in ref for ref in needed)


def test_no_licence_is_chosen_by_anybody_else() -> None:
    assert not [path.name for path in ROOT.glob("LICEN[CS]E*")]
    assert "docgen har endnu ingen licens selv" in (ROOT / "README.md").read_text("utf-8")
