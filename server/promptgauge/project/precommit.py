"""The entry for promptgauge in .pre-commit-config.yaml: a new file, or an old one with the entry at its end."""

from __future__ import annotations

import re

NAME = ".pre-commit-config.yaml"
# `check` passes over what is no prompt, but says so; this keeps most other files from it.
_FILES = (
    r"\.(md|mdc|txt|prompt|prompty|poml|j2|jinja2?|hbs|handlebars|mustache|tmpl|ya?ml|json)$"
    r"|(^|/)\.(cursor|windsurf|cline)rules$"
)
_HOOK = f"""\
- repo: local
  hooks:
    - id: promptgauge
      name: promptgauge
      entry: promptgauge check --force-exclude
      language: system
      files: '{_FILES}'
"""


def new_file() -> str:
    """The whole file, for a repository without one."""
    return "repos:\n" + _indented("  ", "\n")


def with_hook(content: str) -> str | None:
    """The file with the entry added at its end; None where that cannot be done safely.

    It is safe where `repos` is the last key, written as a block list, and where the file then says the same as
    before and the entry.
    """
    import yaml

    last = re.search(r"^([ \t]*)- +repo:(?![\s\S]*^[ \t]*- +repo:)", content, re.MULTILINE)
    if last is None:
        return None
    end = "\r\n" if "\r\n" in content else "\n"
    gap = "" if content.endswith(("\n", "\r")) else end
    after = content + gap + _indented(last[1], end)
    try:
        old, new = yaml.safe_load(content), yaml.safe_load(after)
        entry = yaml.safe_load(_HOOK)
        same = {**new, "repos": new["repos"][:-1]} == old and new["repos"][-1:] == entry
    except (yaml.YAMLError, KeyError, TypeError):
        return None
    return after if same else None


def entry() -> str:
    """The entry alone, to be put in by hand."""
    return _indented("  ", "\n")


def _indented(indent: str, end: str) -> str:
    return "".join(f"{indent}{line}{end}" for line in _HOOK.splitlines())
