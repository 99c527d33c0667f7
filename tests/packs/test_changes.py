"""A case attaches the list of what changed since a hearing: `compare:` in an annex."""

from __future__ import annotations

import io
import shutil
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.build.options import BuildOptions
from docgen.commands.build import build_documents as build
from docgen.kinds.edition import Edition
from docgen.ledger.reasons import reasons_against
from docgen.packs.case import write_pack
from docgen.packs.changes import changes_of
from docgen.pipeline import Job
from docgen.problems import ContentError
from docgen.structs import replace
from docgen.tree.document import Table, texts, walk
from docgen.writers.formats import HTML
from tests.support.contents import REAL_POLICY, ROOT, repository, write_content
from tests.support.judges import conformance_failures, require_verapdf
from tests.support.pdf_reading import pdf_texts

CASE = "case/opfoelgning-paa-indkoebspolitikken-2024"
_FILE = "cases/opfoelgning-paa-indkoebspolitikken-2024.yaml"
_FOLDER = "policies/indkoebspolitik-2023-2026"
_VALUE = f"{_FOLDER}/values/2-reduceret-klimaaftryk.yaml"
_REVISION = '  - {version: "1.1", date: 2022-12-01, what: Rettet efter høringen}\nadopted:'
SINCE = {"compare": f"{REAL_POLICY}@1.0", "document": REAL_POLICY, "version": '"1.1"'}
"""What is typed for the list of changes since version 1.0."""
YEARS = {"compare": "follow-up/2023", "document": "follow-up/2024", "version": '"0.1"'}


def files_with(annex: dict[str, str]) -> dict[str, bytes]:
    """The repository's content, where the policy has become 1.1 and a case has one more annex."""
    files = dict(repository().content_files)
    policy = files[f"{_FOLDER}/policy.yaml"].decode()
    policy = policy.replace('version: "1.0"\nstatus', 'version: "1.1"\nstatus').replace("adopted:", _REVISION, 1)
    value = files[_VALUE].decode().replace("Frem mod 2030 skal", "Frem mod 2035 skal")
    more = "".join(f"    {name}: {text}\n" for name, text in annex.items())
    case = files[_FILE].decode().rstrip("\n") + f"\n  - id: aendringer\n    title: Ændringer siden høringen\n{more}"
    texts = {f"{_FOLDER}/policy.yaml": policy, _VALUE: value, _FILE: case}
    return files | {path: text.encode() for path, text in texts.items()}


def job_with(annex: dict[str, str], edition: Edition = Edition.PUBLIC) -> Job:
    return Job(replace(repository(), content_files=files_with(annex)), CASE, edition)


@cache
def pack(edition: Edition) -> bytes:
    """The case with the list of changes since version 1.0."""
    return write_pack(job_with(SINCE, edition)).data


@pytest.mark.slow
@pytest.mark.parametrize("edition", Edition)
def test_the_list_since_an_issued_version_is_an_annex_with_its_number(edition: Edition) -> None:
    data = pack(edition)
    shown = " ".join(" ".join(pdf_texts(data)).split())
    assert "Bilag 2 – Ændringer siden høringen" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ændringerne er fra version 1.0 til version 1.1." in shown
    assert "Frem mod 2030 skal" in shown
    assert "Frem mod 2035 skal" in shown
    titles = [str(one.title) for one in PdfReader(io.BytesIO(data)).outline if not isinstance(one, list)]
    assert titles[-1].endswith("Ændringer siden høringen")


@pytest.mark.slow
def test_what_two_documents_differ_in_is_an_annex() -> None:
    job = job_with(YEARS)
    found = changes_of(job, job.attachments[-1][1])
    first = next(text for text in texts(found) if text.startswith("Ændringerne er fra "))
    assert first.count("(version 0.1)") == 2
    assert any(isinstance(node, Table) for node in walk(found))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("annex", "message", "hint"),
    [
        ({**SINCE, "compare": "policy/nej@1.0"}, "'policy/nej' findes ikke", "indkoebspolitik"),
        ({**SINCE, "compare": f"{REAL_POLICY}@0.9"}, "er ikke udstedt i version 0.9", f"vælg {REAL_POLICY}@1.0"),
        ({**SINCE, "compare": REAL_POLICY}, "før og nu er den samme version", f"{REAL_POLICY}@1.0"),
        ({"compare": f"{REAL_POLICY}@1.0"}, "siger ikke, hvad der sammenlignes med", f"document: {REAL_POLICY}"),
        ({**SINCE, "version": '"1.2"'}, "findes i version 1.1, ikke 1.2", 'version: "1.1"'),
        ({**SINCE, "file": "a.pdf"}, "ikke også en fil", "slet file"),
    ],
)
def test_what_cannot_be_compared_is_told_at_its_place(annex: dict[str, str], message: str, hint: str) -> None:
    with pytest.raises(ContentError) as raised:
        _ = job_with(annex).tree
    [problem] = raised.value.problems
    assert message in problem.message
    assert hint in problem.hint
    assert problem.origin.file == f"content/{_FILE}"
    assert problem.origin.line > 30


@pytest.mark.slow
def test_a_closed_list_is_but_a_line_in_public() -> None:
    closed = "{reason: offentlighedsloven § 30}"
    job = job_with({**SINCE, "closed": closed})
    assert [number for number, _ in job.attachments] == [1]
    assert b"1.0" not in job.source.split(b"aendringer")[-1][:200]
    assert [number for number, _ in job_with({**SINCE, "closed": closed}, Edition.INTERNAL).attachments] == [1, 2]


@pytest.mark.slow
def test_what_is_issued_compares_what_is_issued() -> None:
    told = [problem.message for problem in reasons_against(job_with(SINCE), "2022-12-01-br")]
    assert f"bilaget {REAL_POLICY} 1.1 er ikke udstedt" in told
    told = [problem.message for problem in reasons_against(job_with(YEARS), "2022-12-01-br")]
    assert "bilaget sammenligner med follow-up/2023, som det er i mappen, og det kan ændre sig" in told


@pytest.mark.slow
def test_a_word_changed_in_the_policy_makes_the_pack_anew(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    write_content(tmp_path / "content", files_with(SINCE))
    options = BuildOptions(
        tmp_path / "content", ROOT / "templates", tmp_path / "ud", (CASE,), (HTML,), with_annexes=True
    )
    made = tmp_path / f"ud/{CASE}-med-bilag.pdf"
    build(options)
    first = made.read_bytes()
    build(options)
    assert made.read_bytes() == first
    value = tmp_path / "content" / _VALUE
    value.write_text(value.read_text("utf-8").replace("Frem mod 2035 skal", "Frem mod 2036 skal"), "utf-8")
    build(options)
    assert "Frem mod 2036 skal" in " ".join(pdf_texts(made.read_bytes()))


@pytest.mark.judge
def test_the_pack_is_accessible_and_lasts(tmp_path: Path) -> None:
    require_verapdf()
    file = tmp_path / "pack.pdf"
    file.write_bytes(pack(Edition.PUBLIC))
    assert conformance_failures([file]) == []
