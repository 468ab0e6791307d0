"""A process of its own for work on hostile bytes: ended at a deadline, started again when needed."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections.abc import Mapping, Sequence

_LENGTH_BYTES = 8
# What is handed to a pipe at once; more would only wait in the kernel.
_CHUNK_BYTES = 1 << 20


class ContainedProcess:
    """A process that answers frames on its standard input, one at a time.

    ``starts`` counts how often it was started: a process that hung, crashed
    or ran out of memory is gone, and with it whatever it held.

    Args:
        command: What to run; it reads and writes frames behind their length.
        environment: Variables to set beside those of this process.
    """

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> None:
        self._command = tuple(command)
        self._environment = {**os.environ, **environment} if environment else None
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def exchange(self, payload: bytes, *, seconds: float) -> bytes | None:
        """Return the process's answer; None when it hung, crashed or was killed."""
        process = self._running()
        deadline = time.monotonic() + seconds
        answer = None
        if self._send(process, len(payload).to_bytes(_LENGTH_BYTES, "big"), deadline) and self._send(
            process, payload, deadline
        ):
            head = self._receive(process, _LENGTH_BYTES, deadline)
            answer = self._receive(process, int.from_bytes(head, "big"), deadline) if head else None
        if answer is None:
            process.kill()
            self.close()
        return answer

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    @property
    def is_running(self) -> bool:
        """Whether the process of the last exchange still runs."""
        return self._process is not None and self._process.poll() is None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=self._environment,
            )
            assert self._process.stdin is not None
            os.set_blocking(self._process.stdin.fileno(), False)
            self.starts += 1
        return self._process

    def _send(self, process: subprocess.Popen[bytes], data: bytes, deadline: float) -> bool:
        """Write all of ``data``; False when the process went away or time ran out."""
        assert process.stdin is not None
        view = memoryview(data)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            while view:
                remaining = deadline - time.monotonic()
                if remaining <= 0 or not selector.select(remaining):
                    return False
                try:
                    view = view[os.write(process.stdin.fileno(), view[:_CHUNK_BYTES]) :]
                except BlockingIOError:
                    continue
                except BrokenPipeError:
                    return False
        return True

    def _receive(self, process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes | None:
        """Return exactly ``size`` bytes, or None at the end of the stream or of time."""
        assert process.stdout is not None
        parts: list[bytes] = []
        missing = size
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while missing:
                remaining = deadline - time.monotonic()
                if remaining <= 0 or not selector.select(remaining):
                    return None
                chunk = process.stdout.read(missing)
                if not chunk:
                    return None
                parts.append(chunk)
                missing -= len(chunk)
        return b"".join(parts)
