"""A ledger of form 2 in memory, with what happened to its versions later: what is told of it and of its public copy."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfWriter

from docgen import __version__
from docgen.archive import ARCHIVE, SentArchive, blob_path
from docgen.commands.verify import as_text
from docgen.ledger import records as ledger
from docgen.ledger.keeping import keep
from docgen.ledger.public_copy import public_copy, withheld
from docgen.ledger.record import (
    CONFIRMED,
    ERASURE,
    ISSUE,
    MIGRATION,
    PACK,
    WITHDRAWAL,
    Payload,
    Record,
    keys_json,
    read_keys,
    read_record,
    to_json,
    without_keys,
)
from docgen.ledger.verdicts import verify_file, verify_ledger
from docgen.structs import replace
from tests.conftest import Golden
from tests.support.contents import plain_pdf
from tests.support.trees import every_node
from tests.writers.test_docx import written as word_file

ANNEX = "annexes/bilag.pdf"


class Made(NamedTuple):
    """A ledger: its files, and what its archive has by hash."""

    files: dict[str, bytes]
    blobs: dict[str, bytes]

    @property
    def archive(self) -> SentArchive:
        return SentArchive(Path("arkiv"), self.blobs, set())

    def told(self, **changes: Any) -> str:
        """What is told of the ledger, and of files that are there."""
        given = {"issued": {}, "archive": self.archive, **changes}
        return as_text(verify_ledger(ledger.read_ledger(self.files), **given))


def made() -> Made:
    """Two printings of a version in public, one of them with a pack, one for those inside, a withdrawal and an erasure
    of parts."""
    files: dict[str, bytes] = {}
    blobs: dict[str, bytes] = {}
    salts, previous = (f"{number:032x}" for number in count(1)), ""
    own: dict[str, Any] = {
        "document": "case/sag",
        "title": "En sag",
        "version": "1.0",
        "status": "vedtaget",
        "meeting": "m",
    }
    own |= {"words": "ord", "made_with": {"docgen-code": "a", "docgen-words": "b", "typst": "1"}}
    given: list[tuple[dict[str, Any], dict[str, bytes], dict[str, bytes]]] = [
        ({"edition": "public"}, {"pdf": b"pdf", "docx": b"docx"},
         {"source": b"{}", ANNEX: b"bilag", CONFIRMED: b"{}"}),
        ({"edition": "internal"}, {"pdf": b"intern"}, {"source": b"{}"}),
        ({"edition": "public", "printing": 2}, {"pdf": b"pdf 2", PACK: b"mappe"}, {"source": b"{ }"}),
        ({"edition": "public", "type": WITHDRAWAL, "note": {"record": "1", "reason": "en fejl"}}, {}, {}),
        ({"edition": "public", "type": ERASURE,
          "note": {"record": "1", "reason": "et navn", "payloads": "docx source"}}, {}, {}),
    ]  # fmt: skip
    for number, (fields, outputs, parts) in enumerate(given, 1):
        said = {"type": ISSUE, "fingerprint": f"{number}a2b3c4d", **own, **fields}
        record = Record(number=number, date=f"2026-02-0{number}", previous=previous, format=2, **said)
        kept = keep(record, outputs, parts, lambda: next(salts))
        files[kept.record.path] = to_json(kept.record)
        if outputs:
            files[kept.record.keys_path] = kept.keys
        blobs |= kept.blobs
        previous = kept.record.hash
    files[ledger.HEAD] = ledger.head(kept.record)
    files["issued/noegler/0001.json"] = without_keys(files["issued/noegler/0001.json"], ["docx", "source"])
    del blobs[sha(b"docx")]
    return Made(files, blobs)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def without(found: Made, data: bytes) -> Made:
    return Made(found.files, {hash: kept for hash, kept in found.blobs.items() if kept != data})


def changed(found: Made, path: str, change: Callable[[bytes], bytes]) -> Made:
    return Made({**found.files, path: change(found.files[path])}, found.blobs)


def handed_out() -> dict[str, bytes]:
    paths = [file.path for record in ledger.records(made().files) for file in record.files.values()]
    return dict(zip(paths, [b"pdf", b"docx", b"andet"], strict=False))


def test_what_is_told_of_a_whole_ledger_and_of_one_that_lacks_something(golden: Golden) -> None:
    whole = made()
    public = Made(public_copy(whole.files, whole.archive), whole.blobs)
    shown = {
        "hel": whole.told(),
        "uden arkiv": whole.told(archive=None),
        "med filer": whole.told(issued=handed_out()),
        "med bilag": whole.told(annexes={ANNEX: b"bilag"}),
        "med et andet bilag": whole.told(annexes={ANNEX: b"et andet"}),
        "uden en PDF": without(whole, b"pdf").told(),
        "uden mere": without(without(whole, b"pdf"), b"bilag").told(),
        "offentlig": public.told(),
        "offentlig uden en PDF": without(public, b"pdf").told(),
    }
    golden("verify-later.txt", "\n".join(f"## {name}\n{told}\n" for name, told in shown.items()))


KEYS = "issued/noegler/0001.json"


def broken() -> dict[str, dict[str, bytes]]:
    """A ledger's files, each with something else wrong."""
    whole, files = made(), made().files
    first, second, third, *_ = ledger.records(files)
    keys = json.loads(files[KEYS])
    stub = withheld(second)
    twin = replace(third, printing=1)
    return {
        "en nøgle mangler": changed(whole, KEYS, lambda data: without_keys(data, ["pdf"])).files,
        "en nøgle er en anden": {**files, KEYS: json.dumps({**keys, "pdf": keys[ANNEX]}).encode()},
        "nøgler, der ikke kan læses": {**files, KEYS: b"[1]"},
        "ingen nøgler": {path: data for path, data in files.items() if path != KEYS},
        "en post er taget ud": {**{p: d for p, d in files.items() if p != second.path}, stub.path: to_json(stub)},
        "en post to gange": {**{p: d for p, d in files.items() if p != third.path}, twin.path: to_json(twin)},
        "linjeslut fra Windows": {**files, first.path: files[first.path].replace(b"\n", b"\r\n")},
    }


def test_what_is_told_of_a_broken_ledger_of_form_2(golden: Golden) -> None:
    shown = []
    for name, files in broken().items():
        problems = ledger.check_ledger(files, "indhold")
        shown.append("\n".join([f"## {name}", *map(str, problems), ""]))
    whole = made()
    copy = public_copy(whole.files, whole.archive)
    shown.append("\n".join(["## offentlig kopi", *map(str, ledger.check_ledger(copy)), ""]))
    golden("errors/ledger-form-2.txt", "\n".join(shown))
    assert list(ledger.check_ledger(copy, copies=True)) == []


def test_the_public_copy_has_what_everybody_may_see_and_no_more() -> None:
    whole = made()
    copy = public_copy(whole.files, whole.archive)
    first, second, third, *later = ledger.records(whole.files)
    assert set(copy) == {
        *(record.path for record in (first, third, *later)),
        *(withheld(second).path, first.keys_path, third.keys_path, ledger.HEAD),
        *(f"{ARCHIVE}/{blob_path(sha(data))}" for data in (b"pdf", b"bilag", b"pdf 2", b"mappe", b"{ }")),
    }
    assert all(copy[record.path] == whole.files[record.path] for record in (first, third, *later))
    assert set(json.loads(copy[first.keys_path])) == {"pdf", ANNEX}
    assert copy[first.keys_path].endswith(b"}\n")
    assert json.loads(copy[withheld(second).path]) == {
        "format": 2,
        "type": "withheld",
        "number": 2,
        "previous": first.hash,
        "hash": second.hash,
    }
    assert read_record(copy[withheld(second).path]) == withheld(second), "it says nothing more"
    assert json.loads(copy[ledger.HEAD]) == {"count": 5, "hash": later[-1].hash, "public": True}
    assert ledger.is_public_copy(copy)
    assert not ledger.is_public_copy(whole.files)
    assert public_copy({}, whole.archive) == {ledger.HEAD: ledger.head(None, public=True)}


def test_what_is_told_of_files_of_versions_that_have_changed_since(golden: Golden) -> None:
    whole = made()
    public = ledger.read_ledger(public_copy(whole.files, whole.archive))
    shown = []
    for name, data in {"trukket-tilbage.pdf": b"pdf", "tryk-2.pdf": b"pdf 2", "intern.pdf": b"intern",
                       "mappe.pdf": b"mappe", "slettet.docx": b"docx", "bilag.pdf": b"bilag"}.items():  # fmt: skip
        for known in (ledger.read_ledger(whole.files), public, None):
            shown.append(as_text(verify_file(name, data, known, {}, (), archive=whole.archive)))
    golden("verify-later-files.txt", "\n".join(shown) + "\n")


def page(fingerprint: str) -> bytes:
    return f'<!DOCTYPE html><meta name="docgen-build" content="{fingerprint}"><p>Ord.</p>'.encode()


def carrying(**source: str) -> bytes:
    """A PDF that carries a source."""
    writer = PdfWriter(clone_from=io.BytesIO(plain_pdf()))
    writer.add_attachment("kilde.json", json.dumps(source).encode())
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(plain_pdf()))
    writer.encrypt("kode", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


INSTALLED = {"docgen-code": "a", "docgen-words": "b", "typst": "1"}
OWN = {"document": "case/sag", "edition": "public", "docgen": __version__}
CLAIMED: dict[str, tuple[bytes, dict[str, Any]]] = {
    "en side af den første": (page("1a2b3c4d"), {}),
    "en side af den anden": (page("2a2b3c4d"), {}),
    "en side af den tredje, lavet med andet": (page("3a2b3c4d"), {"installed": {"typst": "2"}}),
    "en side af ingen": (page("ffffffff"), {}),
    "en Word-fil af den første": (word_file(every_node(), build_id="1a2b3c4d"), {}),
    "en Word-fil af den tredje": (word_file(every_node(), build_id="3a2b3c4d"), {}),
    "en PDF med samme ord": (carrying(**OWN), {"says": ("1.0", "ord")}),
    "en PDF med andre ord": (carrying(**OWN), {"says": ("1.0", "andre")}),
    "en PDF med andre ord af en anden version": (carrying(**OWN), {"says": ("1.1", "andre")}),
    "en PDF, som ikke er det, kilden giver": (carrying(**OWN), {"says": ("1.0", "ord"), "makes": b"andet"}),
    "en PDF, hvis kilde ikke kan bruges": (carrying(**OWN), {"says": None}),
    "en PDF i den interne udgave": (carrying(**{**OWN, "edition": "internal"}), {"says": ("1.0", "ord")}),
    "en PDF af et andet dokument": (carrying(**{**OWN, "document": "case/anden"}), {}),
    "en PDF af en anden docgen": (carrying(**{**OWN, "document": "case/anden", "docgen": "0.0.1"}), {}),
    "en PDF med kode": (encrypted(), {}),
    "en PDF, der er i stykker": (b"%PDF-1.7\nnej", {}),
}


@pytest.mark.filterwarnings("ignore")
def test_what_is_told_of_files_that_say_what_they_are(golden: Golden) -> None:
    whole, shown = made(), []
    known = ledger.read_ledger(whole.files)
    for name, (data, given) in CLAIMED.items():
        says, makes = given.get("says", ("", "")), given.get("makes", data)

        def rebuilt(source: bytes, fonts: object, forms: Any, kinds: object, made: bytes = makes) -> dict[str, bytes]:
            return {forms[0].name: made}

        def read(source: bytes, says: tuple[str, str] | None = says) -> tuple[str, str]:
            if says is None:
                raise ValueError("ingen kilde")
            return says

        archive = without(whole, b"{ }").archive if "says" in given else whole.archive
        found = verify_file(
            name, data, known, given.get("installed", INSTALLED), (), rebuilt, archive=archive, read_strange=read
        )
        shown.append(as_text(found))
    golden("verify-claims.txt", "\n".join(shown) + "\n")


def old(number: int, edition: str = "public", **more: Any) -> Record:
    """A record of form 1."""
    return Record(number, "policy/x", "X", "1.0", edition, "vedtaget", "m", "2026-02-01", **more)


def test_what_everybody_may_read_tells_nothing_of_what_is_closed_elsewhere() -> None:
    open_one, inside, confirmed = old(1), old(2, "internal"), old(3, confirmed={"reason": "kendt"})
    chain = (open_one, inside, confirmed)
    assert [ledger.is_public(record, chain) for record in chain] == [True, False, False]
    assert not ledger.is_public(withheld(inside), chain)
    moved = {name: Payload(name, 1) for name in ("0001/pdf", "0002/pdf", "0003/tree", "0002/source")}

    def migration(*told: str) -> Record:
        note = dict.fromkeys(told, "hash") | {"reason": "ny form"}
        return old(4, "", type=MIGRATION, format=2, parts=moved, note=note)

    assert ledger.is_public(migration("words-0001"), chain)
    assert not ledger.is_public(migration("words-0001", "words-0002"), chain)
    assert not ledger.is_public(migration("words-0003"), chain)
    assert not ledger.is_public(migration("words-0002"), (open_one, withheld(inside), confirmed))
    assert ledger.left_out(migration(), chain) == {"0002/pdf", "0002/source", "0003/tree"}
    assert ledger.left_out(replace(open_one, parts={CONFIRMED: Payload("", 1), "tree": Payload("", 1)}), chain) == {
        CONFIRMED
    }


def test_a_record_comes_back_as_it_was_kept() -> None:
    files = made().files
    for record in ledger.records(files):
        data, keys = files[record.path], files.get(record.keys_path)
        assert to_json(read_record(data)) == to_json(record) == data
        assert read_record(data, keys) == record
        assert data.endswith(b"\n}\n")
    first = ledger.records(files)[0]
    assert {name: each.sha256 for name, each in first.payloads.items()} == {
        "pdf": sha(b"pdf"),
        "docx": "",
        "source": "",
        ANNEX: sha(b"bilag"),
        CONFIRMED: sha(b"{}"),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"format": 3}, {"format": "2"}, {"type": "gave"}, {"number": "1"}, {"printing": "1"}, {"title": 1},
        {"files": []}, {"files": {"pdf": {"path": "x"}}}, {"files": {"pdf": {"path": 1, "size": 1, "salted": ""}}},
        {"files": {"pdf": {"path": "", "size": "1", "salted": ""}}}, {"note": {"reason": 1}}, {"note": None},
        {"made_with": {"typst": 1}}, {"parts": {"source": {"path": "", "size": 1, "salted": None}}}, {"more": ""},
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(change: dict[str, object]) -> None:
    files = made().files
    said = json.loads(files[ledger.records(files)[0].path])
    assert read_record(json.dumps(said).encode()).title == "En sag"
    with pytest.raises(ValueError, match=r"^not a record$"):
        read_record(json.dumps({**said, **change}).encode())


@pytest.mark.parametrize("field", ["format", "lock", "hash", "note"])
def test_a_record_that_lacks_a_field_is_refused(field: str) -> None:
    files = made().files
    said = json.loads(files[ledger.records(files)[0].path])
    del said[field]
    with pytest.raises(ValueError, match=r"^not a record$"):
        read_record(json.dumps(said).encode())


def test_keys_are_read_as_they_are_written() -> None:
    record = ledger.records(made().files)[2]
    keys = keys_json({"pdf": "a", "source": "b", "andet": "c"}, record.payloads)
    assert read_keys(keys) == {"pdf": ("a", sha(b"pdf 2")), "source": ("b", sha(b"{ }"))}
    assert (keys[:8], keys[-2:]) == (b'{\n "pdf"', b"}\n")
    assert read_keys(without_keys(keys, ["pdf"])) == {"source": ("b", sha(b"{ }"))}
    for wrong in (b"1", b"[]", b'{"pdf": 1}', b'{"pdf": {"salt": "x"}}', b'{"pdf": {"sha256": "x"}}', b"{"):
        with pytest.raises(ValueError, match=r"^no keys$|^Expecting"):
            read_keys(wrong)
