"""docgen: documents of a municipal secretariat, from YAML to PDF, DOCX and HTML.

The stages, in the order of the house:

1. `docgen.content` reads and checks the folder `content/`;
2. `docgen.templates` fills a template from the folder `templates/` and keeps the content apart from its markup;
3. `docgen.markdown` and `docgen.tree_builder` make the document tree (`docgen.document`), `docgen.typography` sets it;
4. `docgen.writers` write the tree as PDF, DOCX and HTML;
5. `docgen.pipeline` puts the stages together for one document; `docgen.build` knows files, `docgen.cli` commands.
"""

__version__ = "0.1.0"
