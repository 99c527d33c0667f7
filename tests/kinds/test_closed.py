"""What is closed is in no byte that is handed on, and changes none: canaries in every place that text can stand in, and
a second project that differs from the first in closed matter alone (SECURITY.md)."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kinds.test_house_closed import BUILD, filled_content
from tests.support.contents import SVG
from tests.support.foreign_pdfs import text_pdf
from tests.support.house import GUIDE, NOW, ORGANISATION, SETTINGS, bytes_inside, docgen, project

OPEN_CASE, CLOSED_CASE, MEETING = "cases/aaben.yaml", "cases/lukket.yaml", "meetings/2026-02-03-udvalg.yaml"
FORMATS = ("--format=pdf", "--format=docx", "--format=html")
Files = dict[str, bytes]


class Planted:
    """A project in which a word stands in every place where it must not be seen; `places` says which by word."""

    def __init__(self) -> None:
        self.files, words = filled_content()
        self.places = {word: str(of) for word, of in words.items() if of.is_secret}
        self.templates: Files = {}
        for plant in (self._registers, self._comments, self._pictures, self._annexes, self._names):
            plant()

    def word(self, place: str) -> str:
        found = f"zq{9_500_000 + len(self.places)}qz"
        self.places[found] = place
        return found

    def _comments(self) -> None:
        for path in sorted(path for path in self.files if path.endswith(".yaml")):
            before, after = self.word(f"bemærkning først i {path}"), self.word(f"bemærkning sidst i {path}")
            self.files[path] = b"# " + before.encode() + b"\n" + self.files[path] + f"\n# {after}\n".encode()
        text = self.files[GUIDE].decode()
        self.files[GUIDE] = text.replace(
            "status: vedtaget", f"status: vedtaget # {self.word('efter en værdi')}"
        ).encode()

    def _registers(self) -> None:
        unused, note = self.word("et navn, som intet bruger"), self.word("note")
        body = f"  - {{id: ubrugt, kind: external, name: {unused}, note: {note}}}"
        self.files[ORGANISATION] = self.files[ORGANISATION].replace(b"bodies:\n", b"bodies:\n" + body.encode() + b"\n")
        used = f"name: Udvalget, note: {self.word('note om et udvalg, der nævnes')},"
        self.files[ORGANISATION] = self.files[ORGANISATION].replace(b"name: Udvalget,", used.encode())
        term, short, note, word = (
            self.word(f"ordlistens {name}") for name in ("term", "abbreviation", "note", "words")
        )
        self.files["glossary.yaml"] = (
            f"abbreviations:\n  - {{id: fork, short: {short}, long: Skrevet ud, note: {note}}}\n"
            f"terms:\n  - {{id: ord, preferred: {term}}}\nwords: [{word}]\n"
        ).encode()

    def _pictures(self) -> None:
        self.files["images/ubrugt.svg"] = _with_id(self.word("et billede, som intet viser"))
        self.files["images/lukket.svg"] = _with_id(self.word("et billede i en lukket passage"))
        comment, title, other = (
            self.word(f"{name} i et billede, der vises") for name in ("bemærkning", "titel", "felt")
        )
        self.files["images/vist.svg"] = SVG.replace(
            b"<rect", f"<!-- {comment} --><title>{title}</title><rect data-x='{other}'".encode()
        )
        self.files["images/vist.png"] = _png(self.word("tekst i en PNG"), self.word("efter en PNG"))
        self.files["images/vist.jpg"] = _jpeg(self.word("bemærkning i en JPEG"), self.word("Exif i en JPEG"))
        shown = "![A](images/vist.svg)\\n\\n![B](images/vist.png)\\n\\n![C](images/vist.jpg)"
        text = self.files[GUIDE].decode().replace("text: Teksten.", f'text: "Teksten.\\n\\n{shown}"')
        assert "vist.jpg" in text
        self.files[GUIDE] = text.encode()
        case = self.files[CLOSED_CASE].decode()
        summary = re.search(r"summary: (\S+)", case)
        assert summary
        self.files[CLOSED_CASE] = case.replace(
            summary[0], f'summary: "{summary[1]}\\n\\n![D](images/lukket.svg)"'
        ).encode()

    def _annexes(self) -> None:
        self.files["annexes/ubrugt.pdf"] = text_pdf(f"Der stod {self.word('et bilag, som intet nævner')}.")

    def _names(self) -> None:
        self.files[f"images/{self.word('et billedes navn')}.svg"] = SVG
        self.files[f"annexes/{self.word('et bilags navn')}.pdf"] = text_pdf("Intet.")
        secret = self.word("en lukket sags navn")
        self.files[f"cases/{secret}.yaml"] = self.files.pop(CLOSED_CASE)
        self.files[MEETING] = self.files[MEETING].replace(b"case: lukket", f"case: {secret}".encode())
        self.files[NOW] = self.files[NOW].replace(b"cases: [lukket,", f"cases: [{secret},".encode())
        item = self.word("et lukket punkts id")
        self.files[MEETING] = self.files[MEETING].replace(b"id: lukket\n", f"id: {item}\n".encode())

    def in_folder(self, folder: Path) -> Path:
        made = project(folder, self.files)
        comments = {".yaml": "# {}\n", ".j2": "{{# {} #}}", ".css": "/* {} */", ".typ": "// {}\n"}
        for path in sorted(path for path in (made / "templates").rglob("*.*") if path.suffix in comments):
            word = self.word(f"bemærkning i {path.name}")
            path.write_text(comments[path.suffix].format(word) + path.read_text("utf-8"), "utf-8")
        return made


def _with_id(word: str) -> bytes:
    return SVG.replace(b"<rect", f"<rect id='{word}'".encode())


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(text: str, after: str) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    told = _chunk(b"tEXt", b"Comment\0" + text.encode()) + _chunk(b"eXIf", b"MM\0*" + text.encode())
    pixels = _chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + told + pixels + _chunk(b"IEND", b"") + after.encode()


def _jpeg(comment: str, exif: str) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", comment=comment.encode())
    told = b"Exif\0\0" + exif.encode()
    data = stream.getvalue()
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told + data[2:] + exif.encode()


def _outputs(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in (folder / "build").rglob("*") if path.is_file() and path.name[0] != ".")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planted, Path]:
    found = Planted()
    folder = found.in_folder(tmp_path_factory.mktemp("plantet"))
    built = docgen(folder, "build", "case", "meeting", "follow-up", "policy", "guide", "--with-annexes", *FORMATS)
    assert built.exit_code == 0, built.stderr
    return found, folder


@pytest.mark.slow
def test_canaries_stand_in_many_places(planted: tuple[Planted, Path]) -> None:
    found, folder = planted
    assert len(found.places) >= 60
    paths = [path for part in ("content", "templates") for path in (folder / part).rglob("*.*") if path.is_file()]
    stored = b"".join(path.read_bytes() for path in paths)
    named = " ".join(path.name for path in folder.rglob("*"))
    missing = {
        place
        for word, place in found.places.items()
        if word.encode() not in stored and word not in named and "annexes" not in place and "bilag" not in place
    }
    assert missing == set()


@pytest.mark.slow
def test_no_canary_is_in_any_byte_that_is_handed_on(planted: tuple[Planted, Path]) -> None:
    found, folder = planted
    outputs = list(_outputs(folder))
    assert len(outputs) > 20
    seen: dict[str, list[str]] = {}
    for path in outputs:
        data = bytes_inside(path).decode("utf-8", "replace") + path.as_posix()
        for word in set(re.findall(r"zq\d{7}qz", data)) & found.places.keys():
            seen.setdefault(found.places[word], []).append(path.name)
    assert seen == {}


@pytest.mark.slow
def test_nothing_closed_changes_a_public_byte(tmp_path: Path) -> None:
    """Every closed text, id, field, picture and annex is another; that there is something closed, its place and what
    may be said of it are the same."""
    made, other = Planted(), varied(Planted())
    results: list[Files] = []
    for name, files in (("en", made.files), ("to", other.files)):
        folder = project(tmp_path / name, files)
        built = docgen(folder, "build", "case", "meeting", "follow-up/2024", "guide", "--with-annexes", *FORMATS)
        assert built.exit_code == 0, built.stderr
        results.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in _outputs(folder)})
    assert made.files != other.files
    assert len(results[0]) > 15
    assert results[0].keys() == results[1].keys()
    assert [path for path, data in results[0].items() if data != results[1][path]] == []


def varied(made: Planted) -> Planted:
    """The same project with all closed matter another: texts, ids, fields, pictures, annexes and names."""
    secret = set(made.places)
    other = {path: _varied(path, data, secret) for path, data in made.files.items()}
    made.files = {_varied_name(path, secret): data for path, data in other.items()}
    return made


def _other(word: str) -> str:
    return f"anden{word[2:-2]}tekst"


def _varied(path: str, data: bytes, secret: set[str]) -> bytes:
    if path.startswith("annexes/") and any(word in path for word in secret):
        return text_pdf("Et andet bilag, længere end det første.")
    if path in ("images/ubrugt.svg", "images/lukket.svg"):
        return SVG + b"<!-- et andet -->"
    if not path.endswith(".yaml"):
        return data
    text = data.decode()
    for word in secret:
        text = text.replace(word, _other(word) if word.startswith("zq") else word)
    return text.encode()


def _varied_name(path: str, secret: set[str]) -> str:
    for word in (word for word in secret if word.startswith("zq")):
        path = path.replace(word, _other(word))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda files: {**files, SETTINGS: b"# en ny linje\n\n" + files[SETTINGS] + b"# og en til\n"},
        lambda files: {**files, OPEN_CASE: files[OPEN_CASE] + b"# til kollegerne\n"},
        lambda files: {**files, "images/nyt.svg": SVG, "annexes/nyt.pdf": b"%PDF-1.7"},
        lambda files: {
            **files,
            ORGANISATION: files[ORGANISATION] + b"  - {id: nyt, kind: external, name: Et nyt navn}\n",
        },
    ],
    ids=["bemærkninger i indstillinger", "bemærkning i sagen", "filer, som intet bruger", "navn, som intet bruger"],
)
def test_what_is_not_shown_changes_no_byte(change: Callable[[Files], Files], tmp_path: Path) -> None:
    results = []
    files, _ = filled_content()
    for name, some in (("en", files), ("to", change(files))):
        folder = project(tmp_path / name, some)
        assert docgen(folder, "build", "case/aaben", *FORMATS).exit_code == 0
        results.append([path.read_bytes() for path in _outputs(folder)])
    assert results[0]
    assert results[0] == results[1]


def test_an_internal_edition_says_what_is_closed_on_every_page(tmp_path: Path) -> None:
    files, _ = filled_content()
    folder = project(tmp_path, files)
    assert docgen(folder, *BUILD[:2], "--edition", "internal", "--format=pdf", "--format=html").exit_code == 0
    from pypdf import PdfReader

    for name in ("aaben", "lukket"):
        pages = PdfReader(folder / f"build/case/{name}-intern.pdf").pages
        for page in pages:
            words = " ".join(page.extract_text().split())
            assert "INTERN UDGAVE" in words
            assert "Ikke offentligt:" in words
        assert "INTERN UDGAVE" in (folder / f"build/case/{name}-intern.html").read_text("utf-8")
    assert docgen(folder, "build", "case", "--format=html").exit_code == 0
    assert "INTERN" not in (folder / "build/case/aaben.html").read_text("utf-8")
