"""review.html: what somebody must look at after an import, place by place; it needs no network and runs no program."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from docgen import danish
from docgen.importing.draft import Draft, Remark

MARK = '<meta name="docgen-review" content="'
"""What stands before the number of places in the head of a review."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_WHAT_TO_DO = (
    "Se hvert sted igennem, og ret i YAML-filen, hvor det er læst forkert. Slet denne fil, når det er gjort; "
    "indtil da minder <code>docgen check</code> om den."
)
_STYLE = (
    "body{font:1.05rem/1.55 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h1,h2{line-height:1.2}table{border-collapse:collapse;width:100%}caption{text-align:left;"
    "font-weight:600;padding:.5rem 0}th,td{border:1px solid #767676;padding:.45rem .6rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}th{background:#f0f0f0;white-space:nowrap}.scroll{overflow-x:auto}"
    "td:nth-child(2){width:45%}img{max-width:100%;"
    "border:1px solid #767676;display:block;margin-top:.3rem}code{overflow-wrap:anywhere}ins{font-weight:600}"
)


def counted(count: int, one: str, more: str) -> str:
    """`1 ord`, `3.461 ord`."""
    return f"{danish.number(count)} {one if count == 1 else more}"


def summary(draft: Draft) -> str:
    """`3.461 ord, 14 sider, 47 steder at se på, 5 ting ikke i kilden`."""
    parts = [counted(draft.words, "ord", "ord")]
    if draft.pages:
        parts.append(counted(draft.pages, "side", "sider"))
    parts.append(counted(len(draft.remarks), "sted at se på", "steder at se på"))
    parts.append(counted(len(draft.missing), "ting ikke i kilden", "ting ikke i kilden"))
    return ", ".join(parts)


def review_page(source: str, document: str, draft: Draft, cuts: Mapping[int, bytes]) -> bytes:
    """The page, of what an import made of a file: `cuts` are pictures (PNG) of the source beside a remark, by its place
    among the remarks."""
    count = len(draft.remarks) + len(draft.missing)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="da">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'{MARK}{count}">',
        f"<title>Gennemgang af {escape(document)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>Gennemgang af {escape(document)}</h1>",
        f"<p>Hentet fra <code>{escape(source)}</code>: {summary(draft)}.</p>",
        f"<p>{_WHAT_TO_DO}</p>",
        *_missing(draft.missing),
        *_remarks(draft.remarks, cuts),
        *_left_out(draft.left_out),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _missing(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield "<h2>Ikke i kilden</h2>"
        yield "<p>Her står UDFYLD, eller et gæt, i YAML-filen:</p>"
        yield "<ul>"
        yield from (f"<li>{escape(one)}</li>" for one in missing)
        yield "</ul>"


def _remarks(remarks: Sequence[Remark], cuts: Mapping[int, bytes]) -> Iterator[str]:
    yield "<h2>Steder at se på</h2>"
    if not remarks:
        yield "<p>Ingen.</p>"
        return
    yield '<div class="scroll" role="region" aria-label="Steder at se på" tabindex="0">'
    yield "<table>"
    yield f"<caption>{counted(len(remarks), 'sted', 'steder')}</caption>"
    heads = ("Nr.", "I kilden", "Læst som", "Hvorfor", "I YAML")
    yield "<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead>"
    yield "<tbody>"
    for number, remark in enumerate(remarks):
        yield "<tr>" + _cells(number, remark, cuts.get(number)) + "</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _cells(number: int, remark: Remark, cut: bytes | None) -> str:
    place = ", ".join(
        filter(
            None, (f"side {remark.page + 1}" if remark.page >= 0 else "", f"linje {remark.line}" if remark.line else "")
        )
    )
    picture = ""
    if cut is not None:
        alt = escape(f"Udsnit af side {remark.page + 1}: {remark.source}", quote=True)
        picture = f'<img alt="{alt}" src="data:image/png;base64,{b64encode(cut).decode()}">'
    source = (
        f"{escape(remark.source)}<br><small>{place}</small>{picture}" if place or picture else escape(remark.source)
    )
    where = escape(remark.file) + (f"<br><code>{escape('.'.join(remark.path))}</code>" if remark.path else "")
    cells = (source, f"<ins>{escape(remark.reading)}</ins>" if remark.reading else "", escape(remark.why), where)
    return f'<th scope="row">{number + 1}</th>' + "".join(f"<td>{cell}</td>" for cell in cells)


def _left_out(left_out: Sequence[str]) -> Iterator[str]:
    if left_out:
        yield "<h2>Ikke med</h2>"
        yield "<p>Det står i kilden, men i ingen YAML-fil:</p>"
        yield "<ul>"
        yield from (f"<li>{escape(one)}</li>" for one in left_out)
        yield "</ul>"


def review_count(data: bytes) -> int:
    """How many places a review has; 0 for a page that is none."""
    head = data[:4000].decode("utf-8", "replace")
    _, found, rest = head.partition(MARK)
    digits = rest.partition('"')[0]
    return int(digits) if found and digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
