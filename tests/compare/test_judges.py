"""Two judges that are not ours accept and reject the tracked changes: pandoc and LibreOffice; a third reads the file.

A redline in which all is accepted must be to them as the new version, and as the old one where all is rejected.
"""

from __future__ import annotations

import html
import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from docgen.compare.trees import compare
from docgen.pipeline import build_tree
from docgen.problems import WriterError
from docgen.structs import replace
from docgen.tree.document import Document, texts
from tests.compare.edits import pairs
from tests.compare.test_redline import comparison, word_without_pages
from tests.support.contents import ROOT, repository
from tests.support.docx_reading import docx_parts
from tests.support.judges import office_problems

pytestmark = pytest.mark.judge

_COUNT = 60
_LEAST_IN_LIBREOFFICE = 58
_LEAST_DELETED = 30  # words, in all the redlines
_LONG = 25  # characters: a text that is in two documents for it was copied
_TIMEOUT_SECONDS = 420
_REAL = (
    ("follow-up/2023", "follow-up/2024"),
    (
        "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget",
        "case/vedtagelse-af-indkoebspolitik-2023-2026/borgerrepraesentationen",
    ),
    ("meeting/2022-12-01-br/dagsorden", "meeting/2022-12-01-br/beslutningsprotokol"),
)
_EMPTY = re.compile(r"[\s\N{ZERO WIDTH JOINER}]*|\s+(?:[•◦▪–-]|\d+\.|[a-z]\))\s*")
"""A line of LibreOffice's that says nothing: the sign that it puts into the cells of a tracked row, and the label of an
empty item, since it does not take away a paragraph before a table."""
_SIDES = ("old", "new", "redline")


@cache
def _random() -> tuple[dict[str, bytes], ...]:
    """The Word files of random pairs: old, new and the redline. A pair that cannot be shown is passed over, and so is
    one that is the same as another but for little: hypothesis varies what it has made, and sixty are to be sixty."""
    found: list[dict[str, bytes]] = []
    known: list[frozenset[str]] = []

    @settings(
        max_examples=6 * _COUNT,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(pair=pairs())
    def collect(pair: tuple[Document, Document]) -> None:
        long = frozenset(text for tree in pair for text in texts(tree) if len(text) > _LONG)
        if len(found) == _COUNT or any(2 * len(long & other) > len(long) for other in known):
            return
        try:
            found.append(_files_of(*pair))
        except WriterError:  # a table that is too wide is refused
            return
        known.append(long)

    collect()
    assert len(found) == _COUNT
    return tuple(found)


@cache
def _real() -> tuple[dict[str, bytes], ...]:
    pairs = [(comparison().old, comparison().new)]
    pairs += [(build_tree(repository(), old), build_tree(repository(), new)) for old, new in _REAL]
    return tuple(itertools.starmap(_files_of, pairs))


def _files_of(old: Document, new: Document) -> dict[str, bytes]:
    old = replace(old, fingerprint=new.fingerprint)  # a redline bears that of the new version
    trees = (old, new, compare(old, new).document)
    return {side: word_without_pages(tree) for side, tree in zip(_SIDES, trees, strict=True)}


def _write(found: Sequence[dict[str, bytes]], folder: Path) -> list[dict[str, Path]]:
    paths = [{side: folder / f"{number}-{side}.docx" for side in _SIDES} for number in range(len(found))]
    for files, data in zip(paths, found, strict=True):
        for side, file in files.items():
            file.write_bytes(data[side])
    return paths


# -- LibreOffice --------------------------------------------------------------------------------------------------


def _libreoffice(orders: Sequence[tuple[str, Path]], folder: Path) -> list[list[str]]:
    """The lines of text of Word files in which all is accepted, rejected or kept, by LibreOffice in one process."""
    texts = [folder / f"{number}.txt" for number in range(len(orders))]
    _resolve([(what, file, text) for (what, file), text in zip(orders, texts, strict=True)], folder)
    return [[line for line in text.read_text("utf-8-sig").splitlines() if not _EMPTY.fullmatch(line)] for text in texts]


def _resolve(orders: Sequence[tuple[str, Path, Path]], folder: Path) -> None:
    """Writes Word files in which all is accepted, rejected or kept, as text or as Word files.

    Skips the calling test, with the reason, where LibreOffice or the system's Python with `uno` is missing.
    """
    python = shutil.which("python3", path="/usr/bin")
    if shutil.which("soffice") is None or python is None:
        pytest.skip("LibreOffice: soffice eller systemets Python mangler")
    if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("LibreOffice: python3-uno mangler")
    lines = ["\t".join(map(str, order)) + "\n" for order in orders]
    command = [python, str(ROOT / "tests/judges/resolve_changes.py"), str(folder / "profile")]
    result = subprocess.run(
        command, input="".join(lines), text=True, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
    )
    if result.returncode:
        raise RuntimeError(f"resolve_changes.py ({result.returncode}): {result.stderr}")


def _differing_in_libreoffice(found: Sequence[dict[str, bytes]], folder: Path) -> tuple[list[int], list[int]]:
    """The numbers of the pairs whose accepted text is not the new one, and whose rejected text is not the old one."""
    orders: list[tuple[str, Path]] = []
    for files in _write(found, folder):
        orders += [("accept", files["redline"]), ("keep", files["new"])]
        orders += [("reject", files["redline"]), ("keep", files["old"])]
    texts = _libreoffice(orders, folder)
    quartets = [texts[start : start + 4] for start in range(0, len(texts), 4)]
    return (
        [number for number, (accepted, new, _, _) in enumerate(quartets) if accepted != new],
        [number for number, (_, _, rejected, old) in enumerate(quartets) if rejected != old],
    )


def test_libreoffice_gets_both_versions_of_random_pairs(tmp_path: Path) -> None:
    accepted, rejected = _differing_in_libreoffice(_random(), tmp_path)
    assert _COUNT - len(accepted) >= _LEAST_IN_LIBREOFFICE, accepted
    assert _COUNT - len(rejected) >= _LEAST_IN_LIBREOFFICE, rejected


def test_libreoffice_gets_both_versions_of_real_pairs(tmp_path: Path) -> None:
    assert _differing_in_libreoffice(_real(), tmp_path) == ([], [])


def test_libreoffice_tells_when_the_redline_is_another(tmp_path: Path) -> None:
    first, *_, last = _real()
    swapped = {**first, "redline": last["redline"]}
    assert _differing_in_libreoffice([swapped], tmp_path) == ([0], [0])


_WORD = re.compile(r"[^\W\d_]{5,}")


def test_no_deleted_word_is_anywhere_in_a_redline_that_was_accepted_and_saved(tmp_path: Path) -> None:
    """Neither in the text nor in any other part, such as the list of where each paragraph is from."""
    found = _real()
    paths = _write(found, tmp_path)
    orders = []
    for number, files in enumerate(paths):
        orders.append(("accept", files["redline"], tmp_path / f"{number}-accepted.docx"))
        orders += [("keep", files[side], tmp_path / f"{number}-{side}-saved.docx") for side in ("old", "new")]
    _resolve(orders, tmp_path)
    left, gone = {}, 0
    for number in range(len(found)):
        accepted, old, new = (
            _parts(tmp_path / f"{number}-{name}.docx") for name in ("accepted", "old-saved", "new-saved")
        )
        deleted = {*_WORD.findall(old)} - {*_WORD.findall(new)}
        gone += len(deleted)
        if still := sorted(word for word in deleted if word in accepted and word not in new):
            left[number] = still
    assert left == {}
    assert gone > _LEAST_DELETED


def _parts(file: Path) -> str:
    """All that a file holds, each part as it is and as the characters that it escapes."""
    parts = [data.decode("utf-8", "replace") for data in docx_parts(file.read_bytes()).values()]
    return "\n".join([*parts, *(html.unescape(part) for part in parts)])


# -- pandoc -------------------------------------------------------------------------------------------------------


def _pandoc(file: Path, what: str) -> list[str]:
    """The words that pandoc reads in a Word file in which all is accepted or rejected.

    The words alone: it knows no row that is new or gone, and leaves it and its items of lists there, empty.
    """
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc: pakken pypandoc_binary mangler")
    read = pypandoc.convert_file(str(file), "json", format="docx", extra_args=[f"--track-changes={what}"])
    return "".join(_letters(json.loads(read)["blocks"])).split()


def _letters(node: Any) -> Iterator[str]:
    """The text of pandoc's tree; what is no text parts words."""
    if isinstance(node, list):
        for one in node:
            yield from _letters(one)
    elif isinstance(node, dict):
        match node.get("t"):
            case "Str":
                yield node["c"]
            case "Code" | "CodeBlock":
                yield node["c"][1]
            case "Emph" | "Strong" | "Subscript" | "Superscript":
                yield from _letters(node["c"])
            case "Link" | "Span":
                yield from _letters(node["c"][1])
            case _:
                yield " "
                yield from _letters(node.get("c", ()))
                yield " "


@pytest.mark.parametrize("name", ["random", "real"])
def test_pandoc_gets_both_versions(name: str, tmp_path: Path) -> None:
    found = _random() if name == "random" else _real()
    for number, files in enumerate(_write(found, tmp_path)):
        assert _pandoc(files["redline"], "accept") == _pandoc(files["new"], "accept"), number
        assert _pandoc(files["redline"], "reject") == _pandoc(files["old"], "reject"), number


# -- Open XML SDK -------------------------------------------------------------------------------------------------


def test_redlines_are_open_xml(tmp_path: Path) -> None:
    found = [*_real(), *_random()[:20]]
    assert office_problems([files["redline"] for files in _write(found, tmp_path)]) == []
