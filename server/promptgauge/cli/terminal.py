"""What the terminal can show: colours where somebody looks, and none in a pipe or under NO_COLOR."""

from __future__ import annotations

import os
from typing import TextIO

from promptgauge.output.style import Style, coloured, plain


def style_of(stream: TextIO, colour: str = "auto") -> Style:
    """The style for a stream; `colour` is `auto`, `always` or `never`."""
    if colour == "auto":
        wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    else:
        wanted = colour == "always"
    return coloured() if wanted else plain()
