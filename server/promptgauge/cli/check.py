"""`promptgauge check`: lint files and folders and print what was found."""

from __future__ import annotations

import argparse
import sys
import time

from promptgauge.cli.reading import Reading, report_troubles
from promptgauge.cli.terminal import style_of
from promptgauge.lint.model import LEVELS
from promptgauge.output.run import Run

_HELP = "lint prompts in files and folders"
_DESCRIPTION = """\
Lint the prompts among PATHS and in the folders among them (default: the current folder).

Exit code: 0 nothing at or above --fail-on, 1 findings, 2 usage, a broken configuration, a file that could not be
read, or nothing to read."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "check", help=_HELP, description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", help="file or folder; - reads standard input")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    parser.add_argument(
        "--fail-on", choices=LEVELS, default="warning", help="least level that makes exit code 1 (default: warning)"
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 in spite of findings")
    parser.add_argument(
        "--select", metavar="RULES", action="append", default=[], help="add rules (codes, prefixes, names; comma-separated)"
    )
    parser.add_argument("--ignore", metavar="RULES", action="append", default=[], help="take rules away")
    parser.add_argument("--force-exclude", action="store_true", help="leave out excluded files even if they are named")
    parser.add_argument("--stdin-filename", metavar="PATH", help="the name that standard input is read under")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (default: auto)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Lint, print, and tell by the exit code what was found."""
    started = time.perf_counter()
    reading = Reading(args.paths or ["."], args.force_exclude, args.stdin_filename, args.select, args.ignore)
    results = list(reading.results())
    outcome = Run(
        results=results,
        troubles=reading.troubles,
        passed_over=reading.passed_over,
        skipped=reading.skipped,
        as_text=reading.as_text,
        seen=reading.seen,
        seconds=time.perf_counter() - started,
    )
    report_troubles(reading.troubles)
    if args.format == "json":
        from promptgauge.output import json_report

        sys.stdout.write(json_report.report(outcome))
    else:
        from promptgauge.output import text

        sys.stdout.write(text.report(outcome, style_of(sys.stdout, args.color)))
    return _exit_code(args, outcome)


def _exit_code(args: argparse.Namespace, outcome: Run) -> int:
    if outcome.troubles or not (outcome.results or outcome.skipped):
        return 2
    failing = LEVELS[: LEVELS.index(args.fail_on) + 1]
    return 0 if args.exit_zero or not any(outcome.count(level) for level in failing) else 1


