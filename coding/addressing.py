"""Whether a text that sets two principles against each other also says how to deal with it."""

import re
from typing import Literal

Address = Literal["geprioriteerd", "afgewogen", "niet geadresseerd"]

_PRIORITY = re.compile(
    r"\b(?:ga(?:at|an) (?:altijd |steeds )?(?:vóór|boven|voorop)|sta(?:at|an) (?:altijd |steeds )?voorop|voorrang"
    r"|prevale\w+"
    r"|weeg[t]? zwaarder|zwaarder weeg[t]?|zwaarder wegen|leidend|doorslaggevend|prioriteit|op de eerste plaats"
    r"|ondergeschikt|primair|in eerste instantie)\b",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"\b(?:criteri(?:a|um)|afwegingskader|hardheidsclausule|per (?:geval|situatie|casus)|van geval tot geval"
    r"|in ieder(?:e)? (?:geval|situatie) afzonderlijk|individuele afweging|we(?:gen|egt|egen) (?:we|wij|per|in|steeds)?"
    r"|weegt af|afgewogen|beslist|besluit|bepaalt|escal\w+ naar|leggen? voor aan|gemotiveerd)\b",
    re.IGNORECASE,
)


def addressed(text: str) -> Address:
    """Say whether the sentences of a flag rank the two principles, say how to weigh them, or neither."""
    if _PRIORITY.search(text):
        return "geprioriteerd"
    if _WEIGHED.search(text):
        return "afgewogen"
    return "niet geadresseerd"
