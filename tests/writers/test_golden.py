"""The small policy, stage by stage, as files that a person can read; `make golden` writes them anew."""

from __future__ import annotations

import re

from docgen import pipeline
from docgen.tree import text as tree_text
from docgen.writers import formats
from tests.conftest import Golden
from tests.support.contents import POLICY, small_project
from tests.support.docx_reading import docx_manifest
from tests.support.pdf_reading import Element, pdf_elements


def _tags(element: Element, depth: int = 0) -> list[str]:
    lines = [f"{'  ' * depth}{element.kind}" + (f" alt={element.alt!r}" if element.alt else "")]
    for child in element.children:
        if isinstance(child, Element):
            lines += _tags(child, depth + 1)
        elif child.strip():
            lines.append(f"{'  ' * (depth + 1)}{child!r}")
    return lines


def test_small_policy(golden: Golden) -> None:
    project = small_project()
    tree = pipeline.build_tree(project, POLICY)
    # The fingerprint follows every change of a template; the stages do not.
    shown = {format: pipeline.write(project, tree, format) for format in formats.FORMATS.values()}
    hidden = re.compile(re.escape(tree.fingerprint))
    golden("small-policy/tree.txt", hidden.sub("········", tree_text.dump(tree)))
    page = shown[formats.HTML].decode()
    golden(
        "small-policy/page.html",
        hidden.sub("········", re.sub(r"<style>.*?</style>", "<style>…</style>", page, flags=re.S)),
    )
    golden(
        "small-policy/pdf-tags.txt", hidden.sub("········", "\n".join(_tags(pdf_elements(shown[formats.PDF]))) + "\n")
    )
    manifest = docx_manifest(shown[formats.DOCX])
    lines = [f"{key} {entry['file']} {'.'.join(entry['path'])} | {entry['text']}" for key, entry in manifest.items()]
    golden("small-policy/docx-manifest.txt", hidden.sub("········", "\n".join(lines) + "\n"))
