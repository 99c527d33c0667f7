"""What docgen reads from others, one entry a reader: bytes in; whatever they are, only docgen's own errors come out."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docgen import pipeline
from docgen.build.batch import Target
from docgen.build.cache import BuildCache
from docgen.content.load import load_content
from docgen.content.yaml_reader import comments, read_yaml
from docgen.document_id import parse_id
from docgen.files import tools_key
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from docgen.ledger.rebuild import written_again
from docgen.ledger.verdicts import verify_file, verify_ledger
from docgen.packs.case import write_pack
from docgen.pdf_pages import open as annexes
from docgen.pdf_pages import pages as foreign_pages
from docgen.pipeline import Job
from docgen.problems import DocgenError, Origin
from docgen.project import Project
from docgen.proofing import proofread as proof
from docgen.proofing.proofread import Chosen
from docgen.proofing.report import as_github, as_text
from docgen.pull.found import Outcome
from docgen.pull.home import Wishes, bring_home
from docgen.readers.docx.document import read_word
from docgen.readers.docx.tracked import ACCEPTED, REJECTED
from docgen.writers import formats
from docgen.writers.docx.base_text import Base
from docgen.writers.formats import Format
from docgen.writers.theme import load_theme
from tests.support.contents import ALL_KINDS, REAL_POLICY, ids_of, repository, small_content, small_project
from tests.support.examples_project import example_files
from tests.support.word_edits import with_parts

SEEDS = Path(__file__).parent / "seeds"
SECONDS = 10
"""The longest that one input may take."""
MEGABYTES = 2000
"""The most memory that a process may have which reads such inputs one after the other."""
LONGEST = 4096
"""Bytes of an input."""

POLICY = "policy/eksempel"
FORMATS = (formats.HTML, formats.DOCX, formats.PDF)


class Reader(NamedTuple):
    """What is read (in Danish, for the table), the function, and words that the format gives a meaning."""

    what: str
    read: Callable[[bytes], object]
    tokens: tuple[bytes, ...]


def try_input(reader: str, data: bytes) -> None:
    """Gives an input to a reader. Raises what is not one of docgen's own errors."""
    try:
        READERS[reader].read(data)
    except DocgenError as error:
        for problem in error.problems:
            assert "\n" not in str(problem)
            assert "\n" not in problem.as_github()


def seeds(reader: str) -> dict[str, bytes]:
    """The kept inputs of a reader by file name."""
    return {path.name: path.read_bytes() for path in sorted((SEEDS / reader).iterdir())}


# -- the readers ------------------------------------------------------------------------------------------------


def _yaml(data: bytes) -> None:
    read = read_yaml("x.yaml", data)
    list(comments(data.decode(), read))


def _content(data: bytes) -> None:
    load_content({**small_content(), "policies/eksempel/policy.yaml": data}, ALL_KINDS)


def _case(data: bytes) -> None:
    files = {**_examples(), "cases/sag.yaml": data, "annexes/bilag.pdf": (SEEDS / "annex" / "enkel.pdf").read_bytes()}
    project = Project(files, repository().template_files, repository().font_directories)
    for id in ids_of(project, ["case/sag"]):
        _write(project, id, formats.HTML)
    proof.read_content(project.content, Chosen(), own=("cases/sag.yaml",))


@cache
def _examples() -> dict[str, bytes]:
    return {path: data for path, data in example_files().items() if not path.startswith(("cases/", "meetings/"))}


def _markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for field in ("introduction", "title"):
        project = small_project(**{field: text})
        _write(project, POLICY, *FORMATS)


def _picture(data: bytes) -> None:
    kinds = {b"\x89PNG": "png", b"\xff\xd8": "jpg"}
    name = next((f"images/kort.{kind}" for start, kind in kinds.items() if data.startswith(start)), "images/kort.svg")
    files = {**small_content(introduction=f"![Et kort]({name})"), name: data}
    _write(Project(files, repository().template_files, repository().font_directories), POLICY, *FORMATS)


def _template(data: bytes) -> None:
    files = {**repository().template_files, "policy.md.j2": data}
    _write(Project(small_content(), files, repository().font_directories), POLICY, formats.HTML)


def _theme(data: bytes) -> None:
    load_theme({**repository().template_files, "theme/theme.yaml": data})


def _write(project: Project, id: str, *wanted: Format) -> None:
    document = pipeline.build_tree(project, id)
    refused: list[DocgenError] = []
    for format in (formats.TREE, *wanted):
        try:
            pipeline.write(project, document, format)
        except DocgenError as error:  # what one format cannot show the next may
            refused.append(error)
    if refused:
        raise refused[0]


def _annex(data: bytes) -> None:
    problems = tuple(annexes.check_annex("bilag.pdf", data, Origin("x.yaml")))
    if problems:
        raise DocgenError(problems)
    annexes.count_pages(data)
    foreign_pages.read_pages("bilag.pdf", data, Origin("x.yaml"))
    files = {**_pack_files(), "annexes/bilag.pdf": data}
    project = Project(files, repository().template_files, repository().font_directories)
    write_pack(Job(project, "case/sag/oekonomiudvalget", Edition.PUBLIC))


@cache
def _pack_files() -> dict[str, bytes]:
    case = (SEEDS / "case" / "med-bilag.yaml").read_bytes()
    return {**_examples(), "cases/sag.yaml": case}


def _word(data: bytes) -> None:
    """A whole Word file, or the XML that is to be in one: bytes changed in what is packed are seldom unpacked."""
    if not data.startswith(b"PK"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("word/document.xml", data)
            archive.writestr("docProps/core.xml", data)
        data = stream.getvalue()
    _proofread("sag.docx", data)


def _pull(data: bytes) -> None:
    """A Word file that comes home: a whole one, or the XML that is put into one that was sent."""
    project, sent, base = _sent()
    if not data.startswith(b"PK"):
        part = "word/footnotes.xml" if b"footnote" in data else "word/document.xml"
        data = with_parts(sent, {part: data})
    for view in (ACCEPTED, REJECTED):
        word = read_word("sag.docx", data, view)
        pulled = bring_home(project, POLICY, word, base, Wishes(structural=True))
        assert not pulled.files or pulled.count(Outcome.WRITTEN)


@cache
def _sent() -> tuple[Project, bytes, Base]:
    project = small_project(introduction="Et *ord* her.[^n]\n\n- punkt\n\n| A |\n|--|\n| x |\n\n[^n]: En note.")
    job = Job(project, POLICY)
    return project, job.write(formats.DOCX), job.base


def _pdf(data: bytes) -> None:
    _proofread("brev.pdf", data)


def _text(data: bytes) -> None:
    _proofread("brev.txt", data)


def _proofread(name: str, data: bytes) -> None:
    for finding in proof.read_file(name, data, repository().content, Chosen()):
        assert "\n" not in as_github(finding)
        assert as_text(finding).count("\n") in (0, 2)


def _verify(data: bytes) -> None:
    verdict = verify_file("x", data, ledger.read_ledger({}), {}, repository().font_directories)
    assert not verdict.holds


def _source(data: bytes) -> None:
    """The source that a PDF carries. Most seeds lack templates and are given docgen's own."""
    try:
        given = json.loads(data)
        given["files"] = {**_template_texts(), **given["files"]}
        data = json.dumps(given).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    written_again(data, repository().font_directories, (formats.HTML,))


@cache
def _template_texts() -> dict[str, str]:
    files = json.loads(pipeline.source_of(repository(), REAL_POLICY))["files"]
    return {path: text for path, text in files.items() if path.startswith("templates/")}


def _record(data: bytes) -> None:
    path = "issued/0001-policy-eksempel_v1.0_public.json"
    for files in ({path: data, ledger.HEAD: b'{"count": 1, "hash": ""}'}, {ledger.HEAD: data}):
        ledger.RecordIndex(files).find(POLICY, "1.0", "public")
        verify_ledger(ledger.read_ledger(files), {})


def _build_list(data: bytes) -> None:
    """The list in the output folder, which anyone with the folder may have changed."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".docgen.json").write_bytes(data.replace(b"TOOLS", tools_key().encode()))
        state = BuildCache(Path(folder))
        wanted = Target((formats.HTML,), Edition.PUBLIC, False)
        id = parse_id(POLICY)
        for found in (*(state.made_whole(id, wanted, "x") or ()), *state.renderings_of(id, wanted), id):
            state.rendering(found, wanted, [Path(folder) / "policy.html"])
        state.remarks("policies/eksempel/policy.yaml", "x")


def _words(text: bytes) -> tuple[bytes, ...]:
    return tuple(text.split())


_YAML = (
    *_words(b"[ ] { } - ? : # & * ! !!binary | > ' \" % @ ` <<: --- ... ~ null \\x \\u 1.10 NO 12:30"),
    *(b"\t", b"\r", b"\n  ", b"\xe2\x80\xa8"),
)
_MARKDOWN = (
    *_words(b"# * ** _ ` ``` > - 1. | |-| [ ] ( ) ![ [^1] [^1]: <http:// <b> & &amp; \\ --- ~~ ::: {id= {bilag: {sag:"),
    *(b"\n\n", b"\n    ", b"\xc2\xa0", b"\xee\x80\x80"),
)
_PDF = _words(
    b"obj endobj stream endstream xref trailer startxref << >> [ ] /Type /Page /Pages /Kids /Count /Parent /Root /Prev "
    b"/Length /Filter /FlateDecode /ASCIIHexDecode /LZWDecode /RunLengthDecode /DecodeParms /Predictor /Columns /XRef "
    b"/ObjStm /Encrypt /Font /Type0 /ToUnicode /Encoding /Differences /Contents /Resources /XObject /Annots /Outlines "
    b"/Next /Dest /Names /StructTreeRoot /ParentTree /Nums /MCID /K /S /P /MediaBox BT ET Tj TJ BI ID EI q Q cm Do "
    b"beginbfchar beginbfrange endbfrange /EmbeddedFiles /OCProperties 0 R -1 99999999999"
)
_XML = _words(
    b"<w:p> </w:p> <w:r> <w:t> </w:t> <w:del> <w:tbl> <!-- --> <![CDATA[ ]]> <? ?> &lt; &#0; &#x10ffff; xml:space"
)
_KEPT = _words(
    b"<w:p> </w:p> <w:r> </w:r> <w:t> </w:t> <w:ins </w:ins> <w:del </w:del> <w:delText> <w:moveFrom <w:moveTo <w:tbl> "
    b'</w:tbl> <w:tr> <w:tc> <w:trPr> <w:pPr> <w:rPr> <w:sdt> <w:sdtContent> <w:bookmarkStart w:name="_dg_ w:id="1" '
    b"<w:bookmarkEnd <w:hyperlink <w:fldChar <w:commentRangeStart <w:footnoteReference <w:txbxContent> /> "
    b'w:author="Bo" <mc:AlternateContent> &lt; &#0; <!DOCTYPE <!ENTITY &a;'
)
_JSON = _words(b'{ } [ ] " : , null true -1 1e999 0.1 "files" "content/ "templates/ "base64" \\ud800 NaN Infinity')
_JINJA = _words(
    b"{{ }} {% %} {# #} for in if else endif endfor set macro endmacro call filter include import block | ~ + * // % "
    b"policy values title loop caller varargs kwargs self super not is defined none ( ) [ ] . , : = ' __class__"
)
_SVG = _words(
    b"<svg </svg> <g> </g> <use <path <text> <image href= #a id= url(#a) viewBox= width= transform= scale( matrix( "
    b"<linearGradient <pattern <mask <style> <switch> 1e99 -1 NaN % data:image/png;base64, <!-- &#1;"
)

READERS: dict[str, Reader] = {
    "yaml": Reader("YAML", _yaml, _YAML),
    "content": Reader("en politik i YAML", _content, _YAML),
    "case": Reader("en sag i YAML, til HTML og gennem korrekturen", _case, (*_YAML, *_MARKDOWN)),
    "markdown": Reader("Markdown i indholdet, til HTML, Word og PDF", _markdown, _MARKDOWN),
    "picture": Reader("billeder (SVG, PNG, JPEG), til HTML, Word og PDF", _picture, _SVG),
    "template": Reader("skabeloner", _template, (*_JINJA, *_MARKDOWN)),
    "theme": Reader("theme.yaml", _theme, _YAML),
    "annex": Reader("bilag (PDF), efterset, renset og samlet", _annex, _PDF),
    "word": Reader("`.docx` til `docgen check`", _word, _XML),
    "pdf": Reader("`.pdf` til `docgen check`", _pdf, _PDF),
    "text": Reader("`.txt` og `.md` til `docgen check`", _text, _MARKDOWN),
    "verify": Reader("filer til `docgen verify`", _verify, _PDF),
    "source": Reader("kilden, som en PDF bærer", _source, (*_JSON, *_JINJA)),
    "record": Reader("poster i protokollen og dens hoved", _record, _JSON),
    "build-list": Reader("listen over det byggede", _build_list, _JSON),
    "pull": Reader("`.docx` til `docgen pull`", _pull, _KEPT),
}
