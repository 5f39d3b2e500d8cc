"""Findings become diagnostics: code, level, words, places in the editor's units, related places, data."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from promptgauge.config import ConfigError
from promptgauge.formats.model import Document
from promptgauge.lint.model import LEVELS, Finding, Level, Related, Result
from promptgauge.lsp.client import Client
from promptgauge.lsp.diagnostics import MOST, configuration_diagnostics, diagnostics
from promptgauge.text import Encoding, Span, Text

URI = "file:///w/a.md"


def finding(
    span: Span, level: Level = "warning", related: tuple[Related, ...] = (), advice: str = "Mend it."
) -> Finding:
    return Finding("PG403", "broken-skeleton", level, span, "It is broken.", advice, related=related, prompt=0)


def result(content: str, *findings: Finding) -> Result:
    return Result("/w/a.md", Text(content), Document("text", ()), (), findings)


def places(start: tuple[int, int], end: tuple[int, int]) -> types.Range:
    return types.Range(types.Position(*start), types.Position(*end))


def test_a_diagnostic_holds_all_that_the_finding_says() -> None:
    [actual] = diagnostics(result("abc", finding(Span(1, 2))), URI, Client())

    assert (
        types.Diagnostic(
            range=places((0, 1), (0, 2)),
            severity=types.DiagnosticSeverity.Warning,
            code="PG403",
            source="promptgauge",
            message="It is broken.\nMend it.",
            data={"name": "broken-skeleton", "actions": [], "prompt": 0},
        )
        == actual
    )


@pytest.mark.parametrize(
    ("encoding", "start", "end"),
    [("utf-8", 4, 6), ("utf-16", 2, 3), ("utf-32", 1, 2)],
    ids=["utf-8", "utf-16", "utf-32"],
)
def test_places_behind_an_emoji_are_in_the_units_of_the_editor(encoding: Encoding, start: int, end: int) -> None:
    [actual] = diagnostics(result("x\n😀é", finding(Span(3, 4))), URI, Client(encoding))

    assert places((1, start), (1, end)) == actual.range


def test_each_level_has_its_severity() -> None:
    findings = [finding(Span(0, 1), level) for level in LEVELS]

    actual = diagnostics(result("a", *findings), URI, Client())

    assert [1, 2, 3, 4] == [one.severity for one in actual]


def test_a_finding_without_advice_says_only_what_it_found() -> None:
    [actual] = diagnostics(result("a", finding(Span(0, 1), advice="")), URI, Client())

    assert "It is broken." == actual.message


def test_related_places_go_to_editors_that_show_them() -> None:
    found = result("ab", finding(Span(0, 1), related=(Related(Span(1, 2), "the other half"),)))
    expected = [types.DiagnosticRelatedInformation(types.Location(URI, places((0, 1), (0, 2))), "the other half")]

    assert expected == diagnostics(found, URI, Client(related=True))[0].related_information
    assert diagnostics(found, URI, Client(related=False))[0].related_information is None


def test_of_very_many_findings_the_rest_is_counted() -> None:
    actual = diagnostics(result("a", *[finding(Span(0, 1))] * (MOST + 1200)), URI, Client())

    assert MOST + 1 == len(actual)
    assert "1,200 more findings are not shown here; `promptgauge check` lists them all." == actual[-1].message


def test_a_broken_configuration_is_shown_from_its_place_to_the_end_of_the_line() -> None:
    file = Path("/w/promptgauge.toml")
    error = ConfigError(file, 2, 3, "unknown key `selct`", (ConfigError(file, 3, 1, "a number is missing"),))

    first, second = configuration_diagnostics(error, Text("a = 1\n😀 selct = 2\nb ="), "utf-16")

    assert (places((1, 3), (1, 12)), "PG902", types.DiagnosticSeverity.Error) == (
        first.range,
        first.code,
        first.severity,
    )
    assert first.message.startswith("unknown key `selct`\n")
    assert places((2, 0), (2, 3)) == second.range


def test_a_place_that_is_no_longer_there_is_shown_at_the_end() -> None:
    [actual] = configuration_diagnostics(ConfigError(Path("/w/a.toml"), 9, 9, "no"), Text("a"), "utf-16")

    assert places((0, 1), (0, 1)) == actual.range
