"""Annexes: PDFs from elsewhere are looked at and made safe, and a case with its annexes is one honest PDF."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen import pipeline
from docgen.cli.main import main
from docgen.kinds.edition import Edition
from docgen.packs.case import has_annexes, write_pack
from docgen.packs.parts import Pack
from docgen.pdf_pages import assembly as pdf_assembly
from docgen.pdf_pages.open import check_annex, count_pages
from docgen.pipeline import Job
from docgen.problems import DocgenError, Origin, WriterError
from docgen.project import Project
from docgen.tree.document import texts
from tests.conftest import Golden
from tests.kinds.test_cases import project
from tests.support import plain_yaml
from tests.support.contents import ROOT, ids_of, repository, write_content
from tests.support.effort import tries
from tests.support.foreign_pdfs import hostile_pdf, layered_pdf, report_pdf, unusable_pdfs
from tests.support.judges import PDF_A, PDF_UA, conformance_failures, require_verapdf, verapdf
from tests.support.pdf_reading import pdf_elements, pdf_texts

CASE = "case/sag"
OWN = {"id": "plan", "title": "Plan", "document": "policy/eksempel", "version": "1.0"}
AGAIN = {"id": "tal", "title": "Tal", "document": "policy/eksempel", "version": "1.0"}
FOREIGN = {"id": "plan", "title": "Rapport", "file": "rapport.pdf"}
CLOSED = {"id": "tal", "title": "Hemmelig titel", "file": "lukket.pdf", "closed": {"reason": "offentlighedsloven § 30"}}
_WITHOUT_CITATIONS: dict[str, Any] = {
    "recommendation": [{"points": [{"id": "et", "text": "sagen drøftes"}]}],
    "sections": [{"id": "problem", "text": "Problemet."}, {"id": "solution", "text": "Løsningen."}],
}
OPEN_END = {"id": "slut", "title": "Sidste", "file": "rapport.pdf"}


def project_with(*annexes: dict[str, Any], annex: str = "", rapport: bytes | None = None, **changes: Any) -> Project:
    """The small case with these annexes; `annex` is the line's pattern, `rapport` the PDF."""
    files = {"annexes/rapport.pdf": rapport or report_pdf(), "annexes/lukket.pdf": report_pdf()}
    made = project(annexes=list(annexes), **changes)
    real = plain_yaml.read(made.content_files["settings.yaml"])
    if annex:
        real["cases"]["annex"] = annex
    files["settings.yaml"] = plain_yaml.write(real).encode()
    return Project({**made.content_files, **files}, made.template_files, made.font_directories)


@cache
def own_pack() -> Pack:
    return write_pack(Job(project_with(AGAIN, OWN), CASE))


@cache
def mixed_pack() -> Pack:
    return write_pack(Job(project_with(AGAIN, FOREIGN), CASE))


def reading(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def claims(data: bytes) -> list[str]:
    root: Any = reading(data).root_object
    metadata = root["/Metadata"].get_data().decode()
    return [name for name in ("pdfaid:part", "pdfuaid:part") if f"<{name}>" in metadata]


def bookmarks(data: bytes) -> list[tuple[int, str, int | None]]:
    """Level, title and page (from 0) of every bookmark."""
    reader = reading(data)
    found: list[tuple[int, str, int | None]] = []

    def collect(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                collect(entry, level + 1)
            else:
                title = str(entry.title).replace("\u00a0", " ")
                found.append((level, title, reader.get_destination_page_number(entry)))

    collect(reader.outline, 0)
    return found


def links(data: bytes, page: int) -> list[str | int | None]:
    """Where the links of a page go: an address, or a page (from 0)."""
    reader = reading(data)
    places: dict[Any, int] = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    entries: Any = reader.pages[page].get("/Annots") or ()
    found: list[str | int | None] = []
    for entry in entries:
        annotation = entry.get_object()
        if annotation["/Subtype"] == "/Link":
            action = annotation.get("/A", {})
            place = annotation.get("/Dest", action.get("/D"))
            if isinstance(place, str):
                place = reader.named_destinations[place].dest_array
            if place is None:
                found.append(str(action["/URI"]))
            else:
                found.append(places[list.__getitem__(place.get_object(), 0)])
    return found


# -- PDFs from elsewhere ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_cannot_be_an_annex(golden: Golden) -> None:
    shown = []
    for name, data in unusable_pdfs().items():
        made = project_with(AGAIN, FOREIGN, rapport=data or b" ")
        (problem,) = made.problems()
        assert problem.origin.path[-1] == "file"
        shown.append(f"## {name}\n{problem}\n")
    golden("errors/annexes.txt", "\n".join(shown))


def test_a_good_pdf_has_pages_and_no_problems() -> None:
    assert list(check_annex("rapport.pdf", report_pdf(), Origin("sag.yaml"))) == []
    assert list(check_annex("rapport.pdf", hostile_pdf(), Origin("sag.yaml"))) == []
    assert list(check_annex("rapport.pdf", layered_pdf(), Origin("sag.yaml"))) == []
    assert count_pages(report_pdf()) == 3


def test_pages_stand_in_the_list_where_the_profile_wants_them() -> None:
    made = project_with(AGAIN, FOREIGN, annex="Bilag {nummer} - {titel} ({sider})")
    shown = _spaced(texts(pipeline.build_tree(made, CASE)))
    assert "Bilag 1 – Tal" in shown
    assert "Bilag 2 – Rapport (3 sider)" in shown
    assert "Bilag 2 – Rapport" in _spaced(texts(pipeline.build_tree(project_with(AGAIN, FOREIGN), CASE)))


@pytest.mark.slow
@settings(max_examples=tries(40))
@given(st.integers(0, len(report_pdf()) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_pdf_is_a_problem_or_a_pack(place: int, noise: bytes) -> None:
    damaged = report_pdf()[:place] + noise + report_pdf()[place + len(noise) :]
    made = project_with(AGAIN, FOREIGN, rapport=damaged)
    if not made.problems():
        try:
            pack = write_pack(Job(made, CASE))
        except WriterError:
            return
        assert claims(pack.data) == []


# -- one PDF ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_own_annexes_keep_every_claim_and_all_text_in_one_tree() -> None:
    pack = own_pack()
    assert pack.notices == ()
    assert claims(pack.data) == ["pdfaid:part", "pdfuaid:part"]
    made = project_with(AGAIN, OWN)
    case, policy = (_spaced(texts(pipeline.build_tree(made, id))) for id in (CASE, "policy/eksempel"))
    assert _spaced(pdf_texts(pack.data)) == [*case, "Bilag 1Tal", *policy, "Bilag 2Plan", *policy]


def _spaced(found: Any) -> list[str]:
    return [" ".join(text.split()) for text in found]


@pytest.mark.judge
def test_the_judge_agrees(tmp_path: Path) -> None:
    require_verapdf()
    own, mixed = tmp_path / "egne.pdf", tmp_path / "blandet.pdf"
    own.write_bytes(own_pack().data)
    mixed.write_bytes(mixed_pack().data)
    assert conformance_failures([own]) == []
    claimed = {verdict.profile for verdict in verapdf([mixed])}
    assert not claimed & {PDF_A, PDF_UA}


@pytest.mark.slow
def test_a_foreign_page_ends_the_claims_and_the_build_says_why() -> None:
    pack = mixed_pack()
    assert claims(pack.data) == []
    (notice,) = pack.notices
    assert "bilag 2 ('rapport.pdf') er tagget, men siger ikke selv, at det er PDF/UA-1" in str(notice)
    assert notice.origin.path == ("annexes", "@plan", "file")
    root: Any = reading(pack.data).root_object
    assert root["/Lang"] == "da-DK"
    assert (root["/MarkInfo"]["/Marked"].value, root["/MarkInfo"]["/Suspects"].value) == (True, True)
    assert pdf_elements(pack.data).text()
    assert not any("/StructParents" in page for page in reading(pack.data).pages[-3:])


def test_pages_are_labelled_by_part() -> None:
    labels = reading(mixed_pack().data).page_labels
    own = labels.index("Bilag 1")
    foreign = labels.index("Bilag 2")
    assert labels[:own] == [f"s. {number}" for number in range(1, own + 1)]
    assert labels[own + 1 : foreign] == [f"Bilag 1, s. {number}" for number in range(1, foreign - own)]
    assert labels[foreign + 1 :] == ["Bilag 2, s. 1", "Bilag 2, s. 2", "Bilag 2, s. 3"]
    shown = [page.extract_text() for page in reading(mixed_pack().data).pages]
    assert f"Bilag 1, side 2 af {foreign - own - 1}" in shown[own + 2]
    assert "Rapportens slutning" in shown[-1]


def test_bookmarks_nest_under_each_annex() -> None:
    found = bookmarks(mixed_pack().data)
    labels = reading(mixed_pack().data).page_labels
    assert (0, "Problemstilling", 0) in found
    assert (0, "Bilag 1 – Tal", labels.index("Bilag 1")) in found
    assert (1, "Værdien") in [(level, title) for level, title, _ in found]
    start = labels.index("Bilag 2")
    assert found[-5:] == [
        (0, "Bilag 2 – Rapport", start),
        (1, "1. Rapportens start", start + 1),
        (2, "1.1. Et underafsnit", start + 1),
        (1, "2. Rapportens midte", start + 2),
        (1, "3. Rapportens slutning", start + 3),
    ]


def test_the_list_of_annexes_links_to_each() -> None:
    labels = reading(mixed_pack().data).page_labels
    found = [target for page in range(labels.index("Bilag 1")) for target in links(mixed_pack().data, page)]
    assert labels.index("Bilag 1") in found
    assert labels.index("Bilag 2") in found


@pytest.mark.slow
def test_same_policy_twice_has_its_own_anchors() -> None:
    labels = reading(own_pack().data).page_labels
    inside = [links(own_pack().data, page) for page in range(labels.index("Bilag 2") + 1, len(labels))]
    pages = {target for targets in inside for target in targets if isinstance(target, int)}
    assert pages
    assert min(pages) > labels.index("Bilag 2")


# -- safe -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_nothing_of_a_hostile_pdf_runs_or_leaks() -> None:
    pack = write_pack(Job(project_with(AGAIN, FOREIGN, rapport=hostile_pdf()), CASE))
    raw = b"".join(_everything(pack.data))
    for word in (b"JavaScript", b"javascript", b"Launch", b"/AA", b"alert", b"ond.exe", b"Hemmelig", b"Medarbejder"):
        assert word not in raw, word
    assert list(reading(pack.data).attachments) == ["kilde.json"]
    assert "/AcroForm" not in reading(pack.data).root_object
    first: Any = reading(pack.data).pages[-3]
    assert [note.get_object()["/Subtype"] for note in first["/Annots"]].count("/Stamp") == 1, "the field is still seen"


def _everything(data: bytes) -> list[bytes]:
    """The file as it lies there, and each stream unpacked; the embedded source is docgen's own."""
    found = [data]
    reader = reading(data)
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]
        item: Any = reader.get_object(number)
        if hasattr(item, "get_data") and item.get("/Type") != "/EmbeddedFile" and item.get("/Subtype") != "/Image":
            found.append(item.get_data())
    return found


@pytest.mark.slow
def test_good_links_of_a_foreign_pdf_still_work() -> None:
    for data in (report_pdf(), hostile_pdf()):
        pack = write_pack(Job(project_with(FOREIGN, AGAIN, rapport=data), CASE))
        first = reading(pack.data).page_labels.index("Bilag 1, s. 1")
        assert links(pack.data, first) == ["https://www.kk.dk/rapport", first + 2]
        assert links(pack.data, first + 2) == [first]


@pytest.mark.slow
def test_closed_annexes_are_but_a_line() -> None:
    made = project_with(CLOSED, FOREIGN, OPEN_END)
    public, internal = write_pack(Job(made, CASE)), write_pack(Job(made, CASE, Edition.INTERNAL))
    labels = reading(public.data).page_labels
    assert "Bilag 2" in labels
    assert "Bilag 3, s. 3" in labels
    assert not any(label.startswith("Bilag 1") for label in labels)
    assert "Bilag 1 (ikke offentligt)" in reading(public.data).pages[0].extract_text().replace("\u00a0", " ")
    assert b"Hemmelig" not in b"".join(_everything(public.data))
    assert b"lukket.pdf" not in reading(public.data).attachments["kilde.json"][0]
    assert "Bilag 1, s. 3" in reading(internal.data).page_labels
    alone = project_with(CLOSED, **_WITHOUT_CITATIONS)
    assert not has_annexes(Job(alone, CASE))
    assert has_annexes(Job(alone, CASE, Edition.INTERNAL))


def test_the_source_names_every_part() -> None:
    written = reading(mixed_pack().data).attachments["kilde.json"][0]
    assert "Værdien i én sætning".encode() in written  # text that a person can read
    source = json.loads(written)
    assert source["document"] == CASE
    assert {"content/cases/sag.yaml", "content/policies/eksempel/policy.yaml"} <= set(source["files"])
    assert source["annexes"]["content/annexes/rapport.pdf"].startswith("sha256:")


def test_pages_that_cannot_be_put_in_are_told_where_they_are_attached(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pdf_assembly, "_insert", stumble)
    with pytest.raises(WriterError) as caught:
        write_pack(Job(project_with(AGAIN, FOREIGN), CASE))
    (problem,) = caught.value.problems
    assert (problem.origin.file, problem.origin.path[-1]) == ("content/cases/sag.yaml", "file")
    told = "bilaget 'rapport.pdf' har sider, der ikke kan læses; åbn det, og gem det som PDF på ny"
    assert str(problem).endswith(f": {told}")


def test_links_inside_a_foreign_pdf_are_annotations_without_a_frame() -> None:
    pages: list[Any] = list(reading(mixed_pack().data).pages)[-3:]
    inside = [link for page in pages for item in page.get("/Annots", ()) if "/Dest" in (link := item.get_object())]
    assert len(inside) > 0
    for link in inside:
        assert (link["/Type"], link["/Subtype"], list(link["/Border"])) == ("/Annot", "/Link", [0, 0, 0])


@pytest.mark.slow
def test_what_a_part_is_refused_for_is_told_where_it_stands() -> None:
    made = project_with(AGAIN, FOREIGN, summary="Her er \U00013000.")
    with pytest.raises(WriterError, match=r"cases/sag\.yaml:\d+"):
        write_pack(Job(made, CASE))
    path = "policies/eksempel/policy.yaml"
    files = dict(project_with(AGAIN, FOREIGN).content_files)
    files[path] = files[path].replace(b"Indledningens tekst.", "Her er \U00013000.".encode())
    with pytest.raises(WriterError, match=r"policy\.yaml:\d+"):
        write_pack(Job(Project(files, made.template_files, made.font_directories), CASE))


# -- the same, always -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_same_bytes_in_any_process(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", dict(project_with(AGAIN, FOREIGN).content_files))
    written = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "Europe/Copenhagen")):
        command = [sys.executable, "-m", "docgen", "build", "case", "--with-annexes", "--format", "pdf"]
        folders = ["--content", str(content), "--templates", str(ROOT / "templates"), "--output", str(tmp_path / seed)]
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        subprocess.run([*command, *folders], check=True, capture_output=True, env=surroundings)
        written.append((tmp_path / seed / "case" / "sag-med-bilag.pdf").read_bytes())
    assert written[0] == written[1] == mixed_pack().data
    trailer: Any = reading(written[0]).trailer
    assert str(trailer["/Info"]["/ModDate"]).startswith("D:20240521")


# -- the command ------------------------------------------------------------------------------------------------


def run(folder: Path, made: Project, *arguments: str) -> Any:
    content = write_content(folder / "content", dict(made.content_files))
    folders = ["--content", str(content), "--templates", str(ROOT / "templates"), "--output", str(folder / "build")]
    return CliRunner().invoke(main, ["build", "case", "--format", "html", *folders, *arguments])


@pytest.mark.slow
def test_the_command_writes_the_pack_and_says_what_it_does_not_claim(tmp_path: Path) -> None:
    result = run(tmp_path, project_with(CLOSED, FOREIGN), "--with-annexes", "--edition", "internal")
    assert result.exit_code == 0, result.output
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == ["sag-intern.html", "sag-intern-med-bilag.pdf"]
    assert (tmp_path / "build/case/sag-intern-med-bilag.pdf").read_bytes().startswith(b"%PDF-")
    notices = [line for line in result.stderr.splitlines() if line.startswith("Bemærk: ")]
    assert len(notices) == 2
    assert f"{tmp_path.as_posix()}/content/cases/sag.yaml:" in notices[0]


def test_without_the_option_or_without_annexes_there_is_no_pack(tmp_path: Path) -> None:
    assert "med-bilag" not in run(tmp_path, project_with(AGAIN, OWN)).stdout
    plain = project_with(**_WITHOUT_CITATIONS)
    assert "med-bilag" not in run(tmp_path, plain, "--with-annexes").stdout


@pytest.mark.slow
def test_the_repositorys_own_cases() -> None:
    made = repository()
    for id in ids_of(made, ["case"]):
        if has_annexes(Job(made, id)):
            try:
                pack = write_pack(Job(made, id))
            except DocgenError as error:
                pytest.fail(str(error))
            assert claims(pack.data) or pack.notices
