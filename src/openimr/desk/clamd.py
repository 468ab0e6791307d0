"""Asks a clamd daemon whether a content holds a virus, by its own protocol (INSTREAM)."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# a large archive takes clamd a while; longer than this it is as good as away
SECONDS = 120
CONNECT_SECONDS = 5
PIECE = 2**17


class ScanState(StrEnum):
    """What is known of a content."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNCHECKED = "unchecked"
    """The scanner could not be asked, or gave no answer that is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """The answer of the scanner; ``signature`` names what was found, or why nothing is known."""

    state: ScanState
    signature: str = ""


def scan(where: str, pieces: Iterable[bytes]) -> Scanned:
    """Return what clamd says of a content; whatever is not the answer OK is not clean.

    Args:
        where: ``host:port``, or the path of a socket.
        pieces: The content.
    """
    try:
        with _connected(where) as line:
            line.settimeout(SECONDS)
            said = _asked(line, pieces)
    except OSError as error:
        return Scanned(state=ScanState.UNCHECKED, signature=type(error).__name__)
    return read_answer(said)


def read_answer(said: str) -> Scanned:
    """Return what an answer of clamd means.

    Example:
        >>> read_answer("stream: OK").state.value
        'clean'
        >>> read_answer("stream: Win.Test.EICAR_HDB-1 FOUND").signature
        'Win.Test.EICAR_HDB-1'
        >>> read_answer("INSTREAM size limit exceeded. ERROR").state.value
        'unchecked'
    """
    words = said.strip("\0\r\n ")
    if words == "stream: OK":
        return Scanned(state=ScanState.CLEAN)
    if words.startswith("stream: ") and words.endswith(" FOUND"):
        name = words.removeprefix("stream: ").removesuffix(" FOUND")
        return Scanned(state=ScanState.INFECTED, signature=name[:200])
    return Scanned(state=ScanState.UNCHECKED, signature=words[:200] or "no answer")


def _connected(where: str) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(CONNECT_SECONDS)
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _asked(line: socket.socket, pieces: Iterable[bytes]) -> str:
    """Return the answer to a content. The daemon may answer and hang up before all of it was sent."""
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            for at in range(0, len(piece), PIECE):
                part = piece[at : at + PIECE]
                line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # what it said stands in the answer, if it said anything
    said = b""
    while piece := line.recv(4096):
        said += piece
        if b"\0" in piece:
            break
    return said.decode("utf-8", "replace")
