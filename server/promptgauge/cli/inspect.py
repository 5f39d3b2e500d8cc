"""`promptgauge inspect`: show the anatomy of prompts, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from promptgauge.cli.reading import Reading, report_troubles
from promptgauge.cli.terminal import style_of

_HELP = "show the anatomy of prompts: their parts, tokens and what was seen"
_DESCRIPTION = """\
Show the anatomy of the prompts in FILES: a bar for each kind of part with its share and tokens, and what else was
seen. `--format json` prints an array with one object a file; its JSON Schema is printed by --schema."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "inspect", help=_HELP, description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", metavar="FILE", nargs="*", help="file or folder; - reads standard input")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of --format json and exit")
    parser.add_argument("--stdin-filename", metavar="PATH", help="the name that standard input is read under")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (default: auto)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the anatomies; 2 where a file could not be read or there was none."""
    if args.schema:
        from importlib.resources import files

        sys.stdout.write(files("promptgauge.output").joinpath("inspect.schema.json").read_text(encoding="utf-8"))
        return 0
    if not args.paths:
        print("promptgauge: name at least one file to inspect", file=sys.stderr)
        return 2
    reading = Reading(args.paths, stdin_filename=args.stdin_filename)
    results = list(reading.results())
    if args.format == "json":
        from promptgauge.output.inspection import inspection

        json.dump([inspection(result) for result in results], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        from promptgauge.output.anatomy_text import describe

        style = style_of(sys.stdout, args.color)
        print("\n".join(describe(result, style) for result in results), end="")
    report_troubles(reading.troubles)
    if not results and not reading.troubles:
        print(f"promptgauge: no prompt among {reading.seen} files", file=sys.stderr)
    return 2 if reading.troubles or not results else 0
