"""Names that nobody has. Every one is made up; some hold letters and signs that programs like to break."""

from __future__ import annotations

FORENAMES: tuple[str, ...] = (
    "Blenthy", "Corvimo", "Dwimla", "Elphonka", "Fizzwen", "Gribbo", "Hollumpa", "Ibzurly", "Jemquil", "Klindor",
    "Lumbrix", "Mibzel", "Nangrio", "Ozwyck", "Plimsy", "Quomla", "Rundlo", "Snibbet", "Tolquin", "Umbriska",
    "Vexilly", "Wimzo", "Xandrump", "Yobblin", "Zorvik", "Ælfwump", "Brøndli", "Çimbrel", "Dzwëna", "Éloquip",
    "Flörbin", "Ğazmoq", "Łumbra", "Ñippik", "Ørvanka", "Špindel", "Żwibko",
)  # fmt: skip

SURNAMES: tuple[str, ...] = (
    "Brindlewhisk", "Cramplenook", "Dunderfluff", "Eggleswump", "Fiddlecrump", "Glimmerstoat", "Hobblequill",
    "Inkblatter", "Jumblewick", "Knucklebrim", "Lollopstone", "Mumbleforth", "Nettlespoon", "Oddlebatch",
    "Puddlesnick", "Quibblemoor", "Rumplecairn", "Snorklebeck", "Tumblegorse", "Umberwhistle", "Vinklesnap",
    "Wobblethwaite", "Yonderplop", "Zigglebrook", "O'Glimmock", "O'Blunderbee", "D'Wimplesnee", "McFlumpet",
    "Crumb-Quandle", "Snoot-Marrowby", "Fenn-O'Wickle", "Bränzlefjord", "Čvrkolump", "Dřimbalek", "Ëndlewhump",
    "Grœnkelby", "Hüpfelmoos", "Jżblintz", "Møøsewick", "Søndlepuff", "Ţimplebrü",
)  # fmt: skip


def name(number: int) -> tuple[str, str]:
    """Return forename and surname of the person with this number, from 0.

    There are 37 forenames and 41 surnames, two numbers without a common factor: the first 1,517 people all have
    different names.
    """
    return FORENAMES[number % len(FORENAMES)], SURNAMES[number % len(SURNAMES)]
