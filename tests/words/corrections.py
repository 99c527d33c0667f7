"""What neither source says, or says too little of: small words of grammar, and forms that rules ask for."""

from __future__ import annotations

from docgen.lexicon.forms import Form

_SMALL = """\
to tre fire fem seks syv otte ni ti elleve tolv selv stede orde live bunde hænde hobe skue fulde grunde gode leje
låne side skamme huse få vide for om ved over under efter siden mens inden uden mod hos fra til på med af ad op ned
ind ud frem tilbage hen bort ellers enten både hverken samt men og eller at der som når hvis fordi da dog kun også
endnu igen altid aldrig ofte her hvor hvad hvem hvilken hvilket hvilke nogen noget nogle alle alt mange få flere
fleste begge hver hvert ingen intet anden andet andre samme sådan sådanne denne dette disse den det de en et jo nu
så ret ganske meget lidt mere mest mindre mindst bedre bedst værre værst lige blot netop især cirka snart straks
tit længe nok næsten gerne helst måske vist
"""
ADDED: dict[str, int] = dict.fromkeys(_SMALL.split(), Form.OTHER) | {
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
    "god": Form.ADJECTIVE,
    "godt": Form.ADJECTIVE_T | Form.OTHER,
    "gode": Form.ADJECTIVE_E,
    "lang": Form.ADJECTIVE,
    "langt": Form.ADJECTIVE_T | Form.OTHER,
    "lange": Form.ADJECTIVE_E,
    "stor": Form.ADJECTIVE,
    "stort": Form.ADJECTIVE_T,
    "store": Form.ADJECTIVE_E,
    "ung": Form.ADJECTIVE,
    "ungt": Form.ADJECTIVE_T,
    "unge": Form.ADJECTIVE_E,
    "tung": Form.ADJECTIVE,
    "tungt": Form.ADJECTIVE_T,
    "tunge": Form.ADJECTIVE_E,
}
"""Forms beside what the sources say of them."""
