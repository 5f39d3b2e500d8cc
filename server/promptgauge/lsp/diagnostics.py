"""Diagnostics: what the editor underlines, made from the findings of a Result or from a broken configuration."""

from __future__ import annotations

from lsprotocol import types

from promptgauge.config import ConfigError
from promptgauge.lint.model import Finding, Level, Result
from promptgauge.lsp.client import Client
from promptgauge.text import Encoding, Position, Span, Text

SOURCE = "promptgauge"
BAD_CONFIGURATION = "PG902"
MOST = 500

_SEVERITIES: dict[Level, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


def diagnostics(result: Result, uri: str, client: Client) -> list[types.Diagnostic]:
    """One diagnostic a finding, in the order of the findings; of more than `MOST`, the rest is only counted."""
    shown = [_diagnostic(finding, result.text, uri, client) for finding in result.findings[:MOST]]
    rest = len(result.findings) - MOST
    if rest > 0:
        shown.append(
            types.Diagnostic(
                range=range_of(Span(0, 0), result.text, client.encoding),
                severity=types.DiagnosticSeverity.Information,
                source=SOURCE,
                message=f"{rest:,} more findings are not shown here; `promptgauge check` lists them all.",
            )
        )
    return shown


def configuration_diagnostics(error: ConfigError, text: Text, encoding: Encoding) -> list[types.Diagnostic]:
    """What is wrong with a configuration file, each from where it breaks to the end of that line."""
    return [
        types.Diagnostic(
            range=range_of(_rest_of_line(one, text), text, encoding),
            severity=types.DiagnosticSeverity.Error,
            code=BAD_CONFIGURATION,
            source=SOURCE,
            message=f"{one.message}\nUntil this is mended, the last configuration that could be read stays in use.",
        )
        for one in error.all[:MOST]
    ]


def range_of(span: Span, text: Text, encoding: Encoding) -> types.Range:
    """A span in the editor's units."""
    return types.Range(
        types.Position(*text.position(span.start, encoding)), types.Position(*text.position(span.end, encoding))
    )


def _rest_of_line(error: ConfigError, text: Text) -> Span:
    line = min(max(error.line - 1, 0), text.line_count - 1)
    start = text.offset(Position(line, max(error.column - 1, 0)))
    return Span(start, text.line_span(line).end)


def _diagnostic(finding: Finding, text: Text, uri: str, client: Client) -> types.Diagnostic:
    message = f"{finding.message}\n{finding.advice}" if finding.advice else finding.message
    related = None
    if client.related and finding.related:
        related = [
            types.DiagnosticRelatedInformation(
                location=types.Location(uri, range_of(other.span, text, client.encoding)), message=other.message
            )
            for other in finding.related
        ]
    return types.Diagnostic(
        range=range_of(finding.span, text, client.encoding),
        severity=_SEVERITIES[finding.level],
        code=finding.code,
        source=SOURCE,
        message=message,
        related_information=related,
        data={"name": finding.name, "actions": list(finding.actions), "prompt": finding.prompt},
    )
