"""Raw frames: a server process, and a reader as strict as an editor's, for which one stray byte is the end."""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.lsp.editor import environment

PATIENCE = 30.0
FAKE_SERVER = (sys.executable, str(Path(__file__).with_name("fake_server.py")))
_HEADER = re.compile(rb"Content-Length: (\d+)\r\n(?:Content-Type: [^\r\n]+\r\n)?\r\n")

Message = dict[str, Any]


class Wire:
    """A server process: `received` are all messages so far, `errors` what it wrote on its error stream."""

    def __init__(self, root: Path, process: subprocess.Popen[bytes]) -> None:
        self.root = root
        self.process = process
        self.received: list[Message] = []
        self.errors = ""
        self.stray = b""
        self._arrived: queue.Queue[Message | None] = queue.Queue()
        self._ids = iter(range(1, 10**6))
        assert process.stdout is not None
        assert process.stderr is not None
        self._readers = [
            threading.Thread(target=self._read, args=(process.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def send(self, method: str, params: Any = None, *, id: int | None = None) -> None:
        message: Message = {"jsonrpc": "2.0", "method": method, "params": params}
        if id is not None:
            message["id"] = id
        self.send_body(json.dumps(message).encode())

    def send_body(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def request(self, method: str, params: Any = None) -> int:
        number = next(self._ids)
        self.send(method, params, id=number)
        return number

    def answer(self, number: int) -> Message:
        """The answer to a request, awaited."""
        return self.until(lambda message: message.get("id") == number and "method" not in message)

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message that is `wanted`, of those that came and those that will."""
        for message in self.received:
            if wanted(message):
                return message
        while True:
            arrived = self._arrived.get(timeout=PATIENCE)
            assert arrived is not None, f"the server ended\n{self.errors}"
            self.received.append(arrived)
            if wanted(arrived):
                return arrived

    def shown(self, name: str, version: int) -> list[str]:
        """The messages of the diagnostics of one version of a file, awaited."""
        params = self.until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == self.uri(name)
                and message["params"].get("version") == version
            )
        )["params"]
        return [diagnostic["message"] for diagnostic in params["diagnostics"]]

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def initialize(self) -> Message:
        number = self.request("initialize", {"processId": None, "rootUri": self.root.as_uri(), "capabilities": {}})
        answer = self.answer(number)
        self.send("initialized", {})
        return answer

    def open(self, name: str, content: str) -> None:
        document = {"uri": self.uri(name), "languageId": "jinja", "version": 1, "text": content}
        self.send("textDocument/didOpen", {"textDocument": document})

    def insert(self, name: str, version: int, text: str) -> None:
        """Type `text` at the very beginning of a file."""
        start = {"line": 0, "character": 0}
        self.send(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri(name), "version": version},
                "contentChanges": [{"range": {"start": start, "end": start}, "text": text}],
            },
        )

    def hover(self, name: str) -> int:
        return self.request(
            "textDocument/hover", {"textDocument": {"uri": self.uri(name)}, "position": {"line": 0, "character": 0}}
        )

    def methods(self) -> list[str]:
        """The methods of everything that the server sent of its own accord."""
        return [message["method"] for message in self.received if "method" in message]

    def shut_down(self) -> int:
        """Ask for an orderly end; the exit code."""
        assert self.answer(self.request("shutdown"))["result"] is None
        self.send("exit")
        return self.end()

    def end(self) -> int:
        """Wait for the process to end and check that it sent nothing but frames; the exit code."""
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        while (arrived := self._arrived.get(timeout=PATIENCE)) is not None:
            self.received.append(arrived)
        assert b"" == self.stray
        return code

    def _read(self, stream: IO[bytes]) -> None:
        while header := stream.readline():
            while not header.endswith(b"\r\n\r\n"):
                line = stream.readline()
                header += line
                if not line:
                    break
            match = _HEADER.fullmatch(header)
            if match is None:
                self.stray = header + stream.read()
                break
            self._arrived.put(json.loads(stream.read(int(match[1]))))
        self._arrived.put(None)

    def _read_errors(self, stream: IO[bytes]) -> None:
        for line in stream:
            self.errors += line.decode()


@contextmanager
def serving(root: Path, command: Sequence[str] = FAKE_SERVER) -> Iterator[Wire]:
    """A server, by default one with the pretended check, in the workspace `root`."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=root,
    )
    try:
        yield Wire(root, process)
    finally:
        process.kill()
        for stream in (process.stdin, process.stdout, process.stderr):
            assert stream is not None
            stream.close()
        process.wait(PATIENCE)
