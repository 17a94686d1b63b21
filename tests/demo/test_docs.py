"""Every `rodedraad …` command line in the manual and README is one that the program takes."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from coding.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SHELL = {"|", ">", ">>", "<", "#", "&&", ";"}


def command_lines(page: str) -> list[str]:
    """Commands in code blocks (a line each) and in running text (between backticks)."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", page, re.M | re.S)
    prose = re.sub(r"^```\w*\n.*?^```", "", page, flags=re.M | re.S)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = [re.sub(r"\s+", " ", span) for span in re.findall(r"`([^`]+)`", prose)]
    found = [re.search(r"(?:^|[|$] |bin/|uv run )rodedraad (\S.*)$", line.strip()) for line in [*lines, *inline]]
    return [match[1] for match in found if match]


def words_of(line: str) -> list[str]:
    words = shlex.split(line, comments=False)
    end = next((i for i, word in enumerate(words) if word in SHELL), len(words))
    return words[:end]


def problem_with(line: str) -> str | None:
    """What is wrong with a command line: an unknown verb or option, or too few or many arguments."""
    words, command = words_of(line), get_command(app)
    while (commands := getattr(command, "commands", None)) is not None:
        known = {name for parameter in command.params for name in parameter.opts} | {"--help", "-h"}
        while words and words[0] in known:
            words.pop(0)
        if not words:
            return None
        if words[0] not in commands:
            return f"no verb {words[0]}"
        command = commands[words.pop(0)]
    return None if "--help" in words else problem_with_arguments(words, command)


def takes(rest: Any, count: int) -> bool:
    """Take that many words; whether they are there."""
    return all(next(rest, None) is not None for _ in range(count))


def problem_with_arguments(words: list[str], command: Any) -> str | None:
    options = {name: p for p in command.params for name in (*p.opts, *p.secondary_opts) if name.startswith("-")}
    positional, rest = 0, iter(words)
    for word in rest:
        name, _, value = word.partition("=")
        if not name.startswith("-"):
            positional += 1
        elif name not in options:
            return f"no option {name}"
        elif not value and not getattr(options[name], "is_flag", False) and not takes(rest, options[name].nargs):
            return f"{name} takes a value"
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    least = sum(p.required for p in arguments)
    most = float("inf") if any(p.nargs == -1 for p in arguments) else len(arguments)
    return None if least <= positional <= most else f"{positional} arguments, expected {least} to {most}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_a_page_exist_with_their_options(page: Path) -> None:
    lines = command_lines(page.read_text(encoding="utf-8"))
    assert [(line, problem) for line in lines if (problem := problem_with(line))] == []


def test_manual_shows_every_verb() -> None:
    lines = command_lines((ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8"))
    shown = {word for line in lines for word in words_of(line)[:1]}
    assert set(get_command(app).commands) - shown == set()  # type: ignore[attr-defined]  # a group, since it has verbs


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("run map/ --study s", None),
        ("run map/ --study s > uitvoer.txt", None),
        ("--debug run map/ --study s", None),
        ("rnu map/ --study s", "no verb rnu"),
        ("run map/ --studie s", "no option --studie"),
        ("status", "0 arguments, expected 1 to 1"),
        ("run map/ --study", "--study takes a value"),
    ],
)
def test_wrong_command_lines_are_seen(line: str, problem: str | None) -> None:
    assert problem_with(line) == problem
