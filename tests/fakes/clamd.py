"""A scanner that goes wrong as clamd may: says an error, hangs up, answers nothing sensible, or is slow."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def answering(answer: bytes | None, *, after: int = 2**40) -> Iterator[str]:
    """Yield the address of a scanner that gives one answer to everything; None hangs up without one.

    Args:
        after: Having read so many bytes it answers, whatever still comes.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                read = b""
                while not read.endswith(b"\0\0\0\0") and len(read) < after:
                    piece = line.recv(65536)
                    if not piece:
                        break
                    read += piece
                if answer is not None:
                    line.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        listening.close()
        thread.join(timeout=5)
