"""Rules and what they report: the model, the loader, the engine, and `check`, the one call behind every face."""

from promptgauge.lint.check import check
from promptgauge.lint.loader import RuleError, load_rules
from promptgauge.lint.model import LEVELS, Finding, Level, Result, Rule
from promptgauge.lint.settings import Settings

__all__ = ["LEVELS", "Finding", "Level", "Result", "Rule", "RuleError", "Settings", "check", "load_rules"]
