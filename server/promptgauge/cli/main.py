"""The `promptgauge` command: finds the command that is asked for and loads only that one."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from promptgauge import __version__

# In the order of the help page; each is a module of promptgauge.cli with `add`.
COMMANDS = ("check", "inspect", "explain", "rules", "config", "server")

_DESCRIPTION = """\
promptgauge reads prompt templates the way a reviewer does: it finds worked examples, edge-case rules, pasted
knowledge and the output contract, counts their tokens, and says what to do about them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` (the process's own arguments if None) and give back its exit code.

    0: nothing to complain of. 1: findings. 2: wrong usage, a broken configuration, or a file that cannot be read.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(words)
    args = parser.parse_args(words)
    if not hasattr(args, "run"):
        parser.print_help()
        return 2
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has gone (`| head`); what is left in the buffer must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("PROMPTGAUGE_DEBUG"):
            raise
        # Errors that promptgauge foresees are one sentence already; the rest is a fault of its own.
        foreseen = type(error).__name__ in ("ConfigError", "RuleError", "VocabularyError")
        what = str(error) if foreseen else f"a fault of its own, {type(error).__name__}: {error}; please report it"
        print(f"promptgauge: {what}", file=sys.stderr)
        return 2


def _parser(words: list[str]) -> argparse.ArgumentParser:
    """The parser; where a command is named, only its own module is loaded."""
    parser = argparse.ArgumentParser(prog="promptgauge", description=_DESCRIPTION, formatter_class=_Formatter)
    parser.add_argument("--version", action="version", version=f"promptgauge {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    named = [word for word in words if not word.startswith("-")][:1]
    for name in named if named and named[0] in COMMANDS else COMMANDS:
        importlib.import_module(f"promptgauge.cli.{name}").add(commands)
    return parser


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help pages keep the line breaks of their descriptions."""


if __name__ == "__main__":
    sys.exit(main())
