"""What touches the disk: which files are read, and how."""

from promptgauge.project.discover import Discovery, Target, discover
from promptgauge.project.reading import ReadError, read_bytes, read_file, reader

__all__ = ["Discovery", "ReadError", "Target", "discover", "read_bytes", "read_file", "reader"]
