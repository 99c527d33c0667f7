"""A build reads no more of a folder than what it makes is made of, and it makes the same of that as of the whole."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import pipeline
from docgen.build.batch import Batch, Built, Target, make_batch
from docgen.build.folders import read_project
from docgen.build.options import BuildOptions
from docgen.build.selection import problems_of_invalid
from docgen.commands import check as checking
from docgen.commands.build import build_documents
from docgen.content import load
from docgen.content.graph import Graph
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_values import Map
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.edition import Edition
from docgen.problems import Problem
from docgen.project import Project
from docgen.structs import replace
from docgen.writers import formats
from tests.bench.batch import write_cases
from tests.support.contents import ALL_KINDS, ROOT, ids_of, repository, write_content
from tests.support.effort import some_of
from tests.support.examples_project import example_files, examples
from tests.support.house import content as content_of_all_kinds

PROJECTS = {"repository": repository, "examples": examples}
slow = partial(pytest.param, marks=pytest.mark.slow)
NOTE = "case/afdaekning-af-innovation-og-partnerskaber"


@pytest.mark.slow
@pytest.mark.parametrize("name", PROJECTS)
def test_a_document_is_the_same_made_of_its_own_files_alone(name: str) -> None:
    whole = PROJECTS[name]()
    for document in some_of(whole.graph.documents):
        part = whole.part_of([document])
        ids = ids_of(whole, [str(document)])
        assert ids_of(part, [str(document)]) == ids != ()
        for id in ids:
            for edition in Edition:
                assert pipeline.source_of(part, id, edition) == pipeline.source_of(whole, id, edition)
            assert pipeline.build_tree(part, id) == pipeline.build_tree(whole, id)


def test_a_policy_needs_no_case_and_a_case_no_other() -> None:
    graph, annexes = examples().graph, ["annexes/liste.pdf", "annexes/rapport.pdf"]
    assert [path for path in graph.needed(parse_id("case/beslutning")) if path.startswith("cases/")] == [
        "cases/beslutning.yaml"
    ]
    assert [path for path in graph.needed(parse_id("case/beslutning")) if path.startswith("annexes/")] == annexes
    assert all(path.startswith("policies/") for path in graph.needed(parse_id("policy/indkoebspolitik-2023-2026")))
    assert {path.split("/")[0] for path in graph.needed(parse_id("meeting/2024-06-20-br"))} >= {"meetings", "cases"}


def case(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "line",
    [
        "annexes: [{id: a, title: A, file: notat.pdf}, {id: b, title: B, document: policy/p}]",
        'annexes: [{id: a, title: A, "file": "notat.pdf"}, {id: b, title: B, "document": "policy/p"}]',
        "annexes: [{file : 'notat.pdf', document: 'policy/p'}]",
        "annexes:\n- file:   notat.pdf   # den endelige\n- document: &p policy/p\n",
        "annexes:\n- file: >-\n    notat.pdf\n- document: |-\n    policy/p\n",
        "annexes:\n- file: |-\n    notat.pdf\n- document:\n    policy/p\n",
        'annexes: [{file: "not\\u0061t.pdf"}, {document: "polic\\x79/p"}]',
        'annexes: [{file: "notat.\\\n   pdf", document: "policy\\/p"}]',
    ],
)
def test_however_a_reference_is_written(line: str) -> None:
    files = {"cases/sag.yaml": case("title: Sag", line), "policies/p/policy.yaml": b"", "annexes/notat.pdf": b""}
    read_yaml("cases/sag.yaml", files["cases/sag.yaml"])
    assert Graph({**files, "annexes/andet.pdf": b""}, ALL_KINDS).needed(parse_id("case/sag")) == tuple(sorted(files))


@pytest.mark.parametrize("name", ["årets notat (2).pdf", "it's.pdf", "a: b.pdf", "notat.pdf.pdf", "#1.pdf"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_files_name_can_be_any(name: str, quote: str) -> None:
    written = name.replace("'", "''") if quote == "'" else name
    files = {"cases/sag.yaml": f"annexes:\n- file: {quote}{written}{quote}\n".encode(), f"annexes/{name}": b""}
    assert Graph(files, ALL_KINDS).needed(parse_id("case/sag")) == tuple(sorted(files))


def test_follow_ups_lean_on_each_other_and_on_the_cases_they_name() -> None:
    graph = repository().graph
    assert set(graph.needed(parse_id("follow-up/2023"))) == set(graph.needed(parse_id("follow-up/2024")))
    assert "cases/afdaekning-af-innovation-og-partnerskaber.yaml" in graph.needed(parse_id("follow-up/2024"))
    # A case that quotes a follow-up leans on all that this does.
    assert set(graph.needed(parse_id("follow-up/2024"))) < set(
        graph.needed(parse_id("case/opfoelgning-paa-indkoebspolitikken-2024"))
    )


@pytest.mark.slow
@given(
    st.dictionaries(st.from_regex(r"(cases/|policies/p/|meetings/|annexes/)?[a-z.]{1,9}", fullmatch=True), st.binary())
)
def test_any_folder_has_a_graph(files: dict[str, bytes]) -> None:
    graph = Graph(files, ALL_KINDS)
    for document in graph.documents:
        assert set(graph.own_files(document)) <= set(graph.needed(document)) <= files.keys()


_HIDDEN = (r"\x70olicy/x", r"\u0070olicy/x", r"\U00000070olicy/x", r"policy\/x", "pol\\\n  icy/x", "pol\\\r\n  icy/x")


@pytest.mark.parametrize("written", _HIDDEN)
def test_a_document_is_found_however_its_name_is_escaped(written: str) -> None:
    own = f'annexes:\n  - {{id: p, document: "{written}"}}\n'.encode()
    graph = Graph({"cases/a.yaml": own, "policies/x/policy.yaml": b"title: x\n"}, ALL_KINDS)
    assert "policies/x/policy.yaml" in graph.needed(DocumentId("case", "a"))


@pytest.mark.parametrize("written", [r"et\ bilag.pdf", r"et\x20bilag.pdf"])
def test_an_annex_is_found_however_its_name_is_escaped(written: str) -> None:
    own = f'annexes:\n  - {{id: p, file: "{written}"}}\n'.encode()
    graph = Graph({"cases/a.yaml": own, "annexes/et bilag.pdf": b"%PDF-"}, ALL_KINDS)
    assert "annexes/et bilag.pdf" in graph.own_files(DocumentId("case", "a"))


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_only_what_is_asked_for_is_read(tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    files = example_files()
    files["cases/droeftelse.yaml"] = b"\xff ikke YAML"
    read: list[str] = []
    if jobs == 1:

        def reading(name: str, data: bytes) -> Map:
            read.append(name)
            return read_yaml(name, data)

        monkeypatch.setattr(load, "read_yaml", reading)
    options = BuildOptions(
        write_content(tmp_path / "content", files), ROOT / "templates", tmp_path, ("case/beslutning",), (formats.TREE,)
    )
    report = build_documents(replace(options, jobs=jobs))
    assert (report.problems, len(report.built)) == ([], 3)
    assert all("cases" not in name or name.endswith("/beslutning.yaml") for name in read)
    everything = build_documents(replace(options, jobs=jobs, documents=("case",)))
    assert {problem.origin.file.rpartition("/")[2] for problem in everything.problems} == {"droeftelse.yaml"}


@pytest.mark.slow
def test_what_is_not_there_is_told_by_all_that_is(tmp_path: Path) -> None:
    """Hints know the whole folder, though only a part of it is read."""
    files = example_files()
    meeting = files["meetings/2024-09-17-oeu.yaml"].replace(b"case: ", b"case: x", 1)
    case = files["cases/beslutning.yaml"].replace(b"file: rapport.pdf", b"file: raport.pdf")
    content = write_content(
        tmp_path / "content", {**files, "meetings/2024-09-17-oeu.yaml": meeting, "cases/beslutning.yaml": case}
    )
    for names in (("case/beslutning", "meeting/2024-09-17-oeu"), ()):
        report = build_documents(BuildOptions(content, ROOT / "templates", tmp_path, names, (formats.TREE,)))
        told = [str(problem) for problem in report.problems if "findes ikke" in problem.message]
        assert sorted("mente du" in line for line in told) == [True, True]


@pytest.mark.slow
def test_batch_make_what_one_call_makes(tmp_path: Path) -> None:
    """More documents than are made at a time, in this process: the same files, counted and told in the same order."""
    content = write_cases(tmp_path / "content", 70)
    counts: list[tuple[int, int]] = []
    options = BuildOptions(content, ROOT / "templates", tmp_path / "alle", ("case",), (formats.TREE,), incremental=True)
    report = build_documents(options, counted=lambda done, total: counts.append((done, total)))
    assert counts == [(done, 70) for done in range(1, 71)]
    assert report.built == sorted(report.built)
    alone = replace(options, output=tmp_path / "en", documents=(report.built[40],), incremental=False)
    assert build_documents(alone).written[0].read_bytes() == report.written[40].read_bytes()
    edited = content / f"cases/{report.built[50].removeprefix('case/')}.yaml"
    edited.write_bytes(edited.read_bytes().replace(b"title: ", b"title: Ny ", 1))
    again = build_documents(options)
    assert (list(again.built), len(again.unchanged)) == ([report.built[50]], 69)


@pytest.mark.slow
def test_one_rendering_is_not_taken_for_the_whole_case(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", example_files())
    options = BuildOptions(
        content, ROOT / "templates", tmp_path, ("case/beslutning",), (formats.TREE,), incremental=True
    )
    every = list(ids_of(examples(), ["case/beslutning"]))
    assert build_documents(replace(options, documents=(every[0],))).built == every[:1]
    report = build_documents(options)
    assert (list(report.unchanged), list(report.built)) == (every[:1], every[1:])
    assert build_documents(options).unchanged == every


def test_a_part_of_a_project_knows_what_else_there_is() -> None:
    part = repository().part_of([parse_id("policy/indkoebspolitik-2023-2026")])
    assert isinstance(part, Project)
    assert not any(path.startswith("cases/") for path in (*part.content_files, *part.known))
    cases = {path for path in repository().content_files if path.startswith("cases/")}
    assert cases <= set(repository().part_of([parse_id("follow-up/2024")]).known)


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "et ukendt felt": lambda data: data + b"\nukendt: felt\n",
    "ikke YAML": lambda data: b"a: [",
    "tom": lambda data: b"",
}
MISPLACED = {"cases/x.yml": b"", "cases/sub/y.yaml": b"", "follow_ups/24.yaml": b"", "guides/Forkert.yaml": b"a: b"}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", PROJECTS)
def test_faults_are_those_of_the_whole_folder(name: str, fault: str) -> None:
    """Any file at fault: each document, read alone, has the very problems that it has among all the others."""
    sound = PROJECTS[name]()
    for path in sorted(path for path in sound.content_files if sound.graph.shared.count(path) == 0):
        if path.startswith("annexes/"):
            continue
        files = {**sound.content_files, path: FAULTS[fault](sound.content_files[path]), **MISPLACED}
        whole = replace(sound, content_files=files)
        assert len(whole.content.invalid) > len(MISPLACED)
        for document in whole.graph.documents:
            part = whole.part_of([document])
            assert problems_of_invalid(part.content, [str(document)]) == problems_of_invalid(
                whole.content, [str(document)]
            )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "names", "stops"),
    [
        ("cases/x.yml", ("case",), True),
        slow("cases/x.yml", (), True),
        ("cases/x.yml", ("policy",), False),
        slow("cases/mappe/x.yaml", (), True),
        ("policies/indkoebspolitik-2023-2026/values/uden-nummer.yaml", ("policy",), True),
        ("sager/x.yaml", ("policy",), False),
        ("noter.txt", ("policy",), False),
        slow("noter.txt", (), False),
    ],
)
def test_a_file_out_of_place_is_told(tmp_path: Path, path: str, names: tuple[str, ...], stops: bool) -> None:
    """As a problem of the document that it belongs to, where that is built; else as what is not well elsewhere."""
    content = write_content(tmp_path / "content", {**example_files(), path: b"a: b\n"})
    report = build_documents(BuildOptions(content, ROOT / "templates", tmp_path, names, (formats.TREE,)))
    place = (content / path).as_posix()

    def told(problems: Iterable[Problem]) -> list[str]:
        return [problem.origin.file for problem in problems if problem.message == "filen hører ikke til her"]

    assert (told(report.problems), told(report.elsewhere)) == (([place], []) if stops else ([], [place]))


@pytest.mark.slow
def test_checking_a_document_tells_of_it_and_what_it_is_made_of(tmp_path: Path) -> None:
    files = {**example_files(), "cases/droeftelse.yaml": b"a: [", "cases/orientering.yaml": b"title: 7\n"}
    files["policies/indkoebspolitik-2023-2026/responsibilities.yaml"] = b"id: 7\n"
    content = write_content(tmp_path / "content", files)

    def told(*names: str) -> set[str]:
        problems = checking.check_content(content, ROOT / "templates", names)
        return {problem.origin.file.rpartition("/")[2] for problem in problems}

    assert told("case/droeftelse") == {"droeftelse.yaml"}
    assert told("case/ingen") == {"ingen"}  # the others are not its fault
    assert told("case/beslutning") == {"responsibilities.yaml"}  # it attaches the policy
    assert told() >= {"droeftelse.yaml", "orientering.yaml", "responsibilities.yaml"}


@pytest.mark.slow
@pytest.mark.parametrize("path", ["noter.txt", "cases/sag.yaml"])
@pytest.mark.parametrize("names", [(), ("case/sag",), ("guide",)])
def test_checking_names_the_folder_as_it_is_called(tmp_path: Path, path: str, names: tuple[str, ...]) -> None:
    content = write_content(tmp_path / "indhold", {**content_of_all_kinds(), path: b"a: ["})
    found = checking.check(checking.CheckOptions(names, content, ROOT / "templates"))
    told = {problem.origin.file for problem in (*found.problems, *found.elsewhere)}
    assert (content / path).as_posix() in told
    assert all(file.startswith(f"{content.as_posix()}/") for file in told)


def test_what_is_made_leaves_no_job_for_the_garbage_collector(tmp_path: Path) -> None:
    content = write_cases(tmp_path / "content", 2)
    project = read_project(content, ROOT / "templates")
    ids = ids_of(project, ["case"])
    target = Target(formats.default_formats())
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(one, pipeline.Job) for one in gc.get_objects())
        made = list(make_batch(Batch(project, {parse_id(id): (id,) for id in ids}, target)))
        after = sum(isinstance(one, pipeline.Job) for one in gc.get_objects())
    finally:
        gc.enable()
    assert [str(one.id) for one in made if isinstance(one, Built) and one.outputs] == list(ids)
    assert after == before
