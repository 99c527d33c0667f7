"""The list of a case's annexes."""

from __future__ import annotations

import re

from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.content.profile import CaseProfile
from docgen.kinds.annex_pages import pages_of
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.views import AnnexView
from docgen.kinds.document_fields import Annex
from docgen.kinds.edition import Edition

_PAGES = re.compile(r"\s*\([^()]*\{sider\}[^()]*\)|\s*\{sider\}")  # with its brackets, where it has any


def annex_line(
    annex: Annex, number: int, profile: CaseProfile, edition: Edition, pages: int | None = None, own: str | None = None
) -> str:
    """An annex in the list: `Bilag 1 - Titel (12 sider)`; pages where the profile has `{sider}` and they are known.

    `own` is a committee's own form of the line, where it has one.
    """
    closed = annex.closed is not None and edition is Edition.PUBLIC
    pattern = profile.closed_annex if closed else own or profile.annex
    if closed or pages is None:
        pattern = _PAGES.sub("", pattern)
    pattern = pattern.replace(" - ", " – ")  # the sign is the house's also where the case's wording is left alone
    line = fill(pattern, nummer=str(number), titel=str(annex.title), sider=pages_in_words(pages or 0))
    return computed(line, annex.title, annex)


def pages_in_words(pages: int) -> str:
    """`1 side`, `12 sider`."""
    return f"{pages} {'side' if pages == 1 else 'sider'}"


def annex_view(
    annex: Annex, number: int, profile: CaseProfile, body: str, edition: Edition, content: Content
) -> AnnexView:
    """An annex in the list of one body's paper."""
    found = profile.body(body)
    own = str(found.annex) if found is not None and found.annex is not None else None
    is_counted = annex.file is not None and "{sider}" in (own or profile.annex)
    pages = pages_of(content, str(annex.file)) if is_counted else None
    return AnnexView(str(annex.id), annex_line(annex, number, profile, edition, pages, own))
