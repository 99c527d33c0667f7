"""docgen: documents of a municipal secretariat, from YAML to PDF, DOCX and HTML.

The stages, in the order of the house:

1. `docgen.content` reads and checks the folder `content/`, `docgen.kinds` knows the kinds of document in it;
2. `docgen.templating` fills a template from the folder `templates/` and keeps the content apart from its markup;
3. `docgen.tree` makes the document tree of that and sets it;
4. `docgen.writers` write the tree as PDF, DOCX and HTML;
5. `docgen.pipeline` puts the stages together for one document; `docgen.build` makes many, and `docgen.commands` are
   what the command line (`docgen.cli`) and others call.

For use from Python, without a file: `Job(Project(…), "case/x").write(FORMATS["pdf"])` is one document in one format,
and `Job(…).tree` its tree, which `walk` goes through. With files, each command is a function, such as
`build_documents(BuildOptions(…))` and `check_content(…)`; all that can be wrong is a `DocgenError` with its `problems`.
The names here are the ones to lean on; the user guide has examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.build.build_report import BuildReport
    from docgen.build.folders import read_project
    from docgen.build.options import BuildOptions
    from docgen.build.selection import Entry
    from docgen.commands.build import build_documents, list_documents
    from docgen.commands.check import CheckOptions, CheckReport, check, check_content
    from docgen.commands.clean import Cleaned, clean
    from docgen.commands.compare import Compared, CompareOptions, compare_documents, write_comparison
    from docgen.commands.import_files import ImportOptions, import_file
    from docgen.commands.init import start_project
    from docgen.commands.issue import Issued, IssueOptions, issue_document
    from docgen.commands.migrate import MigrationReport, migrate_project
    from docgen.commands.new import create_document, write_schemas
    from docgen.commands.pull import PullOptions, pull_files
    from docgen.commands.schema import json_schema
    from docgen.commands.verify import verify
    from docgen.document_id import DocumentId
    from docgen.kinds.edition import Edition
    from docgen.kinds.kind import Kind
    from docgen.kinds.registry import KINDS
    from docgen.ledger.verdicts import Verdict
    from docgen.pipeline import Job, build_tree
    from docgen.problems import DocgenError, Origin, Problem
    from docgen.project import Project
    from docgen.tree.document import (
        Block,
        Caption,
        CodeBlock,
        Contents,
        Division,
        Document,
        FieldRow,
        FieldTable,
        Figure,
        Heading,
        List,
        ListItem,
        Node,
        Note,
        PageBreak,
        Paragraph,
        Quote,
        Table,
        TableCell,
        TableRow,
        Title,
        headings,
        texts,
        walk,
    )
    from docgen.tree.inline_nodes import (
        Badge,
        Change,
        Changed,
        Code,
        Emphasis,
        Inline,
        LineBreak,
        Link,
        NoteReference,
        Span,
        Strong,
        Text,
        plain_text,
        walk_inlines,
    )
    from docgen.writers.formats import FORMATS, Format

__version__ = "0.3.0"
__all__ = [
    "FORMATS",
    "KINDS",
    "Badge",
    "Block",
    "BuildOptions",
    "BuildReport",
    "Caption",
    "Change",
    "Changed",
    "CheckOptions",
    "CheckReport",
    "Cleaned",
    "Code",
    "CodeBlock",
    "CompareOptions",
    "Compared",
    "Contents",
    "Division",
    "DocgenError",
    "Document",
    "DocumentId",
    "Edition",
    "Emphasis",
    "Entry",
    "FieldRow",
    "FieldTable",
    "Figure",
    "Format",
    "Heading",
    "ImportOptions",
    "Inline",
    "IssueOptions",
    "Issued",
    "Job",
    "Kind",
    "LineBreak",
    "Link",
    "List",
    "ListItem",
    "MigrationReport",
    "Node",
    "Note",
    "NoteReference",
    "Origin",
    "PageBreak",
    "Paragraph",
    "Problem",
    "Project",
    "PullOptions",
    "Quote",
    "Span",
    "Strong",
    "Table",
    "TableCell",
    "TableRow",
    "Text",
    "Title",
    "Verdict",
    "__version__",
    "build_documents",
    "build_tree",
    "check",
    "check_content",
    "clean",
    "compare_documents",
    "create_document",
    "headings",
    "import_file",
    "issue_document",
    "json_schema",
    "list_documents",
    "migrate_project",
    "plain_text",
    "pull_files",
    "read_project",
    "start_project",
    "texts",
    "verify",
    "walk",
    "walk_inlines",
    "write_comparison",
    "write_schemas",
]

_HOME = {
    "docgen.build.folders": "read_project",
    "docgen.build.build_report": "BuildReport",
    "docgen.build.options": "BuildOptions",
    "docgen.build.selection": "Entry",
    "docgen.commands.build": "build_documents list_documents",
    "docgen.commands.check": "CheckOptions CheckReport check check_content",
    "docgen.commands.clean": "Cleaned clean",
    "docgen.commands.compare": "CompareOptions Compared compare_documents write_comparison",
    "docgen.commands.init": "start_project",
    "docgen.commands.issue": "IssueOptions Issued issue_document",
    "docgen.commands.migrate": "MigrationReport migrate_project",
    "docgen.commands.new": "create_document write_schemas",
    "docgen.commands.import_files": "ImportOptions import_file",
    "docgen.commands.pull": "PullOptions pull_files",
    "docgen.commands.schema": "json_schema",
    "docgen.commands.verify": "verify",
    "docgen.document_id": "DocumentId",
    "docgen.kinds.edition": "Edition",
    "docgen.kinds.kind": "Kind",
    "docgen.kinds.registry": "KINDS",
    "docgen.ledger.verdicts": "Verdict",
    "docgen.pipeline": "Job build_tree",
    "docgen.problems": "DocgenError Origin Problem",
    "docgen.project": "Project",
    "docgen.tree.document": (
        "Block Caption CodeBlock Contents Division Document FieldRow FieldTable Figure Heading List ListItem Node Note "
        "PageBreak Paragraph Quote Table TableCell TableRow Title headings texts walk"
    ),
    "docgen.tree.inline_nodes": (
        "Badge Change Changed Code Emphasis Inline LineBreak Link NoteReference Span Strong Text plain_text "
        "walk_inlines"
    ),
    "docgen.writers.formats": "FORMATS Format",
}
"""By module the public names that live there."""


def __getattr__(name: str) -> object:
    """The public names, imported when they are asked for: `docgen --help` should not load Typst and Word."""
    home = next((module for module, names in _HOME.items() if name in names.split()), None)
    if home is None:
        raise AttributeError(f"module 'docgen' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(home), name)
