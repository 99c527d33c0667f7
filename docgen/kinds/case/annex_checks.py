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
from docgen.problems import Origin, Problem


def _named(kind: str, found: Mapping[str, Policy] | Mapping[str, FollowUp]) -> dict[str, str]:
    """The version of each document by its id."""
    return {f"{kind}/{id}": str(item.version) for id, item in found.items()}


def check_annexes(annexes: Sequence[Annex], content: Content) -> Iterator[Problem]:
    """Every problem in what something attaches: each is a PDF that can be read, or a document at a version of it."""
    versions = {**_named("policy", content.all(Policy)), **_named("follow-up", content.all(FollowUp))}
    for annex in annexes:
        if annex.compare is not None:
            yield from _compare(annex, content, versions)
        elif (annex.file is None) == (annex.document is None):
            hint = "skriv file: navn.pdf eller document: policy/…"
            yield Problem(place_of(annex.id), f"bilaget '{annex.id}' skal være enten en fil eller et dokument", hint)
        elif annex.file is not None:
            yield from _file(annex.file, content)
        elif annex.document is not None:
            yield from _document(annex.document, annex.version, content, versions)


def _file(file: str, content: Content) -> Iterator[Problem]:
    path, place = f"annexes/{file}", place_of(file)
    if path not in content.files:
        others = [path.removeprefix("annexes/") for path in content.known if path.startswith("annexes/")]
        yield Problem(place, f"filen '{file}' findes ikke", meant(file, others, "læg den i content/annexes"))
    elif (unread := content.unread.get(path)) is not None:
        yield Problem(place, f"bilagets fil: {unread.message}", unread.hint)
    else:
        yield from check_annex(file, content.files[path], place)


def _compare(annex: Annex, content: Content, versions: Mapping[str, str]) -> Iterator[Problem]:
    """What stands in the way of a list of changes: each side is a document at a version, and they are not the same."""
    place = place_of(annex.compare or annex.id)
    document, version = annex.compared
    if annex.file is not None:
        yield Problem(place_of(annex.file), "listen over ændringer er bilaget, så det er ikke også en fil", "slet file")
    if annex.document is None:
        now = (
            f'document: {document} og version: "{versions[document]}"' if document in versions else "document: policy/…"
        )
        yield Problem(place, f"bilaget '{annex.id}' siger ikke, hvad der sammenlignes med", f"skriv {now}")
    else:
        yield from _document(annex.document, annex.version, content, versions)
    if document not in versions:
        yield from _unknown(document, place, content)
        return
    issued = content.issued_versions(document)
    if version and version not in issued:
        hint = f"vælg {', '.join(f'{document}@{one}' for one in issued)}" if issued else "udsted den først"
        yield Problem(place, f"{document} er ikke udstedt i version {version}", hint)
    if document == str(annex.document) and (version or versions[document]) == str(annex.version):
        hint = f"skriv en tidligere version, fx {document}@{issued[0]}" if issued else "skriv en udstedt version"
        yield Problem(place, "før og nu er den samme version, så intet kan være ændret", hint)


def _document(document: str, version: str | None, content: Content, versions: Mapping[str, str]) -> Iterator[Problem]:
    if document not in versions:
        yield from _unknown(document, place_of(document), content)
        return
    present = versions[document]
    hint = f'skriv version: "{present}"'
    if version is None:
        yield Problem(place_of(document), "bilagets version mangler", hint)
    elif str(version) != present and str(version) not in content.issued_versions(document):
        yield Problem(place_of(version), f"{document} findes i version {present}, ikke {version}", hint)


def _unknown(document: str, place: Origin, content: Content) -> Iterator[Problem]:
    others = [f"{kind}/{name}" for kind in ("policy", "follow-up") for name in content.names_of(kind)]
    hint = meant(document, others, f"vælg {', '.join(others) or 'intet'}")
    yield Problem(place, f"dokumentet '{document}' findes ikke", hint)
