"""Characters as they stand inside a JSON string."""

from __future__ import annotations

import json
import re

_BEYOND_ASCII = re.compile(r"\\u(?!00[0-7])")
# Editors and older JavaScript take these for line ends.
_LINE_SEPARATORS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029", 0x7F: "\\u007f"}


def escape(chars: str, literal: str) -> str:
    """`chars` escaped as `literal`, the string that they go into, escapes its own: all beyond ASCII, or little."""
    ascii_only = literal.isascii() and _BEYOND_ASCII.search(literal) is not None
    return json.dumps(chars, ensure_ascii=ascii_only)[1:-1].translate(_LINE_SEPARATORS)
