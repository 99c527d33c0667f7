"""A second build does only what has to be done, and its files are those of a build from nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateError, meta

from docgen import files, template_files
from docgen.build.build_report import BuildReport
from docgen.build.cache import LIST
from docgen.build.folders import read_project
from docgen.build.options import BuildOptions
from docgen.cli.main import main
from docgen.commands.build import build_documents
from docgen.folder import FolderFiles
from docgen.project import Project
from docgen.writers import formats
from tests.bench.batch import write_cases
from tests.support import house
from tests.support.contents import ROOT
from tests.support.effort import tries
from tests.support.foreign_pdfs import text_pdf

POLICY = "policies/indkoebspolitik-2023-2026"
NOTE = "cases/afdaekning-af-innovation-og-partnerskaber.yaml"
CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026"


def edit(path: str, before: str, after: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / path
        text = file.read_text("utf-8")
        file.write_text(
            text.replace(before, after) if before in text else text.replace(after, before), encoding="utf-8"
        )

    return change


EDITS = {
    "en værdi": edit(f"content/{POLICY}/responsibilities.yaml", "Appendiks: Ansvar", "Tillæg: Ansvar"),
    "en sag": edit(f"content/{NOTE}", "title: Afdækning", "title: Belysning"),
    "en opfølgning": edit("content/follow_ups/2024.yaml", "title: Opfølgning", "title: Status"),
    "kommunens navn": edit("content/settings.yaml", "name: Københavns Kommune", "name: Prøvekommunen"),
    "en skabelon": edit("templates/case.md.j2", "{% from", "{% set changed = 1 %}\n{% from"),
    "temaet": edit("templates/theme/theme.yaml", "contents: Indhold", "contents: Oversigt"),
}


def project(folder: Path) -> Path:
    """The repository's content, without its guide, which takes as long as all the others, and what is issued."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    for name in ("guides", "issued"):
        shutil.rmtree(folder / "content" / name)
    return folder


def build(folder: Path, *names: str, output: str = "ud", anew: bool = False, annexes: bool = False) -> BuildReport:
    folders = (folder / "content", folder / "templates", folder / output)
    options = BuildOptions(*folders, names, (formats.HTML,), with_annexes=annexes, incremental=not anew)
    return build_documents(options)


def written(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LIST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.slow
def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    first = build(house.project(tmp_path, house.content()))
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "ud").rglob("*")}
    again = build(tmp_path)
    assert (list(again.built), list(again.written), again.problems) == ([], [], [])
    assert sorted(again.unchanged) == sorted(first.built)
    assert again.lengths == sorted(first.lengths, key=lambda length: length.document)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "ud").rglob("*")} == times


def test_what_a_killed_run_left_is_swept_away_though_nothing_is_built(tmp_path: Path) -> None:
    build(project(tmp_path), "policy")
    left = [tmp_path / "ud/.docgen-liste.tmp", tmp_path / "ud/policy/.docgen-side.tmp"]
    for path in left:
        path.write_bytes(b"halvt")
    files._sweep.cache_clear()  # a process sweeps a folder once
    assert build(tmp_path, "policy").built == []
    assert [path for path in left if path.exists()] == []


CASES = {
    "case/afdaekning-af-innovation-og-partnerskaber",
    "case/opfoelgning-paa-indkoebspolitikken-2024",
    f"{CASE}/borgerrepraesentationen",
    f"{CASE}/oekonomiudvalget",
}
MEETING = {f"meeting/{house.HELD}/dagsorden", f"meeting/{house.HELD}/beslutningsprotokol"}
NOTED = {"case/afdaekning-af-innovation-og-partnerskaber", "follow-up/2023", "meeting/udateret-oeu/dagsorden"}

slow = partial(pytest.param, marks=pytest.mark.slow)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "anew"),
    [
        # The case has the policy for its annex, but shows nothing of it; both follow-ups are on it.
        (
            (house.POLICY, "Indledningens tekst.", "En anden tekst."),
            {"policy/eksempel", "follow-up/2023", "follow-up/2024"},
        ),
        ((house.CASE, "title: En sag", "title: Sagen"), {"case/sag", *MEETING}),
        slow((house.NOW, "title: ", "title: Ny "), {"follow-up/2024"}),
        slow((house.GUIDE, "Teksten.", "Ordene."), {"guide/vejledning"}),
        slow((house.SETTINGS, "Eksempel Kommune", "Prøvekommunen"), None),
    ],
)
def test_an_edit_of_one_file_makes_what_is_made_of_it(
    tmp_path: Path, change: tuple[str, str, str], anew: set[str] | None
) -> None:
    files = house.content()
    everything = build(house.project(tmp_path, files)).built
    path, before, after = change
    edit(f"content/{path}", before, after)(tmp_path)
    report = build(tmp_path)
    assert set(report.built) == (set(everything) if anew is None else anew)
    assert sorted([*report.built, *report.unchanged]) == sorted(everything)
    build(tmp_path, output="rent", anew=True)
    assert written(tmp_path / "ud") == written(tmp_path / "rent")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "anew"),
    [
        # The note has the policy for its annex, but shows nothing of it; both follow-ups name the note.
        ("en værdi", {"follow-up/2023", "follow-up/2024", "policy/indkoebspolitik-2023-2026"}),
        ("en sag", {*NOTED, "follow-up/2024"}),
        ("en opfølgning", {"case/opfoelgning-paa-indkoebspolitikken-2024", "follow-up/2024"}),
        ("en skabelon", CASES),
        ("temaet", None),
    ],
)
def test_an_edit_makes_only_what_depends_on_it(tmp_path: Path, name: str, anew: set[str] | None) -> None:
    everything = build(project(tmp_path)).built
    EDITS[name](tmp_path)
    report = build(tmp_path)
    assert set(report.built) == (set(everything) if anew is None else anew)
    assert sorted([*report.built, *report.unchanged]) == sorted(everything)
    build(tmp_path, output="rent", anew=True)
    assert written(tmp_path / "ud") == written(tmp_path / "rent")


@pytest.mark.slow
@settings(max_examples=tries(6, least=1), phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.sampled_from([*EDITS, "slet en fil", "ødelæg en fil", "kun sagerne"]), min_size=1, max_size=4))
def test_any_edits_end_as_a_build_from_nothing(tmp_path_factory: pytest.TempPathFactory, edits: list[str]) -> None:
    folder = project(tmp_path_factory.mktemp("projekt"))
    build(folder)
    for name in edits:
        page = folder / f"ud/{CASE}/oekonomiudvalget.html"
        if name == "slet en fil":
            page.unlink(missing_ok=True)
        elif name == "ødelæg en fil":
            page.write_text("ikke længere", encoding="utf-8")
        elif name == "kun sagerne":
            build(folder, "case")
        else:
            EDITS[name](folder)
    build(folder)
    build(folder, output="rent", anew=True)
    assert written(folder / "ud") == written(folder / "rent")


@pytest.mark.slow
def test_a_changed_annex_makes_its_pack_anew(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "content/annexes").mkdir()
    annex = tmp_path / "content/annexes/notat.pdf"
    annex.write_bytes(text_pdf("Notatet."))
    case = tmp_path / "content" / NOTE
    text = case.read_text("utf-8").replace("annexes:\n", "annexes:\n  - {id: notat, title: Notat, file: notat.pdf}\n")
    case.write_text(text, encoding="utf-8")
    id = "case/afdaekning-af-innovation-og-partnerskaber"
    assert build(tmp_path, id, annexes=True).notices
    again = build(tmp_path, id, annexes=True)
    assert again.unchanged == [id]
    assert len(again.notices) == 1
    annex.write_bytes(text_pdf("Et andet notat."))
    assert build(tmp_path, id, annexes=True).built == [id]
    (tmp_path / f"ud/{id}-med-bilag.pdf").unlink()
    assert build(tmp_path, id, annexes=True).built == [id]


@pytest.mark.slow
def test_other_tools_and_a_broken_list_make_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = build(project(tmp_path), "policy").built
    for noise in ("", "{", "[]", '{"tools": 1, "renderings": [], "remarks": 3}', json.dumps({"documents": {}})):
        (tmp_path / f"ud/{LIST}").write_text(noise, encoding="utf-8")
        assert build(tmp_path, "policy").built == everything
    listed = json.loads((tmp_path / f"ud/{LIST}").read_text("utf-8"))
    (whole,) = listed["documents"].values()
    for part, broken in (
        *(
            ("renderings", broken)
            for broken in ({"public:x": 1}, {name: {"key": 1} for name in listed["renderings"]}, {})
        ),
        ("documents", {name: {**whole, "renderings": ["policy/en-anden"]} for name in listed["documents"]}),
        ("documents", {name: {**whole, "key": "x"} for name in listed["documents"]}),
        ("remarks", {"policies/x.yaml": {"key": 1}}),
    ):
        (tmp_path / f"ud/{LIST}").write_text(json.dumps({**listed, part: broken}), encoding="utf-8")
        # With whole renderings the document is read, and then left alone.
        assert build(tmp_path, "policy").built == (everything if part != "documents" else [])
    assert build(tmp_path, "policy").built == []
    monkeypatch.setattr(files, "_code_hash", lambda: "en anden udgave af docgen")
    files.tools_key.cache_clear()
    try:
        assert build(tmp_path, "policy").built == everything
    finally:
        files.tools_key.cache_clear()


@pytest.mark.slow
def test_problems_are_told_every_time(tmp_path: Path) -> None:
    folder = project(tmp_path)
    edit("content/cases/opfoelgning-paa-indkoebspolitikken-2024.yaml", "title: ", "titel: ")(folder)
    first, again = build(folder, "case"), build(folder, "case")
    assert first.problems == again.problems != []
    assert again.built == []


def test_the_command_says_what_it_left_alone_and_can_be_made_to(tmp_path: Path) -> None:
    folder = project(tmp_path)
    folders = ["--content", str(folder / "content"), "--templates", str(folder / "templates")]
    command = ["build", "policy", *folders, "--output", str(folder / "ud"), "--format", "html"]
    runs = [CliRunner().invoke(main, [*command, *more]) for more in ([], [], ["--force"])]
    assert [len(run.stdout.splitlines()) for run in runs] == [1, 0, 1]
    assert "1 dokument er som før (--force bygger alligevel)." in runs[1].stderr


@pytest.mark.slow
def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Ctrl-C between two files: what was put in place is whole and not made again; the rest is made the next time."""
    folder = project(tmp_path)
    folders = (folder / "content", folder / "templates", folder / "ud")
    names = ("case", "meeting", "policy")
    options = BuildOptions(*folders, names, (formats.HTML,), incremental=True)
    told: list[Path] = []

    def interrupt(path: Path) -> None:
        told.append(path)
        if len(told) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_documents(options, interrupt)
    assert sorted(path for path in (folder / "ud").rglob("*") if path.is_file() and path.name != LIST) == sorted(told)
    first = {path: path.read_bytes() for path in told}
    again = build_documents(options)
    assert len(again.unchanged) == 3
    assert again.built
    build(folder, *names, output="forfra", anew=True)
    assert files_below(folder / "ud") == files_below(folder / "forfra")
    assert all(path.read_bytes() == data for path, data in first.items())
    assert build_documents(options).built == []


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LIST
    }


@pytest.mark.slow
def test_remarks_are_told_again_though_nothing_is_built(tmp_path: Path) -> None:
    folder = project(tmp_path)
    edit(f"content/{NOTE}", "title: Afdækning", "title: Afdækning den 5. Juni")(folder)
    command = ["build", "case", "--content", str(folder / "content"), "--templates", str(folder / "templates")]
    command += ["--output", str(folder / "ud"), "--format", "html"]

    def remarks(*more: str) -> list[str]:
        run = CliRunner().invoke(main, [*command, *more])
        return [line for line in run.stderr.splitlines() if "DG301" in line]

    first = remarks()
    assert len(first) == 1
    assert f"{NOTE.split('/')[1]}:" in first[0]
    assert remarks() == first
    edit("content/cases/opfoelgning-paa-indkoebspolitikken-2024.yaml", "title: Opfølgning", "title: Status")(folder)
    assert remarks() == first
    edit(f"content/{NOTE}", "5. Juni", "5. juni")(folder)
    assert remarks() == []
    assert remarks("--force") == []


@pytest.mark.slow
def test_remarks_are_told_to_who_asks_and_name_the_folder_as_the_caller_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path)
    edit(f"content/{NOTE}", "title: Afdækning", "title: Afdækning den 5. Juni")(folder)
    monkeypatch.chdir(folder)

    def remarks(content: Path, proofread: bool = True) -> list[str]:
        folders = (content, Path("templates"), Path("ud"))
        options = BuildOptions(*folders, ("case",), (formats.HTML,), proofread=proofread, incremental=True)
        return list(build_documents(options).remarks)

    assert remarks(Path("content"), proofread=False) == []
    (near,) = remarks(Path("content"))
    (far,) = remarks(folder / "content")
    assert near.startswith(f"content/{NOTE}:")
    assert far == f"{folder.as_posix()}/{near}"


TAKING = {
    "sag.md.j2": b'{% from "dele.md.j2" import liste with context %}',
    "dele.md.j2": b"{%- include 'mere.md.j2' ignore missing -%}",
    "mere.md.j2": b'{% extends "sag.md.j2" %}',
    "andet.md.j2": b"{{ navn }}",
    "frit.md.j2": b'{% include navn ~ ".md.j2" %}',
    "theme/page.html.j2": b"<p>",
    "theme/style.css": b"p {}",
}


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("sag.md.j2", {"andet.md.j2", "frit.md.j2"}),
        ("andet.md.j2", {"sag.md.j2", "dele.md.j2", "mere.md.j2", "frit.md.j2"}),
        ("frit.md.j2", set()),  # it may take in any
    ],
)
def test_a_document_is_made_of_the_templates_it_takes_in(name: str, without: set[str]) -> None:
    assert set(template_files.needed(name, TAKING)) == TAKING.keys() - without


PIECES = [
    '{% from "a.j2" import x with context %}', "{%- include 'b.j2' ignore missing -%}", '{% extends "c.j2" %}',
    '{% import "d.j2" as d %}', '{# {% include "e.j2" %} #}', "{#- {% import 'f.j2' as f %} -#}", "import af varer",
    "{% raw %}{% include 'g.j2' %}{% endraw %}", "{% include 'h.j2'-%}", "{{ 'include' }}", "{% set a = '%}' %}",
    "{% include ['i.j2', 'j.j2'] %}", "{% include x %}", "{% include 'k' ~ '.j2' %}", "{% set b = '{#' %}", "#}", "{#",
    "{% if x %}", "{% endif %}", "{{ 'from' }}", "{%include 'l.j2'%}",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=6))
@settings(max_examples=tries(200))
def test_what_a_template_takes_in_is_what_jinja_says(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    try:
        said = set(meta.find_referenced_templates(Environment().parse(text)))
    except TemplateError:
        return
    others = {f"{letter}.j2": b"" for letter in "abcdefghijkl"}
    taken = template_files.needed("sag.j2", {"sag.j2": text.encode(), **others}).keys() - {"sag.j2"}
    assert taken == (others.keys() if None in said else said)


def test_building_tells_of_a_cpr_number_in_what_a_case_attaches(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "content/annexes").mkdir()
    for name in ("notat.pdf", "uden-for-sagen.pdf"):
        (tmp_path / "content/annexes" / name).write_bytes(text_pdf("CPR-nr. 070761-4285"))
    edit(f"content/{NOTE}", "annexes:\n", "annexes:\n  - {id: notat, title: Notat, file: notat.pdf}\n")(tmp_path)
    folders = (tmp_path / "content", tmp_path / "templates", tmp_path / "ud")
    options = BuildOptions(*folders, ("case",), (formats.HTML,), proofread=True, incremental=True)
    for _ in range(2):  # the second time it is remembered
        told = [line for line in build_documents(options).remarks if "DG601" in line]
        assert [("/annexes/notat.pdf" in line, "uden-for" in line) for line in told] == [(True, False)]


def test_of_very_many_documents_the_files_are_not_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made, and what a second build leaves as it is, is the same; a lost or changed file is seen as before."""
    content = write_cases(tmp_path / "content", 6)
    read: list[FolderFiles] = []

    def kept(*folders: Path) -> Project:
        project = read_project(*folders)
        assert isinstance(project.content_files, FolderFiles)
        read.append(project.content_files)
        return project

    monkeypatch.setattr("docgen.commands.build.read_project", kept)
    built = []
    for most, name in ((1_000, "få"), (2, "mange"), (2, "mange")):
        monkeypatch.setattr("docgen.build.run.MANY", most)
        options = BuildOptions(
            content, ROOT / "templates", tmp_path / name, ("case",), (formats.HTML,), incremental=True
        )
        built.append(build_documents(options))
    assert (built[0].built, built[2].unchanged) == (built[1].built, built[1].built)
    assert files_in(tmp_path / "få") == files_in(tmp_path / "mange")
    cases = sum(path.stat().st_size for path in (content / "cases").iterdir())
    assert read[0].in_memory - read[1].in_memory >= cases
    assert read[0].in_memory - read[2].in_memory >= cases


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
