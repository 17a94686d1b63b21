"""Wrong usage told in Dutch: the sentences of the command-line library are English and cannot be set there."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from coding.cli.messages import say

WRONG = (
    (r"No such command (.+)\. Did you mean (.*)\?", r"Er is geen commando \1. Bedoelt u \2?"),
    (r"No such command (.+)\.", r"Er is geen commando \1."),
    (r"Missing command\.", "Er ontbreekt een commando."),
    (r"No such option: (\S+) (?:\(Possible options: |Did you mean )(.*)[)?]", r"Er is geen optie \1. Bedoelt u \2?"),
    (r"No such option: (\S+)", r"Er is geen optie \1."),
    (r"Missing option '?(.*?)'?\. Choose from: (.*)", r"De optie \1 ontbreekt. Kies uit \2."),
    (r"Missing option '?(.*?)'?\.", r"De optie \1 ontbreekt."),
    (r"Missing \w+ '?(.*?)'?\. Choose from: (.*)", r"Er ontbreekt nog: \1. Kies uit \2."),
    (r"Missing \w+ '?(.*?)'?\.", r"Er ontbreekt nog: \1."),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)",
        r"Dit hoort hier niet: \1. Staat er een spatie in een naam, zet die dan tussen aanhalingstekens.",
    ),
    (r"Option '?(.*?)'? requires .*", r"Achter \1 hoort een waarde."),
    (r"Option '?(.*?)'? does not take a value\.?", r"Achter \1 hoort geen waarde."),
)
"""What the library says, whole, and how it is said here."""
WRONG_VALUE = re.compile(r"Invalid value(?: for (?P<name>.*?))?: (?P<reason>.*)")
REASONS = (
    (r"(?:Value error, )?('.*?') is not one of (.*?)\.?", r"\1 kan niet; kies uit \2."),
    (r"Input should be a valid integer.*|.* is not a valid int(?:eger)?\.?", "geef een geheel getal."),
    (r"Input should be a valid number.*|.* is not a valid (?:float|number)\.?", "geef een getal, met een punt: 0.5."),
    (r"Input should be greater than or equal to (\S+)", r"geef een getal van ten minste \1."),
    (r"Input should be less than or equal to (\S+)", r"geef een getal van hoogstens \1."),
    (r".* is not in the range (.*?)\.?", r"geef een getal in dit bereik: \1."),
)
"""Why a value is not taken; a reason that is not here is our own, and Dutch already."""


class Verbs(TyperGroup):
    """The verbs; what is wrong with how one was called is said in Dutch, with the way to its help."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # as the library has it
        """Read the options before the verb."""
        with _in_dutch():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:  # as the library has it
        """Read what stands after the verb, and run it."""
        with _in_dutch():
            return super().invoke(ctx)


def explain_usage(message: str) -> str:
    """Return the library's message in Dutch; empty for one that is not known."""
    said = " ".join(message.split())
    if value := WRONG_VALUE.fullmatch(said):
        reason = _told(REASONS, value["reason"]) or value["reason"]
        name = (value["name"] or "").strip("'")
        return f"{name}: {reason}" if name else reason
    return _told(WRONG, said)


@contextmanager
def _in_dutch() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # The library's own class is private to it and moved between its versions; what it does not change is this.
        told = explain_usage(error.format_message()) if hasattr(error, "format_message") else ""
        if not told:
            raise
        say(told)
        if context := getattr(error, "ctx", None):
            say(f"{context.get_usage()}\nMeer: {context.command_path} --help")
        raise typer.Exit(2) from None


def _told(table: Iterable[tuple[str, str]], said: str) -> str:
    matches = ((re.fullmatch(pattern, said), told) for pattern, told in table)
    return next((match.expand(told) for match, told in matches if match), "")
