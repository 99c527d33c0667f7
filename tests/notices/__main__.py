"""`python -m tests.notices`: what docgen is made with, and under which licences, as `make notices` writes it.

The lock (`requirements/run.txt`) says what, the packages' own metadata says under what. Written are the notices for
people, docs/tredjepart.md, and a list for machines in CycloneDX 1.6 (ECMA-424), docs/sbom.json: the same each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from docgen import __version__
from tests.support.contents import ROOT

LOCK = ROOT / "requirements/run.txt"
NOTICES, SBOM = ROOT / "docs/tredjepart.md", ROOT / "docs/sbom.json"
BEGIN, END = "<!-- notices:begin -->", "<!-- notices:end -->"
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
_LICENCE_FILE = re.compile(r"\.dist-info/(?:licenses/)?(?:LICEN[CS]E|COPYING)[^/]*$", re.IGNORECASE)
_SPDX = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "BSD-3-Clause": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
"""What packages write in their metadata, by SPDX's name for it (spdx.org/licenses)."""
_THIRD_CLAUSE = re.compile(r"[Nn]either the names? of|names? of .{1,80} may not be used")
_BSD = "License :: OSI Approved :: BSD License"
_OWN = (
    ("Lucide, ikonerne i templates/theme/icons", "ISC", "templates/theme/icons/LICENSE.txt"),
    ("Source Sans 3, skriften i dokumenterne", "OFL-1.1", "pakken fontpkg-source-sans-3"),
    (
        "Stavekontrolden, som ordlisten er lavet af",
        "MPL-1.1",
        "`docgen/lexicon/LICENSE.txt`, `docgen/lexicon/MPL-1.1.txt`",
    ),
    ("Idiomorph 0.8.0, i siden bag `docgen preview`", "0BSD", "`docgen/studio/static/idiomorph-LICENSE.txt`"),
    ("simplemma 2.0.0, som ordlisten også er lavet af", "MIT", "`LICENSE.txt` i `docgen/lexicon`"),
    (
        "wordfreq 3.1.1, som listen over de almindeligste ord er taget af",
        "CC-BY-SA-4.0",
        "creativecommons.org/licenses/by-sa/4.0; se docs/ordliste.md",
    ),
)
"""What goes along in docgen and in its documents, beside packages: what, under what, and where its text lies."""


@dataclass(frozen=True)
class Package:
    """A package that is locked: its name, its versions (one for each range of Pythons), its licence as an SPDX
    expression, the files that the licence's text lies in, and the locked packages that it needs."""

    name: str
    versions: tuple[str, ...]
    licence: str
    files: tuple[str, ...]
    needs: tuple[str, ...]


def locked() -> dict[str, tuple[str, ...]]:
    """What is locked: versions by name."""
    found: dict[str, list[str]] = {}
    for name, version in _LOCKED.findall(LOCK.read_text("utf-8")):
        found.setdefault(name, []).append(version)
    return {name: tuple(versions) for name, versions in sorted(found.items())}


def packages() -> Iterator[Package]:
    """Each locked package that is installed. Raises PackageNotFoundError for one that is not."""
    names = locked()
    for name, versions in names.items():
        found = distribution(name)
        needs = {
            _plain(match[0]) for each in found.requires or () if "extra ==" not in each if (match := _NAME.match(each))
        }
        files = tuple(
            sorted(str(file).partition("/")[2] for file in found.files or () if _LICENCE_FILE.search(str(file)))
        )
        yield Package(name, versions, licence_of(found), files, tuple(sorted(needs & names.keys())))


def licence_of(package: Distribution) -> str:
    """The licence that a package's metadata says, as an SPDX expression. Raises ValueError where it says none that is
    known: then somebody must look."""
    said = package.metadata
    for expression in said.get_all("License-Expression") or ():
        return str(expression)
    short = str(next(iter(said.get_all("License") or ()), ""))
    if short in _SPDX:
        return _SPDX[short]
    classifiers = [each for each in said.get_all("Classifier") or () if each.startswith("License ::")]
    known = [_SPDX[each] for each in classifiers if each in _SPDX]
    if _BSD in classifiers:
        known.insert(0, _bsd(package))
    if not known:
        raise ValueError(f"{package.name} says no licence that is known: {short[:60]!r}, {classifiers}")
    return " OR ".join(sorted(known))


def _bsd(package: Distribution) -> str:
    """Which of the BSD licences: the third clause forbids the use of names."""
    for file in package.files or ():
        if _LICENCE_FILE.search(str(file)):
            text = " ".join(file.read_text("utf-8").split())
            return "BSD-3-Clause" if _THIRD_CLAUSE.search(text) else "BSD-2-Clause"
    return "BSD-3-Clause"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def notices(found: list[Package]) -> str:
    """The table for people."""
    rows = ["| Pakke | Version | Licens (SPDX) | Teksten |", "|:--|:--|:--|:--|"]
    for each in found:
        texts = ", ".join(f"`{file}`" for file in each.files) or "–"
        rows.append(f"| {each.name} | {' eller '.join(each.versions)} | {each.licence} | {texts} |")
    rows += ["", "| Hvad | Licens (SPDX) | Teksten |", "|:--|:--|:--|"]
    rows += [f"| {what} | {licence} | {where} |" for what, licence, where in _OWN]
    return "\n".join(rows)


def sbom(found: list[Package]) -> str:
    """The list for machines. It has neither a day nor a number of its own, so that it is the same each time."""
    refs = {each.name: f"pkg:pypi/{each.name}@{each.versions[-1]}" for each in found}
    components: list[dict[str, Any]] = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{each.name}@{version}",
            "name": each.name,
            "version": version,
            "purl": f"pkg:pypi/{each.name}@{version}",
            "licenses": [{"expression": each.licence}],
        }
        for each in found
        for version in each.versions
    ]
    own = f"docgen@{__version__}"
    needs = [{"ref": own, "dependsOn": sorted(refs.values())}]
    needs += [{"ref": refs[each.name], "dependsOn": [refs[name] for name in each.needs]} for each in found]
    record = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": own, "name": "docgen", "version": __version__}},
        "components": components,
        "dependencies": needs,
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def page(found: list[Package]) -> str:
    """The page with the table in its place."""
    before, _, rest = NOTICES.read_text("utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{notices(found)}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    found = list(packages())
    NOTICES.write_text(page(found), "utf-8")
    SBOM.write_text(sbom(found), "utf-8")
    print(f"{len(found)} pakker")


if __name__ == "__main__":
    try:
        main()
    except PackageNotFoundError as error:
        raise SystemExit(f"{error}: kør make notices, som henter pakkerne") from None
