"""Which rules run, and at which level: the stages, and what the settings select, ignore and change."""

from __future__ import annotations

from collections.abc import Iterable

from promptgauge.lint.model import Rule
from promptgauge.lint.settings import Settings

_EXACT = 100


def chosen(rules: Iterable[Rule], settings: Settings) -> list[Rule]:
    """The rules that run: the stable ones and those selected, without those ignored; the longest match wins.

    Where the same word is selected and ignored, it is ignored.
    """
    return [rule for rule in rules if _runs(rule, settings)]


def _runs(rule: Rule, settings: Settings) -> bool:
    selected = max((match_length(rule, word) for word in settings.select), default=0)
    ignored = max((match_length(rule, word) for word in settings.ignore), default=0)
    if ignored and ignored >= selected:
        return False
    return selected > 0 or rule.stage == "stable"


def match_length(rule: Rule, word: str) -> int:
    """How closely a code, the first characters of codes or a name matches a rule; 0 if it does not."""
    if word in (rule.code, rule.name):
        return _EXACT
    return len(word) if word and rule.code.startswith(word) else 0
