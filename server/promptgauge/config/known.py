"""What a configuration can name: rules, thresholds, levels, purposes, formats and encodings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache

from promptgauge.formats.model import Purpose
from promptgauge.lint.model import Rule
from promptgauge.lint.settings import Settings


@cache
def rules() -> dict[str, Rule]:
    """The rules by code."""
    from promptgauge.lint.loader import load_rules

    return {rule.code: rule for rule in load_rules()}


@cache
def codes_by_name() -> dict[str, str]:
    """The codes of the rules by name."""
    return {rule.name: rule.code for rule in rules().values()}


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats."""
    from promptgauge.formats import FORMATS

    return tuple(FORMATS)


@cache
def encodings() -> tuple[str, ...]:
    """The names of the token encodings."""
    from promptgauge.tokens import ENCODINGS

    return ENCODINGS


def code_of(name: str) -> str | None:
    """The code of the rule with this code or name, None if there is none."""
    return name if name in rules() else codes_by_name().get(name)


def selector_of(name: str) -> str | None:
    """The code, or the prefix of codes, that a selector means; None if no rule has it."""
    code = code_of(name)
    if code is None and name.startswith("PG") and any(known.startswith(name) for known in rules()):
        return name
    return code


def selected(settings: Settings, purpose: Purpose) -> tuple[str, ...]:
    """The codes of the rules that run on a prompt of this purpose."""
    from promptgauge.lint.selection import chosen

    return tuple(rule.code for rule in chosen(rules().values(), settings) if purpose in rule.purposes)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean `x`?`, or an empty string when nothing is like it."""
    words = {other.lower(): other for other in known}
    begun = [other for other in words if word and other.startswith(word.lower())]
    close = begun if len(begun) == 1 else difflib.get_close_matches(word.lower(), words, n=1)
    return f"; did you mean `{words[close[0]]}`?" if close else ""
