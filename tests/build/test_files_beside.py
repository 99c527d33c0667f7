"""A web page leads to the document's PDF and Word file where they are built into its folder, to nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.build.options import BuildOptions
from docgen.commands.build import build
from docgen.commands.issue import issue_document
from docgen.kinds.edition import Edition
from docgen.writers import formats
from tests.faults.projects import issuing_project
from tests.support.contents import REAL_POLICY, ROOT
from tests.support.issued import options, run

_LINKS = re.compile(r'<p class="beside">.*?</p>')
_ADDRESS = re.compile('href="([^"]+)"')


def pages(folder: Path, *chosen: formats.Format, edition: Edition = Edition.PUBLIC) -> dict[Path, list[str]]:
    """The web pages of all cases as they are built, and what each leads to as the same document."""
    options = BuildOptions(
        ROOT / "content", ROOT / "templates", folder, documents=("case",), formats=chosen, edition=edition
    )
    assert not build(options).problems
    return {
        page: [address for links in _LINKS.findall(page.read_text()) for address in _ADDRESS.findall(links)]
        for page in sorted(folder.rglob("*.html"))
    }


@pytest.mark.slow
@pytest.mark.parametrize("edition", [Edition.PUBLIC, Edition.INTERNAL])
def test_each_link_is_a_file_beside_the_page(tmp_path: Path, edition: Edition) -> None:
    found = pages(tmp_path, formats.PDF, formats.DOCX, formats.HTML, edition=edition)
    assert found
    for page, addresses in found.items():
        assert [Path(address).suffix for address in addresses] == [".pdf", ".docx"]
        assert all((page.parent / address).is_file() for address in addresses)
        assert {Path(address).stem for address in addresses} == {page.stem}


def test_a_page_alone_leads_nowhere(tmp_path: Path) -> None:
    found = pages(tmp_path, formats.HTML)
    assert found
    assert not any(found.values())


@pytest.mark.slow
def test_a_page_that_was_alone_leads_to_what_is_built_later(tmp_path: Path) -> None:
    pages(tmp_path, formats.HTML)
    found = pages(tmp_path, formats.PDF, formats.HTML)
    assert all([Path(address).suffix for address in addresses] == [".pdf"] for addresses in found.values())


@pytest.mark.slow
def test_a_page_that_was_built_is_the_issued_one_but_for_its_links(tmp_path: Path) -> None:
    project = issuing_project(tmp_path)
    assert run(project, "build", REAL_POLICY).exit_code == 0
    (page,) = (project / "build").rglob("*2023-2026.html")
    issue_document(options(project))
    told = run(project, "verify", str(page))
    assert told.exit_code == 0, told.output
    assert "kun links til filerne ved siden af er kommet til" in told.stdout
    page.write_bytes(page.read_bytes().replace(b"</footer>", b"<p>Mere.</p>\n</footer>"))
    assert run(project, "verify", str(page)).exit_code == 1


@pytest.mark.parametrize("address", ["https://x.dk/a.pdf", "../a.pdf", "javascript:a.pdf", "/a.pdf"])
def test_nothing_else_is_taken_for_such_links(address: str) -> None:
    page = f'<p class="beside">Læs det også som <a href="{address}">PDF</a></p>\n'.encode()
    assert formats.HTML.as_issued(page) == page
    assert formats.HTML.as_issued(page.replace(address.encode(), b"a.pdf")) == b""
    assert formats.HTML.as_issued(2 * page.replace(address.encode(), b"a.pdf")) != b""
