"""secret: keys and tokens anywhere in the file: in the text, in comments and in what is declared beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject
from promptgauge.text.secrets import find_secrets, in_short


def find(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each secret, which is named by its first characters only."""
    content = subject.document.content
    for secret in find_secrets(content):
        yield Hit(secret.span, {"what": secret.name, "masked": in_short(content[slice(*secret.span)])})


CHECK = Check("secret", "document", ("what", "masked"), {}, find)
