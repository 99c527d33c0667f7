"""What hostile input may not do. `SECURITY.md` makes the promises; each names its test."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docgen import pipeline
from docgen.cli.main import main
from docgen.problems import ContentError, DocgenError, TemplateError
from docgen.project import Project
from docgen.writers import formats
from tests.support import plain_yaml
from tests.support.contents import ROOT, repository, small_content, small_project, write_content
from tests.support.foreign_pdfs import text_pdf

POLICY = "policy/eksempel"
ESCAPES = "\x1b[31mrød\x1b]0;titel\x07 idag"


# -- templates --------------------------------------------------------------------------------------------------

ATTACKS = {
    "Pythons indre": "{{ policy.__class__.__mro__ }}",
    "CVE-2016-10745: str.format": "{{ '{0.__class__.__init__.__globals__}'.format(policy) }}",
    "CVE-2019-10906: str.format_map": "{{ '{x.__class__}'.format_map({'x': policy}) }}",
    "CVE-2020-28493: urlize": "{{ policy.title | urlize }}",
    "CVE-2024-22195 og CVE-2024-34064: xmlattr": "{{ {'a onclick=b': 1} | xmlattr }}",
    "CVE-2024-56201: navnet på en skabelon": "{% include \"'+print(1)+'.j2\" %}",
    "CVE-2024-56326: format ad omveje": "{% set f = '{0.__class__}'.format %}{{ f(policy) }}",
    "CVE-2025-27516: attr-filteret": "{{ ('{0.__class__}' | attr('format'))(policy) }}",
    "globale navne": "{{ cycler.__init__.__globals__ }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "skabelonen selv": "{{ self._TemplateReference__context }}",
    "en potens": "{{ 7 ** (10 ** 9) }}",
    "en tekst gange et tal": "{{ 'x' * 10 ** 10 }}",
    "en liste gange et tal": "{% for x in [1] * 1000000000 %}{% endfor %}",
    "en løkke uden ende": "{% for i in range(10 ** 9) %}x{% endfor %}",
    "en fil": "{% include '/etc/passwd' %}",
    "en fil ad omveje": "{% import '../content/settings.yaml' as s %}{{ s }}",
    "en indbygget funktion": "{{ policy.title.__len__() }}",
    "ændring af indholdet": "{% set _ = policy.values.__setitem__(0, 1) %}",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_templates_reach_only_what_they_are_given(name: str) -> None:
    project = small_project()
    files = {**project.template_files, "policy.md.j2": f"# A\n\n{ATTACKS[name]}\n".encode()}
    with pytest.raises(TemplateError) as error:
        pipeline.build_tree(Project(project.content_files, files, project.font_directories), POLICY)
    assert error.value.problems[0].origin.file == "templates/policy.md.j2"


def test_content_is_never_a_template() -> None:
    """CVE-2019-8341 is what happens to those who let it be; CVE-2014-1402 is of a cache that docgen has not."""
    typed = r"Indholdet \{\{ 7 * 7 \}\} og \{% include 'policy.md.j2' %\} står, som det er."
    project = small_project(introduction=typed)
    shown = pipeline.write(project, pipeline.build_tree(project, POLICY), formats.HTML).decode()
    assert "Indholdet {{ 7 * 7 }} og {% include" in shown
    with pytest.raises(DocgenError, match="7 \\* 7"):
        pipeline.build_tree(small_project(introduction=typed.replace("\\", "")), POLICY)


# -- paths and pictures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../hemmelig.svg", "/etc/passwd", "images/../../x.svg", "C:\\x.svg", "file:///x.svg"])
def test_pictures_stay_in_the_folder(path: str) -> None:
    project = small_project(introduction=f"![Et kort]({path})")
    with pytest.raises(ContentError):
        pipeline.build_tree(project, POLICY)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="https://ond.dk/x.png"/>',
        '<use xlink:href="file:///etc/passwd#a"/>',
        "<foreignObject><p/></foreignObject>",
        "<style>@import url(https://ond.dk)</style>",
        '<rect style="fill: url(https://ond.dk/#a)"/>',
    ],
)
def test_pictures_neither_run_nor_fetch(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'
    files = {**small_content(introduction="![Et kort](images/kort.svg)"), "images/kort.svg": svg.encode()}
    project = Project(files, repository().template_files, repository().font_directories)
    with pytest.raises(ContentError, match="indeholder kode eller henter noget udefra"):
        pipeline.build_tree(project, POLICY)


# -- files from elsewhere ---------------------------------------------------------------------------------------


def check(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", str(file), "--content", str(ROOT / "content"), *options])


def word(tmp_path: Path, xml: bytes) -> Path:
    file = tmp_path / "sag.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return file


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"x" * 9}">' for n in range(9))


BOMBS: dict[str, Callable[[], bytes]] = {
    "pakket bombe": lambda: b"<w:document " + W.encode() + b">" + b" " * 300_000_000,
    "latter i milliarder": lambda: f"<!DOCTYPE x [{LAUGHS}]><w:document {W}>&a8;</w:document>".encode(),
    "meget dybt": lambda: b"<a>" * 200_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_word_bombs_are_refused(tmp_path: Path, name: str) -> None:
    result = check(word(tmp_path, BOMBS[name]()))
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output
    assert "fejl i docgen" not in result.output
    if name != "latter i milliarder":
        assert result.exit_code == 1


def test_word_files_fetch_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("idag står her noget hemmeligt", encoding="utf-8")
    outside = f'<!DOCTYPE x [<!ENTITY ud SYSTEM "{secret.as_uri()}">]>'
    xml = f"{outside}<w:document {W}><w:p><w:r><w:t>&ud;</w:t></w:r></w:p></w:document>"
    assert "hemmeligt" not in check(word(tmp_path, xml.encode())).output


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_nothing_that_is_read_can_steer_a_terminal(tmp_path: Path, form: str) -> None:
    file = tmp_path / "brev.txt"
    file.write_text(f"{ESCAPES}\u202e\n::error file=x::idag\n", encoding="utf-8")
    output = check(file, "--output-format", form).output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x9b\u202e]", output)
    if form == "github":
        assert all(line.startswith(("::", "Korrektur")) for line in output.splitlines())
        assert "::error file=x::" not in output


def test_problems_in_content_cannot_steer_a_terminal(tmp_path: Path) -> None:
    files = {**small_content(), "settings.yaml": f'"{ESCAPES.encode("unicode_escape").decode()}": 1\n'.encode()}
    content = write_content(tmp_path / "content", files)
    for form in ("text", "github", "json"):
        result = CliRunner().invoke(main, ["check", "--content", str(content), "--output-format", form])
        assert result.exit_code == 1
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x9b]", result.output)


def test_a_pdf_with_words_for_a_terminal(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf("Mødet er idag."))))
    writer.add_metadata({"/Title": f"{ESCAPES} cpr 010190-1234"})
    with (tmp_path / "brev.pdf").open("wb") as file:
        writer.write(file)
    result = check(tmp_path / "brev.pdf")
    assert "DG601" in result.output
    assert "\x1b" not in result.output


# -- web pages --------------------------------------------------------------------------------------------------

PAYLOAD = "\"'><svg onload=alert(1)><script>alert(2)</script>&lt;"


def fields(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all texts in plain data."""
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in fields(inner, (*path, key))]
    if isinstance(value, list):
        return [found for number, inner in enumerate(value) for found in fields(inner, (*path, number))]
    return [path] if isinstance(value, str) else []


@pytest.mark.slow
def test_no_field_of_content_reaches_a_page_as_markup() -> None:
    """Every text field of every file of the small policy: refused as HTML, or shown as the text that it is."""

    tried = 0
    for name, data in small_content().items():
        if not name.endswith(".yaml"):
            continue
        for path in fields(plain_yaml.read(data)):
            changed = plain_yaml.read(data)
            place = changed
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = f"{place[path[-1]]} {PAYLOAD}"
            files = {**small_content(), name: plain_yaml.write(changed).encode()}
            project = Project(files, repository().template_files, repository().font_directories)
            tried += 1
            try:
                page = pipeline.write(project, pipeline.build_tree(project, POLICY), formats.HTML).decode()
            except DocgenError:
                continue
            assert "<svg onload" not in page
            assert "<script" not in page
    assert tried > 20


# -- the promises -----------------------------------------------------------------------------------------------


def test_every_promise_has_its_test() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    promised = re.findall(r"`(tests/\w+/test_\w+\.py)::(test_\w+)`", text)
    assert len(promised) >= 12
    for file, test in promised:
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), test


@pytest.mark.slow
def test_json_stays_json(tmp_path: Path) -> None:
    file = tmp_path / "brev.txt"
    file.write_text('idag "citat" \\ </script>\n', encoding="utf-8")
    assert json.loads(check(file, "--output-format", "json").stdout)
