"""Why each rule is there, in a sentence: by its code, or by the family that it belongs to."""

from __future__ import annotations

_WHY = {
    "DG1": "Dokumentet skal kunne læses og citeres: det, der nævnes, skal findes, og intet må være glemt undervejs.",
    "DG101": "Kommer der et bilag til, flytter numrene sig; et id peger stadig det rigtige sted hen.",
    "DG103": "Beslutningen henviser til punkternes numre; et hul giver tvivl om, hvad der blev besluttet.",
    "DG105": "Hjælpetekst er skrevet til forfatteren og siger ikke læseren noget.",
    "DG106": "Et afsnit to gange er næsten altid klippet ind ved en fejl, og bliver siden kun rettet det ene sted.",
    "DG107": "At-punkterne er det, der besluttes ord for ord; fast form gør beslutningen entydig.",
    "DG108": "Et sted, der ikke er udfyldt, hører til i et udkast; dokumentet kan ikke udstedes, før det er skrevet.",
    "DG2": "Tal, datoer og stemmer er grundlaget for en beslutning; to oplysninger, der ikke passer sammen, kan ikke begge "
    "være rigtige.",
    "DG3": "Ens skrivemåde efter retskrivningen og husets stil gør teksten lettere at læse og søge i.",
    "DG31": "Tal og beløb læses hurtigt og forkert; én skrivemåde forhindrer misforståelser af størrelser.",
    "DG324": "Borgere og politikere kender ikke kontorets forkortelser.",
    "DG337": "Et sammensat ord i to ord kan betyde noget andet.",
    "DG361": "Stavefejl trækker opmærksomheden fra indholdet.",
    "DG4": "Navne følger organisationen og skifter over tid; det rigtige navn siger, hvem der har ansvaret.",
    "DG404": "Forvaltningen indstiller, og udvalget beslutter; forveksles de, er det uklart, hvem der har ansvaret.",
    "DG5": "Ét ord for én ting, forklaret første gang, så også den, der ikke er fra forvaltningen, kan læse med.",
    "DG6": "Oplysninger om personer må ikke komme ud med et offentligt dokument; det kan ikke kaldes tilbage.",
    "DG601": "Et offentliggjort CPR-nummer er et brud på persondatasikkerheden og kan misbruges.",
    "DG7": "Offentlige dokumenter skal kunne bruges af alle, også med skærmlæser (webtilgængelighedsloven).",
    "DG8": "Politikere læser mange sager; korte resuméer og sætninger siger det vigtigste først.",
    "DG9": "En tilladelse skjuler en regel; den skal have en grund, og den skal væk, når den ikke bruges.",
}


def why(code: str) -> str:
    """Why a rule is there; that of its own, or of the narrowest family that has one. Raises KeyError for none."""
    return next(_WHY[code[:length]] for length in (5, 4, 3) if code[:length] in _WHY)
