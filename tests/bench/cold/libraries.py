"""A cold process: what the libraries alone take, before and beside Typst, for the same document without docgen.

They are loaded, the policy's YAML is read, its template compiled, a date formatted, and its text parsed as Markdown;
then Typst compiles what docgen gave it, while python-docx is loaded and the other formats' bytes are written. No
program that uses these libraries in one process is faster.

Arguments: the pickle from `record_floor`, the document as Markdown, and the folder to write in.
"""

import atexit
import gc
import pickle
import sys
import threading
from datetime import date
from pathlib import Path

gc.set_threshold(100_000, 10, 10)  # as docgen does, for its imports and one document make hardly any garbage
atexit.register(gc.freeze)
sys.setswitchinterval(0.0005)

import click  # noqa: E402, F401 (the command line)
import jinja2.sandbox  # noqa: E402
import mistune  # noqa: E402
import yaml  # noqa: E402
from babel.dates import format_date  # noqa: E402
from mistune.plugins.def_list import def_list  # noqa: E402
from mistune.plugins.footnotes import footnotes  # noqa: E402
from mistune.plugins.table import table  # noqa: E402

from tests.bench.cold.floor import compile_recorded  # noqa: E402

content, templates = Path("content"), Path("templates")
policy = next((content / "policies").iterdir())
for file in (*content.glob("*.yaml"), *policy.rglob("*.yaml")):
    yaml.compose(file.read_text(encoding="utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))
environment = jinja2.sandbox.ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
environment.filters |= dict.fromkeys(("amount", "date", "enumerate", "genitive", "number", "percent", "period"), str)
environment.from_string((templates / "policy.md.j2").read_text(encoding="utf-8"))
format_date(date(2022, 12, 1), "d. MMMM y", locale="da_DK")
text = Path(sys.argv[2]).read_text(encoding="utf-8")
mistune.create_markdown(renderer=None, plugins=[table, footnotes, def_list])(text)

folder = Path(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
calls, others = pickle.loads(Path(sys.argv[1]).read_bytes())
typesetting = threading.Thread(target=lambda: (folder / "document.pdf").write_bytes(compile_recorded(calls)))
typesetting.start()
import docx  # noqa: E402, F401

for name, other in others.items():
    (folder / f"document.{name}").write_bytes(other)
typesetting.join()
