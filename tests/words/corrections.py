"""What neither source says, or says too little of: small words of grammar, and forms that rules ask for."""

from __future__ import annotations

from docgen.lexicon.forms import Form

ADDED: dict[str, int] = {
    "er": Form.PRESENT,
    "var": Form.PAST,
    "været": Form.PARTICIPLE,
    "har": Form.PRESENT,
    "havde": Form.PAST,
    "haft": Form.PARTICIPLE,
    "kan": Form.PRESENT,
    "skal": Form.PRESENT,
    "vil": Form.PRESENT,
    "må": Form.PRESENT,
    "bør": Form.PRESENT,
    "ved": Form.PRESENT | Form.OTHER,
    "tør": Form.PRESENT | Form.ADJECTIVE,
}
"""Forms beside what the sources say of them."""
