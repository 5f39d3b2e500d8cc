"""The fingerprint of a finding: the same wherever in its file the flagged text stands, and holding none of it."""

from __future__ import annotations

from hashlib import sha256

from promptgauge.formats.model import Document
from promptgauge.lint.model import Finding
from promptgauge.text import Text

_LENGTH = 16


def fingerprint(finding: Finding, document: Document, text: Text) -> str:
    """Sixteen hexadecimal digits made of the code, the prompt's name and the flagged text, white space evened out.

    Of a finding without a text of its own, the whole line counts.
    """
    flagged = text.content[slice(*finding.span)] or text.line(text.line_of(finding.span.start))
    name = "" if finding.prompt is None else document.prompts[finding.prompt].name
    parts = (finding.code, name, " ".join(flagged.split()))
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
