"""What others wrote, an open annex, is searched for closed words, too: as it is given, unpacked, in all its corners."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

from docgen.ledger.record import PACK
from docgen.ledger.scan import unpacked
from docgen.pdf_pages.streams import streams_of
from tests.ledger.test_closed_issue import CLOSED_SECTION, ISSUE, SENTENCE, confirmation, issuable
from tests.support.foreign_pdfs import text_pdf
from tests.support.house import CASE, docgen, project

CONFIRM = ("--confirm", "Ordene er også offentliggjort")
ATTACHED = (CASE, "treatments:\n", "annexes:\n  - {id: brev, title: Et brev, file: brev.pdf}\ntreatments:\n")


def _written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _copy() -> PdfWriter:
    return PdfWriter(clone_from=io.BytesIO(text_pdf("Et brev om noget andet.")))


def _in_title() -> bytes:
    writer = _copy()
    writer.add_metadata({"/Subject": SENTENCE})
    return _written(writer)


def _in_attachment() -> bytes:
    writer = _copy()
    writer.add_attachment("note.txt", SENTENCE.encode())
    return _written(writer)


def _in_unused_stream() -> bytes:
    writer = _copy()
    stream = DecodedStreamObject()
    stream.set_data(SENTENCE.encode())
    stream[NameObject("/Titel")] = TextStringObject("ubrugt")
    writer.root_object[NameObject("/Udkast")] = writer._add_object(stream.flate_encode())
    return _written(writer)


def _in_earlier_revision() -> bytes:
    """A file that was saved again with other words: the earlier ones are still in it."""
    first = _in_unused_stream()
    reader = PdfReader(io.BytesIO(first))
    writer = PdfWriter(reader, incremental=True)
    number = writer.root_object.raw_get("/Udkast").idnum
    other = DecodedStreamObject()
    other.set_data(b"ingenting")
    writer._replace_object(number, other.flate_encode())
    data = _written(writer)
    assert data.startswith(first)
    assert b"ingenting" in list(streams_of(data))
    assert SENTENCE.encode() not in list(streams_of(data))
    return data


def _over_a_line_end() -> bytes:
    begin, end = SENTENCE.split("byggeriet")
    return text_pdf(f"#set par(justify: false)\n{begin}bygge-#linebreak()riet{end}.")


def _over_two_pages() -> bytes:
    begin, end = SENTENCE.split(" byggeriet")
    return text_pdf(f"{begin}#pagebreak()byggeriet{end}.")


PLACES: dict[str, Callable[[], bytes]] = {
    "på siden": lambda: text_pdf(f"Der står: {SENTENCE}."),
    "i egenskaberne": _in_title,
    "i en vedhæftet fil": _in_attachment,
    "i en strøm, som intet viser": _in_unused_stream,
    "i en tidligere udgave af filen": _in_earlier_revision,
    "hen over et linjeskift": _over_a_line_end,
    "hen over et sideskift": _over_two_pages,
}


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_closed_words_in_an_open_annex_are_told_and_confirmed(place: str, tmp_path: Path) -> None:
    folder = project(tmp_path, {**issuable(CLOSED_SECTION, ATTACHED), "annexes/brev.pdf": PLACES[place]()})
    refused = docgen(folder, *ISSUE)
    assert refused.exit_code == 1
    assert f"'{SENTENCE}' er lukket, men står også i" in refused.stderr
    assert "annexes/brev.pdf" in refused.stderr
    assert "fejlen til docgens udviklere" not in refused.stderr, "docgen did not put it there"
    assert not list((folder / "content").glob("issued/0*.json"))
    done = docgen(folder, *ISSUE, *CONFIRM)
    assert done.exit_code == 0, done.stderr
    assert SENTENCE in confirmation(folder)["words"]


@pytest.mark.slow
def test_an_annex_without_closed_words_needs_no_word(tmp_path: Path) -> None:
    files = {**issuable(CLOSED_SECTION, ATTACHED), "annexes/brev.pdf": text_pdf("Budgettet er lagt rigtigt.")}
    folder = project(tmp_path, files)
    done = docgen(folder, *ISSUE)
    assert done.exit_code == 0, done.stderr
    assert confirmation(folder) == {}


@pytest.mark.slow
def test_all_that_is_written_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each blob that goes into the archive, by its bytes: what is kept is what was searched."""
    from docgen.commands import issue
    from docgen.ledger import scan as scanning

    seen: list[bytes] = []

    def note(outputs: dict[str, bytes], closed: object, given: dict[str, bytes]) -> scanning.Found:
        seen.extend([*outputs.values(), *given.values()])
        assert PACK in outputs
        assert set(given) == {"annexes/brev.pdf"}
        return scanning.scan(outputs, closed, given)  # type: ignore[arg-type]

    monkeypatch.setattr(issue, "scan", note)
    folder = project(tmp_path, {**issuable(CLOSED_SECTION, ATTACHED), "annexes/brev.pdf": text_pdf("Et brev.")})
    assert docgen(folder, *ISSUE).exit_code == 0
    kept = {path.read_bytes() for path in (folder / "content/issued/arkiv").rglob("*") if path.is_file()}
    unsearched = kept - set(seen)
    assert [json.strip() for json in unsearched] == [b"{}"], "what was confirmed: nothing"
    assert {path.read_bytes() for path in (folder / "build/issued").rglob("*.*") if path.is_file()} <= kept


@pytest.mark.slow
def test_very_many_closed_words_are_told_in_few_lines(tmp_path: Path) -> None:
    sentences = [f"Den lukkede oplysning nummer {number} er skrevet her" for number in range(60)]
    closed = (CASE, "text: Løsningen.", f"text: {'. '.join(sentences)}., closed: {{reason: en prøve}}")
    annex = text_pdf("\n\n".join(f"{sentence}." for sentence in sentences))
    refused = docgen(project(tmp_path, {**issuable(closed, ATTACHED), "annexes/brev.pdf": annex}), *ISSUE)
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) < 30
    assert "andre lukkede ord står også i" in refused.stderr


@pytest.mark.slow
def test_a_bomb_in_an_annex_is_read_no_further_than_the_limit() -> None:
    import zlib

    packed = zlib.compress(b" " * 300_000_000)
    data = b"%PDF-1.7\n1 0 obj << >>\nstream\n" + packed + b"\nendstream endobj\n"
    assert max(map(len, unpacked(data))) <= 50_000_000


@pytest.mark.slow
def test_the_very_file_that_is_closed_elsewhere_is_told_in_one_line(tmp_path: Path) -> None:
    closed = "  - {id: lukket, title: Et lukket, file: samme.pdf, closed: {reason: en prøve}}\ntreatments:\n"
    both = (*ATTACHED[:2], ATTACHED[2].replace("treatments:\n", closed))
    data = text_pdf("Brevets første sætning. Brevets anden sætning er længere.")
    files = {**issuable(both), "annexes/brev.pdf": data, "annexes/samme.pdf": data}
    folder = project(tmp_path, files)
    refused = docgen(folder, *ISSUE)
    assert refused.exit_code == 1
    (told,) = [line for line in refused.stderr.splitlines() if line.startswith("content/")]
    assert "bilaget samme.pdf er lukket her, men den samme fil er åben i annexes/brev.pdf" in told
    assert docgen(folder, *ISSUE, *CONFIRM).exit_code == 0
    assert confirmation(folder)["same"] == "samme.pdf"
