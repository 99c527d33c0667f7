"""What stands against an issue, and what is told where an issued version is asked for, changed, or in a new look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.archive import SentArchive
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from docgen.ledger.keeping import annexes_of, attached_pdf, keep, lock_of, parts_of
from docgen.ledger.reasons import reasons_against
from docgen.ledger.rebuild import find_issued, issued_tree, job_of_source, rebuild, written_again
from docgen.ledger.record import ISSUE, MIGRATION, Record, to_json
from docgen.ledger.versions import changed_files, check_version, in_new_look, next_version, own_file
from docgen.pipeline import Job
from docgen.problems import ContentError
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.stored import encode_tree
from docgen.writers import formats
from tests.conftest import Golden
from tests.support.contents import repository
from tests.support.foreign_pdfs import text_pdf
from tests.support.house import CASE, GUIDE, HELD, ORGANISATION, POLICY, SETTINGS, Change, changed, content

TEMPLATES = repository().template_files
NO_ANNEX = (CASE, 'annexes:\n  - {id: politik, title: Politikken, document: policy/eksempel, version: "1.0"}\n', "")
SECRET = "Budgettet for byggeriet er lagt alt for lavt."
CHANGES: dict[str, tuple[Change, ...]] = {
    "intet": (NO_ANNEX,),
    "udkast": (NO_ANNEX, (CASE, "status: til behandling", "status: udkast")),
    "udgået": (NO_ANNEX, (CASE, "status: til behandling", "status: udgået")),
    "ikke udfyldt": (NO_ANNEX, (CASE, "text: Problemet.", "text: 'Problemet er [ikke udfyldt].'")),
    "ikke udfyldt i titlen": (NO_ANNEX, (CASE, "title: En sag til prøver", "title: 'En sag om [ikke udfyldt]'")),
    "ikke udfyldt i indstillinger": (NO_ANNEX, (SETTINGS, "heading: Løsning", "heading: '[ikke udfyldt]'")),
    "bemærkninger": (
        NO_ANNEX,
        (CASE, "kind: decision", "# TODO: se efter\nkind: decision # husk det\n# ? hvad\n# alt er godt"),
        (ORGANISATION, "bodies:", "bodies: # XXX"),
    ),
    "korrekturen": (NO_ANNEX, (CASE, "text: Problemet.", "text: Borgeren 010190-1234 fik det.")),
    "bilaget ikke udstedt": (),
    "lukkede ord i en åben tekst": (
        NO_ANNEX,
        (CASE, "text: Løsningen.", f"text: {SECRET}, closed: {{reason: en prøve}}"),
        (CASE, "text: Problemet.", f"text: Problemet er kendt. {SECRET}"),
    ),
    "korte lukkede ord": (
        NO_ANNEX,
        (CASE, "text: Løsningen.", "text: Ja til den., closed: {reason: en prøve}"),
        (CASE, "text: Problemet.", "text: Vi siger Ja til den."),
    ),
}  # fmt: skip


def made(*changes: Change, **more: Any) -> Project:
    return Project(changed(content(), *changes), TEMPLATES, repository().font_directories, **more)


def told(job: Job, meeting: str = HELD) -> list[str]:
    return list(map(str, reasons_against(job, meeting)))


def test_what_stands_against_an_issue_is_told_at_its_place(golden: Golden) -> None:
    shown = {name: told(job(made(*changes))) for name, changes in CHANGES.items()}
    shown["lukkede ord i den interne udgave"] = told(
        job(made(*CHANGES["lukkede ord i en åben tekst"]), edition=Edition.INTERNAL)
    )
    shown["intet møde"] = told(job(made(NO_ANNEX)), "2026-02-04-udvalg")
    shown["slet intet møde"] = told(job(made(NO_ANNEX)), "xyzzy")
    golden("errors/reasons.txt", "\n".join("\n".join([f"## {name}", *found, ""]) for name, found in shown.items()))


def job(project: Project, name: str = "case/sag", edition: Edition = Edition.PUBLIC) -> Job:
    return Job(project, name, edition)


def issued(of: Job, pdf: bytes = b"pdf", **more: Any) -> Project:
    """A project in which a rendering is issued, with the source, the tree and the annexes that it had then."""
    salts = iter(f"{number:032x}" for number in range(100))
    said = (str(of.shown_id), of.tree.title, of.tree.version, of.edition.value, "vedtaget", HELD, "2026-02-03")
    record = Record(1, *said, format=2, type=ISSUE)
    kept = keep(record, {"pdf": pdf, "html": b"html"}, {**parts_of(of), **more}, lambda: next(salts))
    files = {kept.record.path: to_json(kept.record), kept.record.keys_path: kept.keys,
             ledger.HEAD: ledger.head(kept.record)}  # fmt: skip
    whole = {**of.project.content_files, **files}
    return Project(
        whole, TEMPLATES, repository().font_directories, archive=SentArchive(Path("x"), dict(kept.blobs), set())
    )


def edited(project: Project, *changes: Change) -> Project:
    return Project(
        changed(project.content_files, *changes), TEMPLATES, project.font_directories, archive=project.archive
    )


BREV = text_pdf("Et brev.")
BRIEF = (CASE, "treatments:\n", "annexes:\n  - {id: brev, title: Et brev, file: brev.pdf}\ntreatments:\n")


def test_a_version_that_says_something_else_is_told_with_what_has_changed() -> None:
    project = issued(job(made(NO_ANNEX)))
    assert check_version(job(project)) is None
    assert check_version(job(edited(project, (CASE, "kind: decision", "kind: decision # en bemærkning")))) is None
    other = edited(project, (CASE, "text: Problemet.", "text: Et andet problem."))
    assert str(check_version(job(other))) == (
        f"content/cases/sag.yaml:3:10: case/sag 1.0 er udstedt til mødet {HELD} med et andet indhold "
        '(ændret: content/cases/sag.yaml); hæv version, fx til "1.1", eller før ændringen tilbage'
    )
    lost = replace(other, archive=None)
    assert "med et andet indhold; hæv" in str(check_version(job(lost)))
    assert check_version(job(edited(other, (CASE, 'version: "1.0"', 'version: "1.1"')))) is None


def test_an_annex_that_is_another_than_it_was_is_told() -> None:
    files = {**changed(content(), NO_ANNEX, BRIEF), "annexes/brev.pdf": BREV}
    project = issued(job(Project(files, TEMPLATES, repository().font_directories)))
    assert check_version(job(project)) is None
    other = Project(
        {**project.content_files, "annexes/brev.pdf": text_pdf("Et andet.")},
        TEMPLATES, project.font_directories, archive=project.archive,
    )  # fmt: skip
    assert str(check_version(job(other))) == (
        "content/cases/sag.yaml:16:38: bilaget brev.pdf er ikke det, der var vedlagt, da case/sag 1.0 blev udstedt; "
        'læg det gamle tilbage, eller hæv version, fx til "1.1"'
    )


def test_a_new_look_is_told_with_how_to_get_the_issued_one() -> None:
    project = issued(job(made(NO_ANNEX)))
    assert in_new_look(job(project), {"pdf": b"pdf", "docx": b"andet"}) is None
    assert str(in_new_look(job(project), {"pdf": b"pdf", "html": b"ny"})) == (
        "content/cases/sag.yaml:3:10: case/sag er ordlyden af 1.0, i ny form; det udstedte er som før; "
        f"docgen build case/sag@1.0 giver det, der blev udstedt til mødet {HELD}"
    )
    assert in_new_look(job(made(NO_ANNEX)), {"pdf": b"ny"}) is None


def test_what_is_kept_of_a_rendering_is_its_source_tree_and_annexes() -> None:
    files = {**changed(content(), NO_ANNEX, BRIEF), "annexes/brev.pdf": BREV}
    of = job(Project(files, TEMPLATES, repository().font_directories))
    assert parts_of(of) == {
        "source": of.source, "tree": encode_tree(of.tree, lines=False), "annexes/brev.pdf": BREV,
    }  # fmt: skip
    policy = issued(job(made(), "policy/eksempel"), pdf=b"politikken")
    assert attached_pdf(job(policy), "policy/eksempel", "1.0") == annexes_of(job(policy))["policy/eksempel@1.0"]
    found = attached_pdf(job(policy, edition=Edition.INTERNAL), "policy/eksempel", "1.0")
    assert found is not None
    assert (found.path, found.size) == ("policy/eksempel@1.0", 10)
    assert attached_pdf(job(policy), "policy/eksempel", "1.1") is None
    assert annexes_of(job(made())) == {}


def refused(project: Project, name: str, **more: Any) -> str:
    with pytest.raises(ContentError) as caught:
        rebuild(project, name, **more)
    return str(caught.value)


def test_an_issued_version_is_given_as_it_is_kept_or_it_is_told_why_not() -> None:
    project = issued(job(made(NO_ANNEX)))
    record, outputs = rebuild(project, "case/sag@1.0", formats=(formats.HTML, formats.PDF))
    assert (record, outputs) == (find_issued(project, "case/sag@1.0"), {"html": b"html", "pdf": b"pdf"})
    assert refused(project, "case/sag@1.1") == "case/sag@1.1: versionen er ikke udstedt; vælg case/sag@1.0"
    assert refused(project, "case/sag@1.0", edition=Edition.INTERNAL) == (
        "case/sag@1.0: versionen er ikke udstedt i den interne udgave; vælg case/sag@1.0"
    )
    assert refused(made(), "case/sag@1.0") == "case/sag@1.0: versionen er ikke udstedt; intet er udstedt endnu"
    assert isinstance(project.archive, SentArchive)
    without_page = {hash: data for hash, data in project.archive.kept.items() if data != b"html"}
    some = replace(project, archive=SentArchive(Path("x"), without_page, set()))
    record, outputs = rebuild(some, "case/sag@1.0", formats=(formats.HTML, formats.PDF))
    assert outputs["pdf"] == b"pdf"
    assert outputs["html"] == written_again(job(made(NO_ANNEX)).source, some.font_directories, (formats.HTML,))["html"]
    back = "hent content/issued/arkiv tilbage fra versionsstyringen, eller se protokollen: docgen verify"
    lost = replace(project, archive=SentArchive(Path("x"), {}, set()))
    assert refused(lost, "case/sag@1.0") == (
        f"case/sag@1.0: versionens filer er slettet eller mangler i arkivet; {back}"
    )


def tree_refused(project: Project) -> str:
    with pytest.raises(ContentError) as caught:
        issued_tree(project, "case/sag@1.0")
    return str(caught.value)


def test_an_issued_tree_is_read_as_it_is_kept_or_it_is_told_why_not() -> None:
    of = job(made(NO_ANNEX))
    project = issued(of)
    assert [block for block in issued_tree(project, "case/sag@1.0").blocks if block.origin.line] == []
    assert issued_tree(project, "case/sag@1.0").title == of.tree.title
    back = "hent content/issued/arkiv tilbage fra versionsstyringen, eller se protokollen: docgen verify"
    lost = replace(project, archive=SentArchive(Path("x"), {}, set()))
    assert tree_refused(lost) == f"case/sag@1.0: versionens tekst er slettet eller mangler i arkivet; {back}"
    assert tree_refused(replace(project, archive=None)) == tree_refused(lost)
    assert tree_refused(issued(of, tree=b'{"format": 9}')) == (
        "case/sag@1.0: versionens tekst kan ikke læses; "
        "brug en docgen, der er lige så ny som den, der udstedte versionen"
    )


def test_a_source_without_its_document_is_refused() -> None:
    import json

    of = job(made(NO_ANNEX), "guide/vejledning")
    source = json.loads(of.source)
    with pytest.raises(ContentError, match=r"^guide/xyzzy: kilden har ikke dokumentet; brug en hel kilde$"):
        written_again(json.dumps({**source, "document": "guide/xyzzy"}).encode(), ())
    with pytest.raises(ContentError, match=r"^xyzzy/a: kildens slags dokument kendes ikke; brug en hel kilde$"):
        job_of_source(json.dumps({**source, "document": "xyzzy/a"}).encode(), (), of.project.kinds)


def test_small_questions_of_versions() -> None:
    assert [next_version(version) for version in ("1.0", "2.9", "1.2.3", "7")] == ["1.1", "2.10", "1.2.4", "8"]
    assert changed_files({}, {"a": 1}) == []
    assert changed_files({"a": 1, "c": 1, "d": 1}, {"a": 2, "b": 1, "d": 1}) == ["a", "b", "c"]
    project = made()
    assert own_file(job(project)) == f"content/{CASE}"
    assert own_file(job(project, "policy/eksempel")) == f"content/{POLICY}"
    assert own_file(job(project, "guide/vejledning")) == f"content/{GUIDE}"
    made_with = {"docgen-code": "x", "typst": "1", "lxml": "2"}
    assert lock_of(made_with) == lock_of({"lxml": "2", "typst": "1", "docgen-words": "y"})
    assert lock_of(made_with) != lock_of({"lxml": "3", "typst": "1"})
    assert len(lock_of({})) == 64
    assert MIGRATION == "migration"
