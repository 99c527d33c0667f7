"""The list of words: its size, its first answer and the memory it takes: `python -m tests.bench.word_list`.

Time is the processor's, in a new process; memory is what the process has more of afterwards, the list's own pages among
it. Linux alone tells it (`/proc/self/status`).
"""

from __future__ import annotations

import subprocess
import sys

from docgen.lexicon.forms import DESCRIPTIONS, FORMS

_ASK = """
import time
def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
import docgen.lexicon.forms as forms
import marisa_trie
before, began = resident(), time.process_time()
forms.form_of("indkøbspolitikkens")
first = time.process_time() - began
for word in "forvaltningens borgerne klimaaftrykket udbudsmaterialet vurderer godkendt".split():
    forms.lemma_of(word)
print(first * 1000, (resident() - before) / 1000)
"""


def word_list_report() -> str:
    """A sentence in Danish with size, milliseconds and megabytes: the median of five processes."""
    found = sorted(
        tuple(map(float, subprocess.run([sys.executable, "-c", _ASK], capture_output=True, check=True).stdout.split()))
        for _ in range(5)
    )
    first, memory = found[2]
    size = (FORMS.stat().st_size + DESCRIPTIONS.stat().st_size) / 1e6
    told = f"Ordlisten fylder {size:.2f} MB, svarer første gang efter {first:.1f} ms processortid"
    told += f" og tager {memory:.1f} MB."
    return told.replace(".", ",").rstrip(",") + "."


if __name__ == "__main__":
    print(word_list_report())
