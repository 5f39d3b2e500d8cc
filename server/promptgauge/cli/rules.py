"""`promptgauge rules`: the table of all rules."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from promptgauge.lint.model import Rule

_HELP = "list the rules"
_DESCRIPTION = """\
List all rules with their level, their stage (preview rules run only when they are selected) and the purposes
of the prompts that they look at. `promptgauge explain CODE` shows the page of one."""
_NARROWEST = 30


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "rules", help=_HELP, description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="a table (the default) or JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the table; 2 where the rules themselves cannot be read."""
    from promptgauge.lint.loader import RuleError, load_rules

    try:
        rules = load_rules()
    except RuleError as error:
        print(f"promptgauge: {error}", file=sys.stderr)
        return 2
    if args.format == "json":
        print(json.dumps([_record(rule) for rule in rules], indent=2, ensure_ascii=False))
    else:
        print("\n".join(_table(rules, shutil.get_terminal_size((120, 24)).columns)))
    return 0


def _record(rule: Rule) -> dict[str, Any]:
    from promptgauge.lint.explain import claims_of, what

    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level,
        "raised_to": rule.raised.to if rule.raised else None,
        "stage": rule.stage,
        "purposes": sorted(rule.purposes),
        "what": what(rule),
        "thresholds": {name: threshold.value for name, threshold in rule.thresholds.items()},
        "claims": list(claims_of(rule)),
        "actions": list(rule.actions),
    }


def _table(rules: tuple[Rule, ...], width: int) -> Iterator[str]:
    from promptgauge.lint.explain import level, what

    rows = [("code", "name", "level", "stage", "purposes", "what")]
    rows += [(r.code, r.name, level(r), r.stage, ", ".join(sorted(r.purposes)), what(r)) for r in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    indent = sum(widths) + 2 * len(widths)
    for row in rows:
        head = "".join(f"{cell:<{size}}  " for cell, size in zip(row[:5], widths, strict=True))
        lines = textwrap.wrap(row[5], max(width - indent, _NARROWEST), break_long_words=False)
        yield (head + lines[0]).rstrip()
        yield from (" " * indent + line for line in lines[1:])
