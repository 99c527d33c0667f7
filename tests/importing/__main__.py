"""`python -m tests.importing [TEXT]`: how much of what was broken, drawn or written an import reads right.

Writes the rows of docs/import.md. TEXT is a text of one's own: the counts alone are shown, nothing of it is kept.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from docgen.document_id import DocumentId
from docgen.files import read_file
from docgen.importing.drafts import draft_of
from docgen.importing.from_pdf import read_pdf_blocks
from docgen.importing.reading import read_any
from docgen.importing.repair import repair
from docgen.kinds.policy.model import Policy
from docgen.writers.formats import DOCX, HTML, PDF
from tests.importing.test_pdf import bare
from tests.importing.test_repair import repository_paragraphs, said
from tests.importing.test_round_trip import READ, share_again
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


def counts(path: Path) -> Iterator[str]:
    """What is found in a text of somebody's own, as a policy."""
    read = read_any(path.name, read_file(path))
    draft = draft_of(DocumentId("policy", "x"), read, repository().content, datetime.date(2026, 1, 1))
    values = [fields for name, fields in draft.files.items() if "/values/" in name]
    roles = draft.files["policies/x/responsibilities.yaml"]["roles"]
    yield f"| {read.words} ord, {len(read.remarks)} steder at se på | {len(draft.missing)} ting ikke i kilden |"
    yield f"| værdier, indsatsområder | {len(values)}, {sum(len(value['focus_areas']) for value in values)} |"
    filled = [one for role in roles for one in role["responsibilities"] if not one["text"].startswith("UDFYLD")]
    yield f"| roller, ansvar | {len(roles)}, {len(filled)} |"


if __name__ == "__main__":
    for row in figures():
        sys.stdout.write(f"{row}\n")
    for name in sys.argv[1:]:
        sys.stdout.writelines(f"{row}\n" for row in counts(Path(name)))
