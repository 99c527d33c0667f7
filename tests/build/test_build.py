"""Files: what a build leaves behind, whatever happens, and the same bytes wherever and whenever it runs."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from docgen.build.options import BuildOptions
from docgen.commands.build import build_documents
from docgen.problems import DocgenError, OutputError
from docgen.writers import formats
from docgen.writers.formats import Format
from tests.support.contents import ROOT, small_content, write_content

DOCGEN = (sys.executable, "-m", "docgen")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", small_content())


def options(content: Path, output: Path, *wanted: Format) -> BuildOptions:
    return BuildOptions(content, ROOT / "templates", output, (), wanted or (formats.HTML, formats.DOCX))


def test_every_format_lands_in_its_place(content: Path, tmp_path: Path) -> None:
    seen: list[Path] = []
    report = build_documents(options(content, tmp_path / "build", *formats.FORMATS.values()), seen.append)
    expected = [tmp_path / f"build/policy/eksempel.{name}" for name in formats.FORMATS]
    assert report.written == seen == expected
    assert [path.read_bytes()[:4] for path in expected[:2]] == [b"%PDF", b"PK\x03\x04"]
    assert sorted(path.name for path in (tmp_path / "build/policy").iterdir()) == sorted(path.name for path in expected)


def test_a_changed_sentence_is_in_all_three(tmp_path: Path) -> None:
    from tests.support.docx_reading import docx_texts
    from tests.support.html_reading import html_texts
    from tests.support.pdf_reading import pdf_texts

    read = {formats.PDF: pdf_texts, formats.DOCX: docx_texts, formats.HTML: html_texts}
    for sentence in ("Kommunen køber grønt ind.", "Kommunen køber endnu grønnere ind."):
        content = write_content(tmp_path / "content", small_content(introduction=sentence))
        build_documents(options(content, tmp_path / "build", *read))
        for format in read:
            data = (tmp_path / f"build/policy/eksempel.{format.name}").read_bytes()
            assert sentence in " ".join(" ".join(read[format](data)).split())


def test_one_bad_document_does_not_stop_the_others(content: Path, tmp_path: Path) -> None:
    shutil.copytree(content / "policies/eksempel", content / "policies/anden")
    place = content / "policies/anden/policy.yaml"
    place.write_text(
        place.read_text(encoding="utf-8").replace("Indledningens tekst.", "Se [her](#findes-ikke)."), "utf-8"
    )
    report = build_documents(options(content, tmp_path / "build"))
    assert [path.name for path in report.written] == ["eksempel.html", "eksempel.docx"]
    assert [problem.origin.path for problem in report.problems] == [("introduction", "text")]


def test_bad_input_leaves_earlier_outputs_whole(content: Path, tmp_path: Path) -> None:
    build_documents(options(content, tmp_path / "build"))
    before = {path: path.read_bytes() for path in (tmp_path / "build").rglob("*.*")}
    (content / "settings.yaml").write_text("format: 2\nmunicipality: [", encoding="utf-8")
    with pytest.raises(DocgenError):
        build_documents(options(content, tmp_path / "build"))
    assert {path: path.read_bytes() for path in (tmp_path / "build").rglob("*.*")} == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "disken er fuld"), (errno.EROFS, "kun læses"), (errno.EACCES, "ingen adgang")]
)
def test_a_disk_that_refuses(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    build_documents(options(content, tmp_path / "build"))
    before = {path: path.read_bytes() for path in (tmp_path / "build").rglob("*.*")}
    (content / "settings.yaml").write_text(
        "format: 2\nmunicipality: {name: Ny Kommune, council: raadet}\n", encoding="utf-8"
    )
    made = tempfile.NamedTemporaryFile
    calls = 0

    def refuse(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:  # the first format is already written
            raise OSError(code, os.strerror(code))
        return made(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    report = build_documents(options(content, tmp_path / "build"))
    assert [words in problem.message and bool(problem.hint) for problem in report.problems] == [True]
    assert report.written == []
    assert {path: path.read_bytes() for path in (tmp_path / "build").rglob("*") if path.is_file()} == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE findes kun på Unix")
@pytest.mark.parametrize(
    ("format", "size", "words"),
    [
        ("html", 2000, "filen kan ikke skrives"),
        ("pdf", 2000, "en midlertidig fil kan ikke skrives"),  # of the layout, for Typst
        ("pdf", 0, "en midlertidig fil kan ikke skrives"),  # there is no folder for such files at all
    ],
)
def test_a_file_that_grows_too_large_is_not_left_half(
    content: Path, tmp_path: Path, format: str, size: int, words: str
) -> None:
    """A real refusal from the kernel in the middle of a write."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
    command = limit + f"from docgen.cli.main import main; main(['build', '--format', '{format}'])"
    run = subprocess.run(
        (sys.executable, "-c", command), cwd=_project(content, tmp_path), capture_output=True, text=True
    )
    assert run.returncode == 1
    assert words in run.stderr
    assert "fejl i docgen" not in run.stderr
    assert not list((tmp_path / "projekt/build").rglob("*.*"))


def test_an_output_folder_that_is_a_file(content: Path, tmp_path: Path) -> None:
    (tmp_path / "build").write_text("en fil", encoding="utf-8")
    report = build_documents(options(content, tmp_path / "build"))
    assert "en del af stien er en fil" in str(report.problems[0])
    assert (tmp_path / "build").read_text(encoding="utf-8") == "en fil"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="mappen findes ikke"):
        build_documents(options(tmp_path / "indhold", tmp_path / "build"))


@pytest.mark.skipif(sys.platform == "win32", reason="symbolske links kræver særlige rettigheder på Windows")
def test_a_link_out_of_the_folder_is_not_followed(content: Path, tmp_path: Path) -> None:
    (tmp_path / "hemmelig.yaml").write_text("a: b", encoding="utf-8")
    (content / "images/ud.svg").symlink_to(tmp_path / "hemmelig.yaml")
    report = build_documents(options(content, tmp_path / "build"))
    (told,) = report.elsewhere
    assert (Path(told.origin.file).name, told.message) == ("ud.svg", "filen er en genvej ud af mappen")
    assert report.built, "and it stops nothing else"


def test_what_editors_and_systems_leave_is_ignored(content: Path, tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "policies/eksempel/~$policy.docx", "policies/eksempel/policy.yaml~"):
        (content / name).write_bytes(b"\0")
    assert build_documents(options(content, tmp_path / "build")).problems == []


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files(content: Path, tmp_path: Path) -> None:
    """Killed at many moments: every output is the old bytes or the new ones, never something between."""
    project = _project(content, tmp_path)
    subprocess.run((*DOCGEN, "build"), cwd=project, check=True, capture_output=True)
    old = {path.name: path.read_bytes() for path in (project / "build/policy").iterdir()}
    assert len(old) == 3
    place = project / "content/settings.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("Eksempel", "Prøve"), "utf-8")
    started = time.monotonic()
    subprocess.run((*DOCGEN, "build", "--output", "ny"), cwd=project, check=True, capture_output=True)
    whole = time.monotonic() - started
    new = {path.name: path.read_bytes() for path in (project / "ny/policy").iterdir()}
    assert new.keys() == old.keys()
    assert all(new[name] != old[name] for name in old)
    for part in (0.2, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.99):
        process = subprocess.Popen(
            (*DOCGEN, "build"), cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * part)
        process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()
        for name in old:
            left = (project / "build/policy" / name).read_bytes()
            assert left == old[name] or left == new[name], f"{name} er hverken gammel eller ny"


def _project(content: Path, tmp_path: Path) -> Path:
    project = tmp_path / "projekt"
    shutil.copytree(content, project / "content")
    shutil.copytree(ROOT / "templates", project / "templates")
    return project


# -- purity -----------------------------------------------------------------------------------------------------

SURROUNDINGS = {
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "another hash seed": {"PYTHONHASHSEED": "4242"},
    "another user": {"HOME": "/nonexistent", "USER": "en-anden", "LOGNAME": "en-anden"},
    "a source date": {"SOURCE_DATE_EPOCH": "1"},
}
ANOTHER_DAY = ("faketime", "2031-02-03 04:05:06")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The repository's policy, built in this repository."""
    return _build_elsewhere(ROOT, tmp_path_factory.mktemp("reference"), {})


def _build_elsewhere(folder: Path, output: Path, surroundings: dict[str, str], *prefix: str) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    command = (*prefix, *DOCGEN, "build", "policy", "--output", str(output))
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    found = digests(output / "policy")
    assert len(found) == 3
    return found


def digests(folder: Path) -> dict[str, str]:
    """What stands for the bytes of each file in a folder: short enough to be shown when it differs."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.slow
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_same_bytes_in_other_surroundings(name: str, reference: dict[str, str], tmp_path: Path) -> None:
    assert _build_elsewhere(ROOT, tmp_path, SURROUNDINGS[name]) == reference


def _another_place(folder: Path) -> Path:
    place = folder / "et helt andet sted"
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, place / name)
        for path in (place / name).rglob("*"):
            os.utime(path, (1, 1))
    return place


@pytest.mark.slow
def test_same_bytes_from_another_folder(reference: dict[str, str], tmp_path: Path) -> None:
    assert _build_elsewhere(_another_place(tmp_path), tmp_path / "ud", {}) == reference


@pytest.mark.slow
def test_same_bytes_on_another_day(reference: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("faketime er ikke installeret")
    assert _build_elsewhere(ROOT, tmp_path, {}, *ANOTHER_DAY) == reference


@pytest.mark.slow
def test_same_bytes_where_all_of_it_is_other(reference: dict[str, str], tmp_path: Path) -> None:
    """Every surrounding, the folder, and the day where that can be changed."""
    everything = {name: value for surroundings in SURROUNDINGS.values() for name, value in surroundings.items()}
    day = ANOTHER_DAY if shutil.which("faketime") else ()
    assert _build_elsewhere(_another_place(tmp_path), tmp_path / "ud", everything, *day) == reference


@pytest.mark.parametrize("names", [("policy",), pytest.param((), marks=pytest.mark.slow)], ids=["policy", "everything"])
def test_same_bytes_twice_in_one_process(names: tuple[str, ...], reference: dict[str, str], tmp_path: Path) -> None:
    for output in (tmp_path / "a", tmp_path / "b"):
        build_documents(BuildOptions(ROOT / "content", ROOT / "templates", output, names))
        assert digests(output / "policy") == reference
