"""Input that once ended docgen, made it wait for ever, or spoke through it to a terminal: each is told as a problem."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader, PdfWriter

from docgen import pipeline
from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.content.yaml_reader import read_yaml
from docgen.kinds.policy.model import Policy
from docgen.ledger import confined
from docgen.ledger import records as ledger
from docgen.problems import ContentError, OutputError
from docgen.project import Project
from docgen.writers import formats
from tests.support.contents import ROOT, repository, small_content, small_project, write_content
from tests.support.foreign_pdfs import text_pdf

POLICY = "policy/eksempel"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows har hverken den slags filer eller den slags navne")


def run(*arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """docgen in a process of its own, for what could end it or wait for ever."""
    command = (sys.executable, "-m", "docgen", *arguments)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds)


# -- nesting ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? ", "-\t", "[\n"])
def test_yaml_nested_beyond_any_stack(sign: str, tmp_path: Path) -> None:
    """libyaml's composer calls itself for each layer, so Python itself came down (a file of 20 KB was enough)."""
    content = write_content(tmp_path / "content", {**small_content(), "settings.yaml": (sign * 100_000).encode()})
    result = run("check", "--content", str(content))
    assert result.returncode == 1, result.stderr
    assert "settings.yaml:" in result.stderr
    assert "fejl i docgen" not in result.stderr


def test_yaml_may_have_many_brackets_side_by_side() -> None:
    links = " ".join("[a](https://kk.dk) {bilag:a}" for _ in range(500))
    assert read_yaml("x.yaml", f"text: '{links}'\nlist: [{'[], ' * 400}]\n".encode())["text"] == links


@pytest.mark.slow
@pytest.mark.parametrize("layers", [5, 9, 10, 400])
def test_texts_nested_in_texts(layers: int) -> None:
    for text in ("\n".join("  " * layer + "- punkt" for layer in range(layers)), "> " * layers + "citat"):
        project = small_project(introduction=text)
        if layers <= 9:
            assert pipeline.write(project, pipeline.build_tree(project, POLICY), formats.PDF)
        else:
            with pytest.raises(ContentError, match=r"policy\.yaml:.*for mange lag") as caught:
                pipeline.build_tree(project, POLICY)
            assert "tomt" not in str(caught.value)


def test_footnotes_that_name_each_other_in_a_row() -> None:
    notes = "".join(f"Note[^{n}].\n\n[^{n}]: Se note[^{n + 1}].\n\n" for n in range(400)) + "[^400]: Slut.\n"
    with pytest.raises(ContentError, match="for mange lag"):
        pipeline.build_tree(small_project(introduction=notes), POLICY)


# -- folders ----------------------------------------------------------------------------------------------------


@posix
def test_what_a_folder_can_hold_that_is_no_file(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", small_content())
    (tmp_path / "udenfor").mkdir()
    os.mkfifo(content / "images/roer.svg")  # to open it would be to wait for ever
    (content / "images/ring.svg").symlink_to("ring.svg")
    (content / "images/mappe").symlink_to(tmp_path / "udenfor")
    (content / "images/selv").symlink_to(content / "policies")
    project = read_project(content, ROOT / "templates")
    assert len(project.content.all(Policy)) == 1  # which none of it stops
    found = {Path(problem.origin.file).name: problem.message for problem in project.content.stray}
    assert found == {
        "roer.svg": "det er ikke en almindelig fil",
        "ring.svg": "genvejen fører til sig selv",
        "mappe": "filen er en genvej ud af mappen",
        "selv": "mappen er en genvej",
    }


@posix
@pytest.mark.parametrize("folder", ["content", "templates", "templates/theme"])
def test_links_out_of_any_folder(tmp_path: Path, folder: str) -> None:
    import shutil

    write_content(tmp_path / "content", small_content())
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "hemmelig.txt").write_text("hemmeligt", encoding="utf-8")
    (tmp_path / folder / "ud.j2").symlink_to(tmp_path / "hemmelig.txt")
    (tmp_path / folder / "mappe").symlink_to(tmp_path.parent)
    if folder == "content":
        told = read_project(tmp_path / "content", tmp_path / "templates").content.stray
    else:
        with pytest.raises(OutputError) as error:
            read_project(tmp_path / "content", tmp_path / "templates")
        told = error.value.problems
    assert [problem.message for problem in told] == ["filen er en genvej ud af mappen"] * 2


# -- names of files ---------------------------------------------------------------------------------------------

NAMES = [
    "a,title=x::y\n::error file=b::ondt",
    "\x1b[31mrød\x1b]0;titel\x07",
    "\u202edk.txt\u2066",
    "to\rlinjer",
    *([] if sys.platform in ("win32", "darwin") else [os.fsdecode(b"x\xff\x9b31m")]),
]


@pytest.mark.slow
@posix
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_cannot_steer_a_terminal(tmp_path: Path, name: str, form: str) -> None:
    file = tmp_path / f"{name}.txt"
    file.write_text("Vi ses idag.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file), "--output-format", form])
    assert "idag" in result.output
    assert not CONTROLS.search(result.output)
    if form == "github":
        assert [line for line in result.output.splitlines() if line.startswith("::error")] == []
        (annotation,) = re.findall(r"::warning file=([^,:\n]*),line=1,col=8,title=DG\d+::[^\n]*\n", result.output)
        assert annotation.endswith(".txt")
    if form in ("json", "sarif"):
        assert json.loads(result.stdout)


@pytest.mark.slow
@posix
@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_the_content_cannot_steer_a_terminal(tmp_path: Path, name: str, form: str) -> None:
    content = write_content(tmp_path / "content", {**small_content(), f"{name}.yaml": b"a: b\n"})
    result = CliRunner().invoke(main, ["check", "--content", str(content), "--output-format", form])
    assert result.exit_code == 1
    assert not CONTROLS.search(result.output)
    assert "fejl i docgen" not in result.output
    if form == "github":
        assert all(line.count("::") == 2 and line.startswith("::") for line in result.stdout.splitlines())


# -- sources that a file carries --------------------------------------------------------------------------------


def with_source(changed: dict[str, str]) -> bytes:
    """A PDF that carries the source of the small policy with other templates."""
    source = json.loads(pipeline.source_of(small_project(), POLICY))
    source["files"] |= changed
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf("En politik"))))
    writer.add_attachment("kilde.json", json.dumps(source).encode())
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


DOUBLED = "{% macro m0() %}xxxxxxxxxxxxxxxx{% endmacro %}" + "".join(
    f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}" for n in range(1, 40)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changed",
    [
        {"templates/policy.md.j2": "{% for a in 'xxxxxxxxxx' %}" * 12 + "{% endfor %}" * 12},
        {"templates/policy.md.j2": DOUBLED + "{{ m39() }}"},
        {"templates/theme/layout.typ": "#range(100000000000).map(n => str(n)).join()"},
    ],
    ids=["time", "memory", "layout"],
)
def test_a_source_that_never_ends_is_given_up(
    changed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`docgen verify` makes a PDF again of the source that it carries: templates and layout from a stranger."""
    monkeypatch.setattr(confined, "SECONDS", 4.0)
    (tmp_path / "fil.pdf").write_bytes(with_source(changed))
    result = CliRunner().invoke(main, ["verify", str(tmp_path / "fil.pdf"), "--content", str(tmp_path)])
    assert result.exit_code == 1
    assert re.search(r"-   genopbygning: denne docgen kan ikke lave den: .+", result.output)


@pytest.mark.slow
def test_a_source_in_order_is_made_again(tmp_path: Path) -> None:
    project = small_project()
    written = pipeline.write(project, pipeline.build_tree(project, POLICY), formats.PDF)
    (tmp_path / "fil.pdf").write_bytes(written)
    result = CliRunner().invoke(main, ["verify", str(tmp_path / "fil.pdf"), "--content", str(tmp_path / "ingen")])
    assert "ja  genopbygning: samme bytes" in result.output


# -- pictures ---------------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
BOX = '<rect width="1" height="1"{}/>'


def chain(name: str, attribute: str) -> str:
    """Thirty definitions that each show the next one twice: 2^30 boxes in a few kilobytes."""
    twice = [2 * BOX.format(f' {attribute}="url(#d{n + 1})"') for n in range(30)]
    parts = [f'<{name} id="d{n}" width="1" height="1">{inside}</{name}>' for n, inside in enumerate(twice)]
    return "".join(parts) + BOX.format(f' {attribute}="url(#d0)"')


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xc0\0\x11\x08" + size + b"\x03"


STYLED = "<style>" + "".join(f".s{n}, .t{n} {{ clip-path: url(#d{n}) }}" for n in range(31)) + "</style>"
STYLED += "".join(f'<clipPath id="d{n}">{2 * BOX.format(f""" class="s{n + 1}" """)}</clipPath>' for n in range(30))
STYLED += '<rect class="s0" width="9" height="9"/>'
LAYERS = "bygget af for mange lag eller gentagelser"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SVG.format(chain("pattern", "fill")), LAYERS),
        (SVG.format(chain("mask", "mask")), LAYERS),
        (SVG.format(chain("clipPath", "clip-path")), LAYERS),
        (SVG.format(chain("marker", "marker-end")), LAYERS),
        (SVG.format("<g>" * 120 + BOX.format("") + "</g>" * 120), LAYERS),
        (SVG.format(STYLED), LAYERS),
        (SVG.format('<filter id="f"><feTurbulence numOctaves="99999"/></filter>'), "bruger filtre"),
        (SVG.format("<g>"), "er ikke gyldig XML"),
        (png(60_000, 60_000), "har mere end 100 mio. punkter"),
        (jpeg(60_000, 60_000), "har mere end 100 mio. punkter"),
    ],
)
def test_pictures_that_take_all_time_or_memory_are_refused(data: str | bytes, words: str) -> None:
    """Typst came down with some of these, and was not done with others in a minute."""
    data = data.encode() if isinstance(data, str) else data
    name = "images/kort.png" if data[:1] == b"\x89" else "images/kort.jpg" if data[:1] == b"\xff" else "images/kort.svg"
    files = {**small_content(introduction=f"![Et kort]({name})"), name: data}
    with pytest.raises(ContentError, match=words):
        pipeline.build_tree(Project(files, repository().template_files), POLICY)


def test_pictures_may_repeat_themselves_sanely() -> None:
    parts = '<symbol id="a"><rect width="1" height="1"/></symbol><style>.b { fill: url(#p) } .c { fill: red }</style>'
    parts += '<pattern id="p" width="1" height="1"><rect class="c" width="1" height="1"/></pattern>'
    parts += '<use href="#a" class="b"/>' * 500 + '<g id="ring"><use href="#ring"/></g>'
    files = {**small_content(introduction="![Et kort](images/kort.svg)"), "images/kort.svg": SVG.format(parts).encode()}
    project = Project(files, repository().template_files, repository().font_directories)
    assert pipeline.write(project, pipeline.build_tree(project, POLICY), formats.PDF)


# -- text -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Kul" + ", KL" * 5000 + " samarbejder.",
        "Det er " + "a,a" * 20_000,
        "Det er " + "1.000" * 20_000,
        "Det er " + "A" * 200_000,
        "x" * 50_000 + " Vi ses idag.",
    ],
    ids=["names", "commas", "numbers", "one word", "then words"],
)
def test_no_text_takes_the_proof_reader_for_ever(text: str, tmp_path: Path) -> None:
    """Two patterns took twice as long for each word more, and others long for a word of many thousand characters."""
    (tmp_path / "brev.txt").write_text(text, encoding="utf-8")
    done = run("check", str(tmp_path / "brev.txt"), seconds=20)
    assert "fejl i docgen" not in done.stderr
    if text.endswith("idag."):
        assert "brev.txt: linje 1 DG321 ”idag”" in done.stderr


# -- the ledger -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [-1, -2, 7])
def test_a_head_that_counts_what_cannot_be(count: int) -> None:
    problems = tuple(ledger.check_ledger({ledger.HEAD: f'{{"count": {count}, "hash": ""}}'.encode()}))
    assert [problem.message for problem in problems] == [f"der er 0 poster, og head.json siger {count}"]
