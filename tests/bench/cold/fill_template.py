"""A cold process: fill a Word template by docxtpl. Arguments: the template, the data as JSON, the .docx to write."""

import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate

template = DocxTemplate(sys.argv[1])
template.render({"blocks": json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))}, autoescape=True)
template.save(sys.argv[3])
