"""Nunjucks templates, as promptfoo fills them: Jinja's syntax but for JavaScript's operators.

What only Nunjucks knows is replaced by as many characters that Jinja reads the same way; so every place stays.
"""

from __future__ import annotations

import re

from promptgauge.formats.jinja_template import Template, read_template

_TAG = re.compile(r"\{\{[^}]*\}\}|\{%[^%]*%\}")
_FOREIGN = re.compile(r"\"[^\"]*\"|'[^']*'|===|!==|&&|\|\||!(?!=)|\belseif\b|\br/(?:\\.|[^/\\\r\n])+/[gimy]*")
_SAME = {"===": "== ", "!==": "!= ", "&&": "+ ", "||": "+ ", "!": " ", "elseif": "elif  "}
# Names that are there in every template: JavaScript's constants and the environment that promptfoo hands in.
_GIVEN = frozenset({"null", "undefined", "env"})


def read_nunjucks(content: str) -> Template:
    """Read `content` as Nunjucks does. Nothing is rendered; unknown filters and globals are fine."""
    template = read_template(_TAG.sub(lambda tag: _FOREIGN.sub(_as_jinja, tag.group()), content))
    variables = tuple(variable for variable in template.variables if variable.name not in _GIVEN)
    return Template(template.tags, variables, template.includes, template.problem)


def _as_jinja(match: re.Match[str]) -> str:
    word = match.group()
    if word[0] in "\"'":
        return word
    # A regular expression becomes a string of the same length.
    return _SAME.get(word) or '"' + " " * (len(word) - 2) + '"'
