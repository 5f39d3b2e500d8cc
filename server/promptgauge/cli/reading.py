"""The way from the paths that a command was given to the results of `check`, shared by the commands that read prompts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from promptgauge.config import Configuration, Configurations, known
from promptgauge.lint.check import check
from promptgauge.lint.engine import CheckError
from promptgauge.lint.model import Result
from promptgauge.lint.settings import Settings
from promptgauge.output.run import Trouble
from promptgauge.project import ReadError, discover, read_file, reader
from promptgauge.text import DecodeError, Text, decode

STDIN = "-"


class Reading:
    """One run over paths. The lists are complete once `results` is exhausted."""

    def __init__(
        self,
        paths: Sequence[str],
        force_exclude: bool = False,
        stdin_filename: str | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> None:
        """`select` and `ignore` hold comma-separated selectors that are added to those of the configuration."""
        self._paths = paths
        self._force = force_exclude
        self._stdin_name = stdin_filename
        self._select = _split(select)
        self._ignore = _split(ignore)
        self._configurations = Configurations()
        self.troubles: list[Trouble] = []
        self.passed_over: list[str] = []
        self.skipped: list[Trouble] = []
        self.as_text: list[str] = []
        self.seen = 0

    def results(self) -> Iterator[Result]:
        """The result of each file that could be read, in the order of the paths."""
        wrong = self._wrong_selectors()
        if wrong:
            self.troubles.append(wrong)
            return
        if STDIN in self._paths:
            yield from self._standard_input()
        found = discover(
            [Path(path) for path in self._paths if path != STDIN], self._configurations, force_exclude=self._force
        )
        self.seen += found.seen
        self.passed_over = [_shown(path) for path in found.passed_over]
        self.skipped = [Trouble(_shown(path), f"skipped: {why}") for path, why in found.skipped]
        self.troubles += [Trouble(_shown(path), message) for path, message in found.errors]
        for target in found.targets:
            try:
                text = read_file(target.path)
            except ReadError as error:
                self.troubles.append(Trouble(_shown(target.path), str(error)))
                continue
            if target.format is None:
                self.as_text.append(_shown(target.path))
            yield from self._checked(text, target.path, _shown(target.path))

    def _wrong_selectors(self) -> Trouble | None:
        for option, selectors in (("--select", self._select), ("--ignore", self._ignore)):
            for selector in selectors:
                if known.selector_of(selector) is None:
                    hint = known.did_you_mean(selector, known.codes_by_name())
                    return Trouble(option, f"no rule is called `{selector}`{hint}; `promptgauge rules` lists them")
        return None

    def _standard_input(self) -> Iterator[Result]:
        self.seen += 1
        name = self._stdin_name or "<stdin>"
        try:
            text = Text(decode(sys.stdin.buffer.read()).content)
        except DecodeError as error:
            self.troubles.append(Trouble(name, str(error)))
            return
        yield from self._checked(text, Path(self._stdin_name or "stdin"), name)

    def _checked(self, text: Text, path: Path, shown: str) -> Iterator[Result]:
        configuration = self._configurations.for_file(path)
        settings = self._settings(configuration, path)
        root = configuration.root if configuration.path else Path.cwd()
        try:
            result = check(text, shown, settings, reader(root, path.parent))
        except CheckError as error:
            self.troubles.append(Trouble(shown, f"{error} (a fault of promptgauge: please report it)"))
            return
        for problem in result.document.problems:
            if problem.kind == "host-syntax":
                line, column = text.position(problem.span.start)
                self.troubles.append(Trouble(f"{shown}:{line + 1}:{column + 1}", problem.message))
        yield result

    def _settings(self, configuration: Configuration, path: Path) -> Settings:
        settings = configuration.settings_for(path)
        if not self._select and not self._ignore:
            return settings
        return replace(
            settings, select=(*settings.select, *self._select), ignore=(*settings.ignore, *self._ignore)
        )


def report_troubles(troubles: Sequence[Trouble]) -> None:
    """One line on standard error for each file that could not be read."""
    for trouble in troubles:
        print(f"promptgauge: {trouble.path}: {trouble.message}", file=sys.stderr)


def _split(lists: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip() for words in lists for word in words.split(",") if word.strip())


def _shown(path: Path) -> str:
    """A path as the user gave it, without a leading `./`."""
    return os.path.normpath(path) if not os.path.isabs(path) else str(path)
