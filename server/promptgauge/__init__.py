"""promptgauge: a prompt linter and advisor. This module holds the version and nothing else, so that it loads fast."""

__version__ = "0.1.0"
