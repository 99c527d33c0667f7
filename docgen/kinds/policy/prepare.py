"""Policies: a document each, the same in every edition."""

from __future__ import annotations

from docgen import templating as templates
from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.content.model import Policy
from docgen.kinds.prepared import Edition, Prepared, sentence

KIND = "policy"


def ids(content: Content) -> tuple[str, ...]:
    """The ids of all policies: `policy/<id>`."""
    return tuple(f"{KIND}/{id}" for id in content.policies)


def prepare(content: Content, id: str, edition: Edition) -> Prepared:
    """A policy, ready for its template. Raises KeyError for an unknown id."""
    policy: Policy = content.policies[id.split("/", 1)[1]]
    return Prepared(
        template="policy.md.j2",
        context={
            "policy": policy,
            "municipality": content.settings.municipality,
            "status": computed(sentence(policy.status), policy.origin_of("status")),
            "dash": "–" if content.settings.house_style.range == "dash" else "-",
            "body": templates.template_function(lambda id, day: content.organisation.body(id, day)),
        },
        written=policy,
        title=str(policy.title),
        short_title=str(policy.short_title or ""),
        subject=" ".join(policy.summary.split()),
        version=str(policy.version),
        status=policy.status,
        date=policy.date,
        keywords=tuple(str(value.title) for value in policy.values),
        files={path: content.files[path] for path in content.files_of(f"policies/{policy.id}/")},
    )
