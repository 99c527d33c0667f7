"""docgen: documents of a municipal secretariat, from YAML to PDF, DOCX and HTML.

The stages, in the order of the house:

1. `docgen.content` reads and checks the folder `content/`, `docgen.kinds` knows the kinds of document in it;
2. `docgen.templating` fills a template from the folder `templates/` and keeps the content apart from its markup;
3. `docgen.tree` makes the document tree of that and sets it;
4. `docgen.writers` write the tree as PDF, DOCX and HTML;
5. `docgen.pipeline` puts the stages together for one document; `docgen.build` makes many, and `docgen.commands` are
   what the command line (`docgen.cli`) and others call.

For use from Python: `build_documents(BuildOptions(…))` builds, `check_content(…)` finds problems, `list_documents(…)`
tells what there is; all that can be wrong is a `DocgenError` with its `problems`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.build.options import BuildOptions, BuildReport
    from docgen.commands.build import build_documents, list_documents
    from docgen.commands.check import check_content
    from docgen.problems import DocgenError, Origin, Problem

__version__ = "0.1.0"
__all__ = [
    "BuildOptions",
    "BuildReport",
    "DocgenError",
    "Origin",
    "Problem",
    "__version__",
    "build_documents",
    "check_content",
    "list_documents",
]

_ELSEWHERE = {
    "DocgenError": "docgen.problems",
    "Origin": "docgen.problems",
    "Problem": "docgen.problems",
    "BuildOptions": "docgen.build.options",
    "BuildReport": "docgen.build.options",
    "check_content": "docgen.commands.check",
}


def __getattr__(name: str) -> object:
    """The public names, imported when they are asked for: `docgen --help` should not load Typst and Word."""
    if name not in __all__:
        raise AttributeError(f"module 'docgen' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_ELSEWHERE.get(name, "docgen.commands.build")), name)
