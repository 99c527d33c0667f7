"""Projects of earlier formats, frozen as they were: migrated, they say the same words; nothing else in them changes."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from docgen import pipeline
from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.commands.init import PACKAGE, shipped_templates
from docgen.content import migrations
from docgen.content.migrations import FORMAT, STEPS, format_of, migrate
from docgen.content.yaml_reader import comments, read_yaml
from docgen.problems import DocgenError
from docgen.structs import replace
from docgen.tree.document import Division, Document, Role, texts
from tests.support.contents import ROOT, ids_of, small_content

FROZEN = sorted(path for path in (ROOT / "tests/frozen").iterdir() if (path / "words.json").is_file())
"""A folder a project: `1-init` is one of format 1, and `words.json` what its documents said then."""
NAMES = [path.name for path in FROZEN]


@pytest.fixture(params=FROZEN, ids=NAMES)
def frozen(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def project(frozen: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(frozen, tmp_path / "projekt"))


def run(project: Path, *arguments: str) -> Result:
    folders = ["--content", str(project / "content"), "--templates", str(project / "templates")]
    return CliRunner().invoke(main, [*arguments, *folders])


def test_there_is_a_frozen_project_of_every_earlier_format() -> None:
    assert {int(name.partition("-")[0]) for name in NAMES} >= set(range(1, FORMAT))
    assert [step.to for step in STEPS] == list(range(2, FORMAT + 1))


def test_an_older_folder_says_what_to_type(project: Path) -> None:
    number = format_of((project / "content/settings.yaml").read_bytes())
    result = run(project, "list")
    shown = f"indholdet er i format {number}, og denne docgen læser format {FORMAT}; skriv docgen migrate"
    assert (result.exit_code, result.stderr) == (1, f"{project.as_posix()}/content/settings.yaml: {shown}\n1 fejl.\n")


@pytest.mark.slow
def test_migrated_it_says_the_same_words(frozen: Path, project: Path) -> None:
    assert run(project, "migrate").exit_code == 0
    made = read_project(project / "content", project / "templates")
    said = json.loads((frozen / "words.json").read_text("utf-8"))
    assert sorted(ids_of(made)) == sorted(said)
    for id, words in said.items():
        tree = pipeline.build_tree(made, id)
        if id.startswith("policy/"):
            assert _of_no_form(_words(tree)) == _of_no_form(words), id
            continue
        now = [" ".join(text.replace(tree.fingerprint, "·").split()) for text in texts(tree)]
        assert now == words, id
    assert run(project, "check").exit_code == 0


def test_a_dry_run_writes_nothing_and_tells_the_same(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    dry = run(project, "migrate", "--dry-run")
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    real = run(project, "migrate")
    assert (dry.stdout, dry.exit_code) == (real.stdout, real.exit_code)
    assert f"+format: {FORMAT}" in real.stdout
    assert "Intet er skrevet" in dry.stderr
    now = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    changed = [path for path, data in now.items() if before.get(path) != data]
    assert sorted(path.as_posix() for path in changed) == [
        line for line in real.stdout.splitlines() if not line.startswith(" ")
    ]
    again = run(project, "migrate")
    assert (again.stdout, again.stderr) == ("", f"Projektet er allerede i format {FORMAT}.\n")


def test_every_comment_stays(project: Path) -> None:
    before = {path: path.read_bytes() for path in (project / "content").rglob("*.yaml")}
    run(project, "migrate")
    for path, data in before.items():
        old, new = (
            [comment.text for comment in comments(given.decode(), read_yaml(path.name, given))]
            for given in (data, path.read_bytes())
        )
        assert new == old, path


@pytest.mark.slow
def test_a_template_of_ones_own_is_named_and_left_alone(project: Path) -> None:
    own, untouched = project / "templates/case.md.j2", project / "templates/theme/layout.typ"
    own.write_bytes(changed := own.read_bytes() + b"{# vores egen #}\n")
    result = run(project, "migrate")
    assert own.read_bytes() == changed
    assert f"Bemærk: {own.as_posix()} er jeres egen" in result.stderr
    assert untouched.read_bytes() == shipped_templates()["theme/layout.typ"]
    assert "theme" not in result.stderr


def test_what_is_issued_is_never_touched() -> None:
    path = ROOT / "tests/frozen/1-repository"
    files = {
        f"{folder}/{found.relative_to(path / folder).as_posix()}": found.read_bytes()
        for folder in ("content", "templates")
        for found in (path / folder).rglob("*")
        if found.is_file()
    }
    assert any(name.startswith("content/issued/") for name in files)
    assert not any(name.startswith("content/issued/") for name in migrate(files).changed)


def test_a_source_that_an_issued_record_carries_is_read_by_todays_code() -> None:
    """The adopted policy's own, of format 1: the same words, wherever they stand."""
    from docgen.kinds.registry import KINDS
    from docgen.ledger import records as ledger
    from docgen.ledger.rebuild import job_of_source

    files = read_project(ROOT / "content", ROOT / "templates").content_files
    record = ledger.records(files)[0]
    assert format_of(record.source["files"]["content/settings.yaml"].encode()) == 1
    job = job_of_source(record.source_bytes, (), KINDS)
    now = pipeline.build_tree(read_project(ROOT / "content", ROOT / "templates"), record.document)
    assert _of_no_form(_words(job.tree)) == _of_no_form(_words(now))


_REPEATS = (Role.PULL_QUOTE, Role.BACK_COVER)
# A policy's purchases were a table with a number and are key figures now; its colophon tells a single version in one
# line, where to ask, and no fingerprint. The figures themselves are what `words_hash` proves.
_FORM = frozenset(
    (
        "Tabel 1. Kommunens indkøb i 2021",
        "Område",
        "mia. kr.",
        "10,7",
        "3,1",
        "I alt",
        "13,8",
        "Kommunens indkøb i 2021: 13,8 mia. kr. i alt",
        "10,7 mia. kr.",
        "3,1 mia. kr.",
        "Fingeraftryk",
        "·",
        "Hjemmeside",
        "https://www.kk.dk",
        "https://www.example.org",
        "Versioner",
        "Version",
        "Dato",
        "Hvad er nyt",
        "1.0",
        "1.12.2022",
        "1.0, 1. december 2022",
        "Vedtaget af Borgerrepræsentationen",
        "1.0, 1. december 2022. Vedtaget af Borgerrepræsentationen",
    )
)
"""What the template of a policy has said around the content in one form or another of it."""


def _of_no_form(words: list[str]) -> list[str]:
    return [text for text in words if text not in _FORM]


def _words(document: Document) -> list[str]:
    """What a document says, without what its form alone repeats; the fingerprint in a colophon tells the form of its
    source, too."""

    def without_repeats(node: Any) -> Any:
        blocks = getattr(node, "blocks", ())
        kept = tuple(
            without_repeats(block) for block in blocks if not (isinstance(block, Division) and block.role in _REPEATS)
        )
        return replace(node, blocks=kept) if blocks else node

    said = texts(without_repeats(document))
    return [" ".join(text.split()) for text in said if text != document.fingerprint]


@given(st.sampled_from(["", "\ufeff"]), st.integers(1, 9999), st.sampled_from(["", "  ", "  # note", "\r"]))
def test_the_format_is_told_however_it_is_written(mark: str, number: int, end: str) -> None:
    assert format_of(f"{mark}format: {number}{end}\nmunicipality: x\n".encode()) == number
    assert format_of(f"# format: {number}\n  format: {number}\n".encode()) == 1


@pytest.mark.parametrize(("settings", "told"), [(f"format: {FORMAT + 1}\n", "opdatér docgen"), ("", "docgen migrate")])
def test_another_format_is_refused_in_one_sentence(settings: str, told: str) -> None:
    from docgen.content.load import load_content
    from tests.support.contents import ALL_KINDS

    with pytest.raises(DocgenError) as caught:
        load_content({**small_content(), "settings.yaml": settings.encode() + b"ukendt: x\n"}, ALL_KINDS)
    (problem,) = caught.value.problems
    assert problem.hint.endswith(told)


def test_todays_templates_are_known_to_the_next_docgen(pytestconfig: pytest.Config) -> None:
    """`make golden` adds them: a project made with them can be told from one that has changed them."""
    path = PACKAGE / "starter/earlier_templates.json"
    known: dict[str, list[str]] = json.loads(path.read_bytes())
    now = {f"templates/{name}": hashlib.sha256(data).hexdigest() for name, data in shipped_templates().items()}
    if pytestconfig.getoption("--update"):
        for name, found in now.items():
            known[name] = sorted({*known.get(name, []), found})
        path.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")
    else:
        assert {name for name, found in now.items() if found not in known.get(name, [])} == set()


def test_a_step_that_fails_writes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    (project / "content/settings.yaml").write_bytes(before[project / "content/settings.yaml"] + b"a: [\n")
    result = run(project, "migrate")
    assert result.exit_code == 1
    assert "settings.yaml:" in result.stderr
    assert {path: path.read_bytes() for path in before if path.name != "settings.yaml"} == {
        path: data for path, data in before.items() if path.name != "settings.yaml"
    }
    assert migrations.FORMAT == FORMAT
