"""Findings as JSON: one object for a run, its files in order."""

from __future__ import annotations

import json
from typing import Any

from promptgauge import __version__
from promptgauge.lint.model import LEVELS, Finding, Result
from promptgauge.output.places import span
from promptgauge.output.run import Run


def report(run: Run) -> str:
    """The run as JSON text; `version` is promptgauge's."""
    value = {
        "version": __version__,
        "files": [_file(result) for result in run.results],
        "not_read": [{"path": trouble.path, "message": trouble.message} for trouble in run.troubles],
        "skipped": [{"path": trouble.path, "message": trouble.message} for trouble in run.skipped],
        "passed_over": list(run.passed_over),
        "summary": {
            "files": len(run.results),
            "prompts": run.prompts,
            "tokens": run.tokens,
            "findings": {level: run.count(level) for level in LEVELS},
            "seconds": round(run.seconds, 3),
        },
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _file(result: Result) -> dict[str, Any]:
    return {
        "path": result.path,
        "format": result.document.format,
        "prompts": len(result.document.prompts),
        "tokens": sum(anatomy.tokens for anatomy in result.anatomies),
        "findings": [_finding(result, finding) for finding in result.findings],
    }


def _finding(result: Result, finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "level": finding.level,
        **span(result.text, finding.span),
        "message": finding.message,
        "advice": finding.advice,
        "values": dict(finding.values),
        "related": [{**span(result.text, related.span), "message": related.message} for related in finding.related],
        "actions": list(finding.actions),
        "prompt": finding.prompt,
    }
