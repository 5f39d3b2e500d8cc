"""The names of configuration files, in the order in which they are looked for."""

from __future__ import annotations

OWN_NAME = "promptgauge.toml"
SHARED_NAME = "pyproject.toml"
NAMES = (OWN_NAME, SHARED_NAME)
