"""`python -m tests.importing [TEXT [RIGHT]]`: how much of what was broken, drawn or written an import reads right.

Writes the rows of docs/import.md. TEXT is a text of one's own, and RIGHT the same text as it should be: the
counts alone are shown, nothing of them is kept.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docgen.document_id import DocumentId
from docgen.files import read_file
from docgen.importing.drafts import draft_of
from docgen.importing.from_pdf import read_pdf_blocks
from docgen.importing.reading import read_any
from docgen.importing.repair import repair
from docgen.kinds.policy.model import Policy
from docgen.readers.text import read_lines
from docgen.writers.formats import DOCX, HTML, PDF
from tests.importing.test_import_command import squeezed
from tests.importing.test_pdf import bare
from tests.importing.test_repair import repository_paragraphs, said
from tests.importing.test_round_trip import DAY, READ, share_again
from tests.support.broken_text import noisy, share_of_words, wrapped
from tests.support.contents import REAL_POLICY, repository, written

_SEEDS = range(5)


def figures() -> Iterator[str]:
    """A row of a table for each thing that is measured."""
    paragraphs = repository_paragraphs()
    gold = " ".join(paragraphs)
    for noise in (0.0, 0.02, 0.06):
        shares, joins = [], []
        for seed in _SEEDS:
            chance = random.Random(seed)
            pages = [
                [line for text in paragraphs[at : at + 8] for line in noisy(wrapped(text, 48, chance), noise, chance)]
                for at in range(0, len(paragraphs), 8)
            ]
            share, false_joins = share_of_words(gold, said(repair(pages)))
            shares.append(share)
            joins.append(false_joins)
        shown = (
            f"{min(shares):.4f} - {max(shares):.4f} af ordene rigtige, højst {max(joins):.1f} forkert samlet på 1.000"
        )
        yield f"| et mellemrum i {noise:.0%} af ordenes bogstaver, og delte ord i linjernes slutning | {shown} |"
    own = repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    found = [" ".join(block.text.split()) for block in read_pdf_blocks("x", bare(written(REAL_POLICY, PDF))).blocks]
    wanted = [" ".join(part.split()) for value in own.values for part in str(value.text).split("\n\n")]
    wanted += [" ".join(f"{area.lead} {area.text or ''}".split()) for value in own.values for area in value.focus_areas]
    whole = sum(one in found for one in wanted)
    yield f"| indkøbspolitikkens værdier, læst af PDF'ens sider alene | {whole} af {len(wanted)} afsnit hele |"
    for id in READ:
        shares = [share_again(id, format) for format in (DOCX, HTML)]
        yield f"| {id}, hentet fra Word og HTML | {shares[0]:.3f} og {shares[1]:.3f} af linjerne igen |"


def against(path: Path, right: Path) -> Iterator[str]:
    """How many words of a text are read as they should be, and what becomes of that which is right already."""
    gold = read_file(right).decode()
    pages = [[line.text for line in page] for page in read_lines(path.name, read_file(path))]
    share, joins = share_of_words(gold, said(repair(pages)))
    words = len(gold.split())
    yield f"| ord i en egen tekst | {share:.4f} af {words} rigtige, {joins * words / 1000:.0f} forkert samlet |"
    clean = [[line.text for line in page] for page in read_lines(right.name, read_file(right))]
    kept, _ = share_of_words(gold, said(repair(clean)))
    yield f"| den samme tekst, når den er rigtig | {1000 * (1 - kept):.2f} af 1.000 ord ændret |"


def two_columns() -> Iterator[str]:
    """The policy in two columns of Word, made a PDF by LibreOffice where there is one; no tags are read."""
    office = shutil.which("soffice")
    if office is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "politik.docx")
        path.write_bytes(in_columns(written(REAL_POLICY, DOCX)))
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/own", "--headless", "--convert-to", "pdf", "--outdir",
             folder, str(path)], check=True, capture_output=True,
        )  # fmt: skip
        data = bare(read_file(path.with_suffix(".pdf")))
    draft = draft_of(DocumentId("policy", "x"), read_pdf_blocks("x.pdf", data), repository().content, DAY)
    values = [fields for name, fields in draft.files.items() if "/values/" in name]
    own = repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    wanted = [squeezed(f"{area.lead} {area.text or ''}") for value in own.values for area in value.focus_areas]
    found = [squeezed(f"{a['lead']} {a.get('text', '')}") for value in values for a in value["focus_areas"]]
    roles = draft.files.get("policies/x/responsibilities.yaml", {"roles": []})["roles"]
    answers = sum(len(role["responsibilities"]) for role in roles)
    whole = sum(one in found for one in wanted)
    yield (
        f"| politikken i to spalter, som PDF fra LibreOffice | {whole} af {len(wanted)} indsatsområder ord for ord, "
        f"{len(found)} i alt; {answers} ansvar |"
    )


def in_columns(data: bytes) -> bytes:
    """A Word file with all of its text in two columns."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            content = before.read(one)
            if one.filename == "word/document.xml":
                content = re.sub(rb"<w:cols [^>]*/>", b"", content)
                content = content.replace(b"</w:sectPr>", b'<w:cols w:num="2" w:space="400"/></w:sectPr>')
            after.writestr(one, content)
    return out.getvalue()


def counts(path: Path) -> Iterator[str]:
    """What is found in a text of somebody's own, as a policy."""
    read = read_any(path.name, read_file(path))
    draft = draft_of(DocumentId("policy", "x"), read, repository().content, DAY)
    values = [fields for name, fields in draft.files.items() if "/values/" in name]
    roles = draft.files["policies/x/responsibilities.yaml"]["roles"]
    yield f"| {read.words} ord, {len(read.remarks)} steder at se på | {len(draft.missing)} ting ikke i kilden |"
    stated = sum(not value["statement"].startswith("UDFYLD") for value in values)
    areas = sum(len(value["focus_areas"]) for value in values)
    yield f"| værdier, udsagn, indsatsområder | {len(values)}, {stated}, {areas} |"
    filled = [one for role in roles for one in role["responsibilities"] if not one["text"].startswith("UDFYLD")]
    yield f"| roller, ansvar | {len(roles)}, {len(filled)} |"


if __name__ == "__main__":
    for row in figures():
        sys.stdout.write(f"{row}\n")
    sys.stdout.writelines(f"{row}\n" for row in two_columns())
    for name in sys.argv[1:2]:
        sys.stdout.writelines(f"{row}\n" for row in counts(Path(name)))
    for name in sys.argv[2:3]:
        sys.stdout.writelines(f"{row}\n" for row in against(Path(sys.argv[1]), Path(name)))
