"""The list of documents: at once what their bytes tell, and the rest of each when it is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from docgen.structs import encode_json
from docgen.studio.answers import document_list
from docgen.studio.catalogue import Catalogue
from docgen.studio.session import Session
from tests.support.contents import document_ids
from tests.support.effort import tries
from tests.support.studio import CASE, CASE_FILE, POLICY, copy_of_repository, edit


def test_the_list_tells_at_once_what_the_bytes_do_and_soon_the_rest(session: Session) -> None:
    catalogue = Catalogue()
    catalogue.update(session.project, None)
    at_once = {one.id: one for one in catalogue.listed(session.project)}
    assert at_once[POLICY].title == "Indkøbspolitik 2023-2026"
    assert not at_once[POLICY].read
    while catalogue.read_some(session.project, 3):
        pass
    read = list(catalogue.listed(session.project))
    assert {one.id for one in read} == set(document_ids())
    assert all(one.read and one.title and one.version and one.status and not one.faults for one in read)
    assert {one.rendering for one in read if one.id == CASE} == {"Økonomiudvalget"}


def test_a_document_at_fault_stays_in_the_list_as_it_was_with_its_faults(folder: Path, session: Session) -> None:
    catalogue = Catalogue()
    catalogue.update(session.project, None)
    while catalogue.read_some(session.project, 20):
        pass
    before = {one.id: one for one in catalogue.listed(session.project)}
    edit(folder / "content" / CASE_FILE, "title:", "titel:")
    changed = session.refresh()
    catalogue.update(session.project, changed)
    while catalogue.read_some(session.project, 20):
        pass
    after = {one.id: one for one in catalogue.listed(session.project)}
    assert after.keys() == before.keys()
    assert (after[CASE].title, after[CASE].faults) == (before[CASE].title, 1)
    assert after[POLICY] == before[POLICY]


@pytest.mark.slow
def test_each_of_many_documents_is_proofread_once_and_again_when_it_changes(tmp_path: Path) -> None:
    """More than a session keeps what was found in."""
    folder = copy_of_repository(tmp_path, guide=False)
    first = (folder / "content" / CASE_FILE).read_bytes()
    for number in range(15):
        (folder / "content" / "cases" / f"sag-{number}.yaml").write_bytes(first)
    session, catalogue = Session(folder / "content", folder / "templates"), Catalogue()

    def read() -> list[str]:
        found = list[str]()
        while (id := catalogue.next_unproofed(session.project)) is not None:
            assert len(found) <= len(session.project.graph.documents)
            found.append(str(id))
            catalogue.note_findings(id, len(session.findings(str(id))))
        return found

    try:
        session.refresh()
        catalogue.update(session.project, None)
        assert sorted(read()) == sorted(map(str, session.project.graph.documents))
        edit(folder / "content" / "cases" / "sag-7.yaml", "title: ", "title: Ny ")
        catalogue.update(session.project, session.refresh())
        assert read() == ["case/sag-7"]
    finally:
        session.close()


@pytest.mark.slow
def test_ten_thousand_documents_are_listed_at_once(tmp_path: Path) -> None:
    """In processor time: what is asked for while nothing of them is read yet, and after a save of one."""
    folder = copy_of_repository(tmp_path)
    first = (folder / "content" / CASE_FILE).read_bytes()
    for number in range(count := tries(10_000, least=1500)):
        (folder / "content" / "cases" / f"sag-{number}.yaml").write_bytes(
            first.replace(b"Vedtagelse", b"Sag %d" % number, 1)
        )
    session, catalogue = Session(folder / "content", folder / "templates"), Catalogue()
    try:
        session.refresh()
        catalogue.update(session.project, None)
        started = time.process_time()
        told = encode_json(document_list(session, catalogue, {}))
        assert time.process_time() - started < count / 10_000
        assert told.count(b'"kind":"case"') >= count
        edit(folder / "content" / "cases" / "sag-7.yaml", "title: ", "title: Ny ")
        started = time.process_time()
        catalogue.update(session.project, session.refresh())
        told = encode_json(document_list(session, catalogue, {}))
        assert time.process_time() - started < 2 * count / 10_000
        assert b'"Ny ' in told
    finally:
        session.close()
