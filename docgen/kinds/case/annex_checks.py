"""Rules of annexes: PDFs that can be read, and documents of docgen at a version that there is (DOMAIN 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.content.content import Content
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.document_fields import Annex
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.policy.model import Policy
from docgen.pdf_pages.open import check_annex
from docgen.problems import Problem


def _named(kind: str, found: Mapping[str, Policy] | Mapping[str, FollowUp]) -> dict[str, str]:
    """The version of each document by its id."""
    return {f"{kind}/{id}": str(item.version) for id, item in found.items()}


def check_annexes(annexes: Sequence[Annex], content: Content) -> Iterator[Problem]:
    """Every problem in what something attaches: each is a PDF that can be read, or a document at a version of it."""
    files = content.files
    versions = {**_named("policy", content.all(Policy)), **_named("follow-up", content.all(FollowUp))}
    for annex in annexes:
        if (annex.file is None) == (annex.document is None):
            hint = "skriv file: navn.pdf eller document: policy/…"
            yield Problem(place_of(annex.id), f"bilaget '{annex.id}' skal være enten en fil eller et dokument", hint)
        elif annex.file is not None and f"annexes/{annex.file}" not in files:
            others = [path.removeprefix("annexes/") for path in content.known if path.startswith("annexes/")]
            hint = meant(annex.file, others, "læg den i content/annexes")
            yield Problem(place_of(annex.file), f"filen '{annex.file}' findes ikke", hint)
        elif annex.file is not None:
            path, place = f"annexes/{annex.file}", place_of(annex.file)
            data = files[path]
            if (unread := content.unread.get(path)) is not None:
                yield Problem(place, f"bilagets fil: {unread.message}", unread.hint)
            else:
                yield from check_annex(annex.file, data, place)
        elif annex.document is not None:
            yield from _document(annex.document, annex.version, content, versions)


def _document(document: str, version: str | None, content: Content, versions: Mapping[str, str]) -> Iterator[Problem]:
    if document not in versions:
        others = [f"{kind}/{name}" for kind in ("policy", "follow-up") for name in content.names_of(kind)]
        hint = meant(document, others, f"vælg {', '.join(others) or 'intet'}")
        yield Problem(place_of(document), f"dokumentet '{document}' findes ikke", hint)
        return
    present = versions[document]
    hint = f'skriv version: "{present}"'
    if version is None:
        yield Problem(place_of(document), "bilagets version mangler", hint)
    elif str(version) != present and str(version) not in content.issued_versions(document):
        yield Problem(place_of(version), f"{document} findes i version {present}, ikke {version}", hint)
