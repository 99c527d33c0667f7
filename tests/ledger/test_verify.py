"""`docgen verify`: what a file is, whether the chain of records is whole, and what is only claimed."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from docgen import pipeline
from docgen.archive import ARCHIVE, Archive
from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.commands import build as building
from docgen.commands import verify as verifying
from docgen.commands.issue import issue_document
from docgen.commands.verify import as_text, exit_code
from docgen.files import installed
from docgen.ledger import rebuild as ledger_rebuild
from docgen.ledger import records as ledger
from docgen.ledger.confined import said_confined, written_confined
from docgen.ledger.rebuild import rebuild
from docgen.ledger.verdicts import Check, Result, Verdict, changed_makers, verify_file, verify_ledger
from docgen.problems import Origin
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import Document
from docgen.writers import formats
from tests.conftest import Golden
from tests.faults.projects import MEETING, issuing_project
from tests.support.contents import REAL_POLICY, ROOT, repository, write_content
from tests.support.effort import tries
from tests.support.examples_project import example_files
from tests.support.foreign_pdfs import report_pdf
from tests.support.issued import options, run, small_ledger


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return issuing_project(tmp_path)


@pytest.mark.slow
def test_verify_says_what_a_file_is(project: Path) -> None:
    issued = issue_document(options(project))
    result = run(project, "verify", *map(str, issued.written))
    assert (result.exit_code, result.stdout.count("uændret: hver byte er som udstedt")) == (0, 3)
    assert f"til mødet {MEETING} (2024-06-20)" in result.stdout
    result = run(project, "verify")
    assert (result.exit_code, result.stdout.splitlines()[1]) == (0, "  ja  kæden: hel, 1 post")
    for path in issued.written:
        path.write_bytes(path.read_bytes() + b"\n")
    result = run(project, "verify", *map(str, issued.written))
    assert (result.exit_code, result.stdout.count("mindst én byte er en anden")) == (1, 3)
    assert result.stdout.count(f"{REAL_POLICY} 1.0: Indkøbspolitik 2023-2026") == 3, (
        "it still says what it claims to be"
    )
    result = run(project, "verify", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)[0]["checks"]
    assert [check["finding"] for check in found] == ["holder", "holder", *["holder ikke"] * 3]


@pytest.mark.slow
def test_a_pdf_alone_is_enough(project: Path, tmp_path: Path) -> None:
    data = issue_document(options(project)).written[0].read_bytes()
    verdict = verify_file("x.pdf", data, None, installed(), repository().font_directories)
    assert [check.result for check in verdict.checks] == [Result.UNTRIED, Result.HOLDS]
    assert verdict.issued == f"{REAL_POLICY} (efter filens eget udsagn)"


@pytest.mark.slow
def test_what_could_not_be_tried_is_no_proof(project: Path) -> None:
    """Without a ledger only a file that is made again byte for byte holds; the rest is told apart in words."""
    data = issue_document(options(project)).written[0].read_bytes()
    locked = PdfWriter(clone_from=io.BytesIO(data))
    locked.encrypt("hemmelig")
    secret = io.BytesIO()
    locked.write(secret)
    told = {
        "ingen.txt": (b"ingenting", "filen er hverken PDF, DOCX eller HTML"),
        "anden.pdf": (report_pdf(), "filen bærer ikke sin kilde, og ingen post passer til den"),
        "laast.pdf": (secret.getvalue(), "filen er beskyttet med adgangskode"),
        "halv.pdf": (data[:2000], "filen er ødelagt og kan ikke læses"),
        "aendret.pdf": (
            data + b"\n",
            "andre bytes; filen er ændret, eller den er lavet med en anden Typst end den her",
        ),
    }
    folder = project / "andetsteds"
    folder.mkdir()
    for name, (given_bytes, words) in told.items():
        path = folder / name
        path.write_bytes(given_bytes)
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(folder)])
        assert (result.exit_code, words in result.stdout) == (1, True), name
    (folder / "god.pdf").write_bytes(data)
    result = CliRunner().invoke(main, ["verify", str(folder / "god.pdf"), "--content", str(folder)])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (3, "  = i orden i sig selv, men ikke bevist")


def test_what_another_docgen_made_is_neither_proved_nor_denied_without_a_ledger(tmp_path: Path) -> None:
    """As the policy of 2022, from somebody's mail: this docgen makes other bytes, and that tells nothing of it."""
    adopted = read_project(ROOT / "content", ROOT / "templates")
    (tmp_path / "politik.pdf").write_bytes(rebuild(adopted, f"{REAL_POLICY}@1.0")[1]["pdf"])
    result = CliRunner().invoke(main, ["verify", str(tmp_path / "politik.pdf"), "--content", str(tmp_path)])
    assert "genopbygning: kan ikke prøves her: filen er lavet med docgen 0.1.0" in result.stdout
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (3, "  = kan ikke prøves her, og ikke bevist")
    known = CliRunner().invoke(main, ["verify", str(tmp_path / "politik.pdf"), "--content", str(ROOT / "content")])
    assert known.exit_code == 0, known.stdout


def test_only_what_the_record_names_is_said_to_be_another() -> None:
    record = ledger.records(small_ledger())[0]
    made = replace(record, made_with={"docgen-code": "a", "typst": "1", "lxml": "2"})
    assert changed_makers(made, {"docgen-code": "b", "typst": "1", "matplotlib": "3"}) == ["docgen selv", "lxml"]


@pytest.mark.slow
def test_a_foreign_file_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    """Neither its name nor what it says of itself; as JSON it can be read back."""
    source = json.loads(pipeline.source_of(repository(), REAL_POLICY))
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("kilde.json", json.dumps({**source, "document": "policy/\x1b[31m\x9b\u202ex"}).encode())
    path = tmp_path / "a\x9b31m.pdf"
    with path.open("wb") as file:
        writer.write(file)
    for arguments in ([], ["--json"]):
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(tmp_path), *arguments])
        assert result.exit_code == 1
        assert all(sign.isprintable() or sign == "\n" for sign in result.stdout)
    assert json.loads(result.stdout)[0]["file"] == path.as_posix()


@pytest.mark.slow
def test_what_is_told_of_a_file(golden: Golden) -> None:
    files, issued = _real_ledger()
    known, fonts = ledger.read_ledger(files), repository().font_directories
    (record,) = known.records
    here = dict(record.made_with)
    other = {**here, "typst": "0"}
    plain = report_pdf()
    tried: Any = {"rebuild_strange": written_confined, "read_strange": said_confined, "archive": _archive()}
    look = pipeline.write(new_look := _new_look(), pipeline.build_tree(new_look, REAL_POLICY), formats.PDF)

    def tell(name: str, data: bytes, chain: ledger.Ledger | None = known, made: Mapping[str, str] = here) -> Verdict:
        return verify_file(name, data, chain, made, fonts, **tried)

    verdicts = [
        *(tell(f"god.{name}", data) for name, data in sorted(issued.items())),
        *(tell(f"ny.{name}", data + b"\n") for name, data in sorted(issued.items())),
        tell("anden-typst.pdf", issued["pdf"] + b"\n", known, other),
        tell("ny-form.pdf", look),
        tell("uden-kaede.pdf", issued["pdf"], None),
        tell("uden-kaede.html", issued["html"], None),
        tell("aendret-uden-kaede.pdf", issued["pdf"] + b"\n", None),
        tell("senere.pdf", _later_pdf()),
        tell("fremmed.pdf", plain),
        tell("tekst.txt", b"ingenting"),
        verify_ledger(
            known, {record.files["pdf"].path: issued["pdf"], record.files["html"].path: b"andet"}, _archive()
        ),
        verify_ledger(ledger.read_ledger({**files, ledger.HEAD: b"{}"}), {}),
        verify_ledger(ledger.read_ledger(small_ledger()), {}),
    ]
    golden("verify.txt", "\n".join(map(as_text, verdicts)) + "\n")
    assert [verdict.holds for verdict in verdicts] == [True] * 3 + [False] * 5 + [True] + [False] * 7 + [True]
    assert [exit_code([verdict]) for verdict in verdicts] == [0] * 3 + [1] * 5 + [3] + [1] * 7 + [0]


def _new_look() -> Project:
    """The policy with its own words, in another look."""
    found = replace(repository(), content_files=example_files())
    path = "policy_frame.md.j2"
    template = found.template_files[path].replace(b"Status\n", b"Tilstand\n")
    return replace(found, template_files={**found.template_files, path: template})


def _later_pdf() -> bytes:
    """The policy as it could be after it was issued: the same document with other words."""
    files = example_files()
    path = "policies/indkoebspolitik-2023-2026/policy.yaml"
    files[path] = files[path].replace(b"title: Indledning", b"title: Indgang", 1)
    later = replace(repository(), content_files=files)
    return pipeline.write(later, pipeline.build_tree(later, REAL_POLICY), formats.PDF)


def test_verify_without_files_needs_a_ledger(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "--content", str(tmp_path)])
    told = "her er ingen udstedte versioner; stå i projektets mappe, skriv --content MAPPE, eller giv en fil"
    assert (result.exit_code, result.stderr) == (2, f"{tmp_path.as_posix()}: {told}\n1 fejl.\n")


def test_a_file_that_cannot_be_verified_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "stor.pdf"
    large.write_bytes(b"%PDF-1.7\n" + b" " * 1_000_000)
    monkeypatch.setattr(verifying, "MAX_BYTES", 1_000_000)
    told = {
        tmp_path / "ingen.pdf": "filen kan ikke læses (den findes ikke); ret stien",
        large: "filen er for stor; den må højst fylde 1 MB",
    }
    for path, words in told.items():
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(tmp_path)])
        assert (result.exit_code, result.stderr) == (2, f"{path.as_posix()}: {words}\n1 fejl.\n")


@pytest.mark.slow
def test_a_version_that_becomes_other_bytes_says_why(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_with = issue_document(options(project)).record.made_with
    source = rebuild(read_project(project / "content", project / "templates"), f"{REAL_POLICY}@1.0")[0].parts["source"]
    for path in (project / "content" / ARCHIVE).rglob("*"):  # where the archive has them, they are not made again
        if path.is_file() and path.name != source.sha256:
            path.unlink()
    monkeypatch.setattr(
        ledger_rebuild,
        "written_again",
        lambda source, fonts, formats, kinds: {format.name: b"andet" for format in formats},
    )
    for here, why in (
        (made_with, ""),
        ({**made_with, "typst": "0", "docgen-code": ""}, ", for docgen selv, typst er ikke den samme som dengang"),
    ):
        monkeypatch.setattr(building, "installed", lambda here=here: here)
        result = run(project, "build", f"{REAL_POLICY}@1.0", "--format", "html", "--format", "pdf")
        told = f"{REAL_POLICY} 1.0: html, pdf har andre bytes end de udstedte{why}.\n"
        assert (result.exit_code, result.stderr) == (0, told)


def test_what_is_untried_alone_does_not_hold() -> None:
    holds, untried, fails = (Check("x", finding, "y") for finding in (Result.HOLDS, Result.UNTRIED, Result.FAILS))
    checks = [(), (untried,), (holds,), (holds, untried), (holds, fails), (fails,)]
    assert [Verdict("x", "", given).holds for given in checks] == [False, False, True, True, False, False]


@pytest.mark.slow
@settings(max_examples=tries(60), deadline=None)
@given(st.data())
def test_any_changed_byte_of_an_issued_file_is_found(data: st.DataObject) -> None:
    files, issued = _real_ledger()
    format = data.draw(st.sampled_from(sorted(issued)))
    good = issued[format]
    place = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != good[place]))
    changed = good[:place] + bytes([byte]) + good[place + 1 :]
    known = ledger.read_ledger(files)
    assert not verify_ledger(known, {ledger.records(files)[0].files[format].path: changed}).holds
    named = {check.what: check for check in verify_file("x", changed, known, installed(), ()).checks}
    assert named["filen"].result is Result.FAILS


@cache
def _issued_project() -> tempfile.TemporaryDirectory[str]:
    """A folder, gone when the tests are over, in which a policy is issued."""
    folder = tempfile.TemporaryDirectory()
    write_content(Path(folder.name, "content"), example_files())
    shutil.copytree(ROOT / "templates", Path(folder.name, "templates"))
    issue_document(options(Path(folder.name)))
    return folder


@cache
def _real_ledger() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A ledger of one record, and its files by format."""
    folder = Path(_issued_project().name)
    project = read_project(folder / "content", folder / "templates")
    kept = {path: data for path, data in project.content_files.items() if path.startswith("issued/")}
    return kept, {path.suffix[1:]: path.read_bytes() for path in (folder / "build").rglob("*.*")}


def _archive() -> Archive:
    return Archive(Path(_issued_project().name, "content", ARCHIVE))


@settings(max_examples=tries(60), deadline=None)
@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    files, path = small_ledger(), data.draw(st.sampled_from(sorted(small_ledger())))
    if path == ledger.HEAD:
        return
    place = data.draw(st.integers(0, len(files[path]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != files[path][place]))
    changed = files[path][:place] + bytes([byte]) + files[path][place + 1 :]
    assert list(ledger.check_ledger({**files, path: changed})) != []


BROKEN: dict[str, Callable[[dict[str, bytes], list[str]], dict[str, bytes]]] = {
    "first": lambda files, paths: {path: data for path, data in files.items() if path != paths[0]},
    "middle": lambda files, paths: {path: data for path, data in files.items() if path != paths[1]},
    "last": lambda files, paths: {path: data for path, data in files.items() if path != paths[-1]},
    "reordered": lambda files, paths: {**files, paths[0]: files[paths[1]], paths[1]: files[paths[0]]},
    "inserted": lambda files, paths: {**files, "issued/0004-indsat.json": files[paths[0]]},
    "head": lambda files, paths: {path: data for path, data in files.items() if path != ledger.HEAD},
    "all-but-one-and-head": lambda files, paths: {paths[0]: files[paths[0]]},
    "head-broken": lambda files, paths: {**files, ledger.HEAD: b"{}"},
    "head-infinite": lambda files, paths: {**files, ledger.HEAD: b'{"count": 1e999, "hash": ""}'},
    "head-deep": lambda files, paths: {**files, ledger.HEAD: b"[" * 100_000},
    "renamed": lambda files, paths: {
        **{path: data for path, data in files.items() if path != paths[1]},
        "issued/0002-et-andet-navn.json": files[paths[1]],
    },
    "unreadable": lambda files, paths: {**files, paths[1]: b"intet"},
    "surrogate": lambda files, paths: {**files, paths[1]: files[paths[1]].replace(b'"x"', b'"\\ud800"', 1)},
    "path-no-text": lambda files, paths: {
        **files,
        paths[1]: files[paths[1]].replace(b'"issued/x.pdf"', b'["issued/x.pdf"]'),
    },
    "source-no-files": lambda files, paths: {
        **files,
        paths[1]: files[paths[1]].replace(b'"files": {}', b'"files": []'),
    },
    "head-of-another": lambda files, paths: {**files, ledger.HEAD: b'{"count": 3, "hash": "x"}'},
    "head-counts-too-many": lambda files, paths: {**files, ledger.HEAD: b'{"count": 4, "hash": "x"}'},
    "head-counts-too-few": lambda files, paths: {**files, ledger.HEAD: b'{"count": 1, "hash": "x"}'},
    "no-record-left": lambda files, paths: {ledger.HEAD: files[ledger.HEAD]},
    "word-changed": lambda files, paths: {**files, paths[1]: files[paths[1]].replace(b'"x"', b'"y"', 1)},
    "spaces-changed": lambda files, paths: {**files, paths[2]: files[paths[2]] + b"\n"},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_removed_reordered_and_inserted_records_are_found(
    change: Callable[[dict[str, bytes], list[str]], dict[str, bytes]],
) -> None:
    files = small_ledger()
    assert list(ledger.check_ledger(files)) == []
    changed = change(files, list(ledger.RecordIndex(files).paths))
    assert changed != files
    assert list(ledger.check_ledger(changed)) != []
    assert not verify_ledger(ledger.read_ledger(changed), {}).holds


def test_what_is_told_of_a_broken_ledger(golden: Golden) -> None:
    shown = []
    for name, change in BROKEN.items():
        problems = ledger.check_ledger(
            change(small_ledger(), list(ledger.RecordIndex(small_ledger()).paths)), "indhold"
        )
        shown.append(f"## {name}\n" + "\n".join(map(str, problems)) + "\n")
    golden("errors/ledger.txt", "\n".join(shown))


def test_an_issue_that_was_interrupted_before_the_head_is_no_fault() -> None:
    files = small_ledger()
    first, second, third = ledger.records(files)
    for whole, head in (((first,), None), ((first, second), first), ((first, second, third), second)):
        present = {record.path: files[record.path] for record in whole}
        assert list(ledger.check_ledger({**present, ledger.HEAD: ledger.head(head)})) == []
    assert list(ledger.check_ledger({**files, ledger.HEAD: ledger.head(first)})) != [], "two records too many"
    assert list(ledger.check_ledger({})) == list(ledger.check_ledger({ledger.HEAD: ledger.head(None)})) == []


def test_the_head_is_lines_that_a_person_can_compare() -> None:
    files = small_ledger()
    last = ledger.records(files)[-1]
    assert ledger.head(None).decode() == '{\n "count": 0,\n "hash": ""\n}\n'
    assert ledger.head(last).decode() == f'{{\n "count": 3,\n "hash": "{last.hash}"\n}}\n'


@pytest.mark.slow
def test_a_version_is_made_again_in_the_formats_that_are_asked_for(project: Path) -> None:
    issued = issue_document(options(project))
    made = read_project(project / "content", project / "templates")
    record, outputs = rebuild(made, f"{REAL_POLICY}@1.0", formats=(formats.HTML,))
    assert record == issued.record
    assert outputs == {"html": issued.written[2].read_bytes()}


def test_a_record_is_found_by_all_of_its_name() -> None:
    files = small_ledger()
    assert ledger.RecordIndex(files).find("policy/2", "1.0", "public") == ledger.records(files)[1]
    for wrong in (("policy/4", "1.0", "public"), ("policy/2", "1.1", "public"), ("policy/2", "1.0", "internal")):
        assert ledger.RecordIndex(files).find(*wrong) is None
    (path,) = (path for path in files if "0002-" in path)
    assert ledger.RecordIndex({**files, path: b"intet"}).find("policy/2", "1.0", "public") is None
    assert len(ledger.records({**files, path: b"intet"})) == 2


def test_records_are_in_order_of_number_also_past_ten_thousand() -> None:
    paths = [f"issued/{number}-policy-x_v1.0_public.json" for number in ("10000", "0002", "9999")]
    others = [
        "issued/head.json",
        "issued/001-x.json",
        "issued/0001.json",
        "cases/0001-x.json",
        "issued/0001-x.json.bak",
    ]
    assert list(ledger.RecordIndex(dict.fromkeys([*paths, *others], b"")).paths) == [paths[1], paths[2], paths[0]]


def test_the_hash_of_a_text_follows_its_words_and_not_its_place() -> None:
    tree = repository_tree()
    marks = [replace(tree, title=f"Aftryk {mark}", blocks=(), fingerprint=mark) for mark in ("1a2b", "3c4d")]
    assert ledger.text_hash(marks[0]) == ledger.text_hash(marks[1])
    assert ledger.text_hash(tree) != ledger.text_hash(replace(tree, title="En anden titel"))
    (first, *rest) = tree.blocks
    moved = replace(first, origin=Origin("content/andetsteds.yaml", 99, 1, ("title",)))
    assert ledger.text_hash(tree) == ledger.text_hash(replace(tree, blocks=(moved, *rest)))


@cache
def repository_tree() -> Document:
    return pipeline.build_tree(repository(), REAL_POLICY)


@settings(max_examples=tries(50), deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<!DOCTYPE html>"]))
def test_anything_can_be_given_to_verify(noise: bytes, start: bytes) -> None:
    verdict = verify_file("\x1b[31mx", start + noise, ledger.read_ledger(small_ledger()), {}, ())
    assert not verdict.holds
