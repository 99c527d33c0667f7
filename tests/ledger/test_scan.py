"""The search of what is to be issued for closed words, alone: where it looks, what it finds, and what it tells."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
import zlib
from typing import Any

import pytest

from docgen.ledger.closed_matter import ClosedMatter, Secret
from docgen.ledger.record import PACK
from docgen.ledger.scan import Found, confirmation, problems_of, scan, unpacked
from docgen.problems import Origin

SENTENCE = "Budgettet for byggeriet er lavt"


def secret(words: str, line: int = 1) -> Secret:
    return Secret(words, Origin("content/x.yaml", line, 3))


ONE, OTHER = secret(SENTENCE), secret("Novo Beton", 2)
CLOSED = ClosedMatter((ONE,), (OTHER,), ())


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def stored(data: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\nstream\r\n" + zlib.compress(data) + b"\nendstream\n" + b"2 0 obj\nstream\nxx\nendstream"


HELD = {
    "as it stands": SENTENCE.encode(),
    "over lines": SENTENCE.replace(" ", "\n  ").encode(),
    "divided at the line's end": SENTENCE.replace("byggeriet", "bygge- \n  riet").encode(),
    "with hidden hyphens": SENTENCE.replace("byggeriet", "bygge\N{SOFT HYPHEN}riet").encode(),
    "in Markdown": SENTENCE.replace("byggeriet", "**byggeriet**").encode(),
    "between tags": SENTENCE.replace("byggeriet", "<w:t>bygge</w:t>riet").encode(),
    "as a page writes signs": SENTENCE.replace("Budgettet", "&#66;udgettet").encode(),
    "in JSON": SENTENCE.replace(" er ", '\\ner\\t').encode(),
    "in a part of a Word file": zipped(a=b"intet", b=SENTENCE.encode()),
    "in the name of a part": zipped(**{SENTENCE: b""}),
    "in a Word file in a Word file": zipped(a=zipped(b=zipped(c=zipped(d=SENTENCE.encode())))),
    "in a picture of a page": b'<img src="data:image/svg+xml;base64,' + base64.b64encode(SENTENCE.encode()) + b'">',
    "in what a PDF had": stored(SENTENCE.encode()),
}  # fmt: skip
NOT_HELD = {
    "other words": b"Budgettet for byggeriet er stort",
    "a longer word after": SENTENCE.encode() + b"ere",
    "a longer word before": b"Over" + SENTENCE.encode(),
    "a hyphen that is written": SENTENCE.replace("byggeriet", "bygge-riet").encode(),
    "five layers in": zipped(a=zipped(b=zipped(c=zipped(d=zipped(e=SENTENCE.encode()))))),
}


@pytest.mark.parametrize("how", HELD)
def test_words_are_found_however_they_are_packed(how: str) -> None:
    assert scan({"fil": HELD[how]}, CLOSED).distinctive == {ONE: ("fil",)}


@pytest.mark.parametrize("how", NOT_HELD)
def test_other_words_are_none_of_them(how: str) -> None:
    found = scan({"fil": NOT_HELD[how]}, CLOSED)
    assert (found.distinctive, found.short, found.must_be_confirmed) == ({}, {}, False)


def test_signs_of_json_are_read_as_what_they_mean() -> None:
    (words,) = [secret('han sagde "ja" og \\ nej')]
    assert scan({"fil": rb'"han sagde \"ja\" og \\ nej"'}, ClosedMatter((words,), (), ())).distinctive


def test_a_file_is_unpacked_with_all_that_is_in_it() -> None:
    inner = zipped(b=b"to")
    assert list(unpacked(zipped(a=b"et", c=inner)))[1:] == [b"a", b"et", b"c", inner, b"b", b"to"]
    assert list(unpacked(inner, 0)) == [inner]
    assert list(unpacked(b"intet")) == [b"intet"]


def test_words_are_told_by_each_file_that_has_them() -> None:
    data = SENTENCE.encode()
    found = scan({"pdf": data, "docx": b"intet", "html": data}, CLOSED)
    assert found.distinctive == {ONE: ("pdf", "html")}
    assert not found.must_be_confirmed, "it is not to be issued at all"
    assert scan({"pdf": b"Firmaet Novo Beton"}, CLOSED).short == {OTHER: ("pdf",)}


def test_what_others_wrote_is_told_apart() -> None:
    """Closed words in an open annex are not docgen's; in a pack they are the annex's; in a document its own."""
    data, given = SENTENCE.encode(), {"annexes/a.pdf": SENTENCE.encode()}
    assert scan({"pdf": b""}, CLOSED, given).given == {ONE: ("annexes/a.pdf",)}
    assert scan({"pdf": b"", PACK: data}, CLOSED, given).given == {ONE: (PACK, "annexes/a.pdf")}
    own = scan({"pdf": data}, CLOSED, given)
    assert (own.distinctive, own.given) == ({ONE: ("pdf", "annexes/a.pdf")}, {})
    assert scan({PACK: data}, CLOSED).distinctive == {ONE: (PACK,)}


def test_the_very_file_that_is_closed_elsewhere_is_told_once() -> None:
    data = f"{SENTENCE} Novo Beton".encode()
    closed = ClosedMatter(
        (ONE,), (OTHER, secret("Novo Beton")), (), {hashlib.sha256(data).hexdigest(): secret("lukket.pdf")}
    )
    found = scan({"pdf": b""}, closed, {"annexes/a.pdf": data, "annexes/b.pdf": data, "annexes/c.pdf": b"andet"})
    assert found.same == {secret("lukket.pdf"): ("annexes/a.pdf", "annexes/b.pdf")}
    assert (found.distinctive, found.given) == ({}, {}), "word by word nothing more is said of it"
    assert found.short == {OTHER: ("annexes/a.pdf", "annexes/b.pdf")}, "it stands in another place, too"


ALL = Found(
    {},
    {OTHER: ("pdf", "html")},
    (secret("tavs.pdf", 3),),
    covered={secret("daekket.pdf", 4): (1, 3)},
    given={ONE: ("annexes/a.pdf",)},
    same={secret("samme.pdf", 5): ("annexes/b.pdf",)},
)
TOLD = """\
content/x.yaml:2:3: 'Novo Beton' er lukket, men står også i pdf, html; \
skriv den åbne tekst om, eller bekræft det: --confirm "hvorfor det er i orden"
content/x.yaml:5:3: bilaget samme.pdf er lukket her, men den samme fil er åben i annexes/b.pdf; \
luk det begge steder, eller bekræft det: --confirm "hvorfor"
content/x.yaml:1:3: 'Budgettet for byggeriet er lavt' er lukket, men står også i annexes/a.pdf; \
læs bilaget igennem, og bekræft det: --confirm "hvorfor det er i orden"
content/x.yaml:3:3: det lukkede bilag tavs.pdf kan ikke læses, så dets ord er ikke søgt efter; \
se selv efter, og bekræft det: --confirm "hvorfor det er i orden"
content/x.yaml:4:3: bilaget daekket.pdf har ord på side 1, 3, der er dækket til, men stadig kan kopieres; \
fjern ordene i bilaget, eller bekræft det: --confirm "hvorfor\""""


def test_all_that_must_be_confirmed_is_told() -> None:
    assert "\n".join(map(str, problems_of(ALL, ""))) == TOLD
    assert list(problems_of(ALL, " ")) == list(problems_of(ALL, "")), "blanks are no reason"
    assert list(problems_of(ALL, "kendt")) == []
    assert ALL.must_be_confirmed


@pytest.mark.parametrize("field", ["short", "unread", "covered", "given", "same"])
def test_each_thing_alone_must_be_confirmed(field: str) -> None:
    nothing: dict[str, Any] = {"short": {}, "unread": (), "covered": {}, "given": {}, "same": {}}
    assert Found({}, **{**nothing, field: getattr(ALL, field)}).must_be_confirmed
    assert not Found({ONE: ("pdf",)}, **nothing).must_be_confirmed


def test_what_docgen_let_through_is_told_whatever_is_confirmed() -> None:
    found = Found({secret("x" * 61): ("pdf", "docx"), secret("y" * 60): ("html",)}, {}, ())
    assert "\n".join(map(str, problems_of(found, "kendt"))) == (
        f"content/x.yaml:1:3: ordene er lukkede, men er kommet med i pdf, docx: '{'x' * 57}…'; "
        "udsted det ikke; meld fejlen til docgens udviklere uden at sende indholdet\n"
        f"content/x.yaml:1:3: ordene er lukkede, men er kommet med i html: '{'y' * 60}'; "
        "udsted det ikke; meld fejlen til docgens udviklere uden at sende indholdet"
    )


def test_of_very_many_the_first_are_told_and_how_many_more() -> None:
    many = {secret(f"ord {number}", number): ("pdf",) for number in range(1, 24)}
    found = Found({}, {**many, secret("andet", 50): ("html",)}, ())
    told = [str(problem) for problem in problems_of(found, "")]
    assert len(told) == 22
    assert told[19].startswith("content/x.yaml:20:3: 'ord 20' er lukket, men står også i pdf; skriv")
    assert told[20] == (
        "content/x.yaml:21:3: og 3 andre lukkede ord står også i pdf; "
        'skriv den åbne tekst om, eller bekræft det: --confirm "hvorfor det er i orden"'
    )
    assert told[21].startswith("content/x.yaml:50:3: 'andet'")
    few = Found({}, dict(list(many.items())[:20]), ())
    assert len(list(problems_of(few, ""))) == 20


def test_a_record_says_what_was_confirmed() -> None:
    assert confirmation(ALL, " det er kendt ") == {
        "reason": "det er kendt",
        "words": f"Novo Beton, {SENTENCE}",
        "same": "samme.pdf",
        "unread": "1",
        "covered": "daekket.pdf",
    }
    assert confirmation(Found({}, {OTHER: ("pdf",)}, ()), "kendt") == {"reason": "kendt", "words": "Novo Beton"}
    assert confirmation(Found({ONE: ("pdf",)}, {}, ()), "kendt") == {}
