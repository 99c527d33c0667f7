"""PDFs that docgen did not write: whether they can be an annex, how many pages they have, and their clean pages.

They are read as data from strangers: nothing in them is ever run, and what cannot be read is a Problem.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

from docgen.pdf_pages.entries import entry
from docgen.pdf_pages.losses import is_blank, seen_loss
from docgen.problems import Origin, Problem

MAX_BYTES = 50_000_000
_SCAN_DEPTH = 5  # forms inside forms that are looked through for fonts

# What pypdf has to say about a file is said here, as a Problem.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def check_annex(name: str, data: bytes, origin: Origin) -> Iterator[Problem]:
    """A Problem where a file cannot be an annex; `name` is its name, `origin` where it is asked for."""
    if found := _fault(data):
        message, hint = found
        yield Problem(origin, f"bilaget '{name}' {message}", hint)


def count_pages(data: bytes) -> int:
    """The pages of a PDF that `check_annex` has nothing against."""
    return len(open_annex(data).pages)


def open_annex(data: bytes) -> Any:
    """A pypdf reader of a PDF; it reads what it can of a file with small faults."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(data))


@lru_cache(maxsize=64)
def _fault(data: bytes) -> tuple[str, str] | None:
    """What is wrong with a PDF, and what would be right."""
    if len(data) > MAX_BYTES:
        return f"fylder mere end {MAX_BYTES // 1_000_000} MB", "gør billederne mindre, eller del filen"
    if b"%PDF-" not in data[:1024]:
        return "er ikke en PDF", "gem det som PDF"
    try:
        reader = open_annex(data)
        if reader.is_encrypted:
            return _locked(reader)
        if not len(reader.pages):
            return "har ingen sider", "gem det på ny"
        if _hides_layers(reader.root_object):
            return "har skjulte lag, som ville blive vist", "udskriv det til PDF uden dem"
        if lost := seen_loss(reader):
            return lost
        if not any(_has_text(page) for page in reader.pages) and is_blank(reader):
            return "har kun tomme sider", "vedhæft den rigtige fil, eller gem den på ny"
    except MemoryError:
        raise
    except Exception:  # pypdf raises whatever a broken file leads it into
        return _broken(data)
    return None


def _broken(data: bytes) -> tuple[str, str]:
    """What a file that pypdf gave up is called by: the first page that cannot be read, or else the file."""
    with suppress(Exception):
        for number, page in enumerate(open_annex(data).pages, 1):
            if not _is_readable(page):
                return (
                    f"har en side, der ikke kan læses (side {number})",
                    "gem det på ny fra det program, det er lavet i",
                )
    return "kan ikke læses: filen er ødelagt", "åbn den, og gem den som PDF på ny"


def _is_readable(page: Any) -> bool:
    try:
        _has_text(page)
    except Exception:  # as above
        return False
    return True


def _locked(reader: Any) -> tuple[str, str]:
    """What an encrypted file is called by: anyone may open one that only its owner has a password to."""
    if reader.decrypt(""):
        return "er låst mod ændringer med en ejers adgangskode", "gem det uden lås, eller udskriv det til PDF"
    return "er beskyttet med adgangskode", "gem det uden"


def _hides_layers(catalog: Any) -> bool:
    """Whether some content is switched off at first (ISO 32000-1, 8.11.4.3)."""
    layers = entry(catalog, "/OCProperties")
    shown = None if layers is None else entry(layers, "/D")
    return shown is not None and (bool(entry(shown, "/OFF")) or entry(shown, "/BaseState") == "/OFF")


def _has_text(page: Any) -> bool:
    """Whether a page shows words; a page without fonts cannot."""
    return _has_font(page, _SCAN_DEPTH) and bool(page.extract_text().strip())


def _has_font(shown: Any, depth: int) -> bool:
    """Whether a page or form has fonts, itself or in the forms that it shows."""
    resources = entry(shown, "/Resources") or {}
    if entry(resources, "/Font"):
        return True
    forms = entry(resources, "/XObject") or {}
    return depth > 0 and any(_has_font(form.get_object(), depth - 1) for form in forms.values())
