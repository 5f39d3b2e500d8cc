"""The options that several commands share, and what is wrong with how they were given."""

from __future__ import annotations

import argparse

STDIN = "-"


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Register the options of a command that reads prompts and prints for people."""
    parser.add_argument("--stdin-filename", metavar="PATH", help="the name that standard input is read under")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (default: auto)")


def wrong_options(args: argparse.Namespace) -> list[str]:
    """What is wrong with these options, a sentence each."""
    if args.stdin_filename and STDIN not in args.paths:
        return ["--stdin-filename names what is read from standard input; add `-` to read it"]
    return []
