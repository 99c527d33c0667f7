"""Policies: a document each, the same in every edition."""

from __future__ import annotations

from docgen import templating as templates
from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.policy.model import Policy
from docgen.kinds.policy.views import PolicyContext
from docgen.kinds.prepared import Prepared, sentence


def prepare_policy(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """A policy, ready for its template. Raises KeyError for an unknown id."""
    policy = content.all(Policy)[id.name]
    return Prepared(
        template="policy.md.j2",
        context=PolicyContext(
            policy=policy,
            municipality=content.settings.municipality,
            status=computed(sentence(policy.status), policy.origin_of("status")),
            dash="–" if content.settings.house_style.range == "dash" else "-",
            body=templates.template_function(lambda id, day: content.organisation.body(id, day)),
        ),
        written=policy,
        title=str(policy.title),
        short_title=str(policy.short_title or ""),
        subject=" ".join(policy.summary.split()),
        version=str(policy.version),
        status=policy.status,
        date=policy.date,
        keywords=tuple(str(value.title) for value in policy.values),
        made_of=(id.document,),
    )
