"""The work on pages on the machines of a Ray cluster: the only place that loads Ray, when it is asked for.

Every process that Ray starts for us holds the same ``LocalWorkers`` as this
machine would, with one process of each kind, so the answers are the same.
What is handed to Ray are pictures of pages and files; what it writes to its
logs are the names of two functions. Names of files and text stay here.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
import ray
from ray._private.worker import global_worker  # Ray says nowhere else where its session folder is
from ray.exceptions import RayError, RayTaskError

from openimr import __version__
from openimr.records.cache import LAYER_VERSION
from openimr.records.ocr_wire import (
    OCR_VERSION,
    NotRecognized,
    OcrAnswer,
    RecognizeRequest,
    ocr_answer_codec,
    ocr_request_codec,
)
from openimr.records.tessdata import tessdata_folder
from openimr.records.workers import FileBytes, LayersRead, LocalWorkers, OcrLimits
from openimr.terms.errors import ClusterUnusable

# How often a page is begun before it is left unread: one machine lost is no fault of the page.
_ATTEMPTS = 3
# Between attempts, in seconds: Ray needs some to see that a machine is gone.
_PAUSES = (1.0, 5.0)
# A cluster that answers does so in one second; Ray itself would try for two minutes and end this process.
_SECONDS_TO_ANSWER = 20.0
# How long an answer is waited for before it is looked whether any machine is left, in seconds.
_PATIENCE = 20.0
# Jobs handed in beside those that are worked at, so that no machine waits for this one.
_SPARE = 2
# This machine draws some ten pages a second, which keeps so many busy; more would only take its memory.
_MOST_AT_ONCE = 64
# Files whose bytes the cluster holds at the same time: pages are read in the order of the files.
_FILES_HELD = 2
_ADDRESS = re.compile(r"auto|[^\s/:]+:\d{1,5}")

_layers_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(LayersRead))


class ClusterWorkers:
    """Workers on a Ray cluster that is up already, of which this machine is a part.

    A job whose process or machine is lost is done again, elsewhere where
    there is an elsewhere; one that is lost three times is answered with that.

    Args:
        address: Where the head of the cluster listens, as ``HOST:PORT``, or
            ``auto`` for the cluster that this machine belongs to.
        limits: What a page may take.
        command: What to run instead of Tesseract's process, for tests.

    Raises:
        ClusterUnusable: There is no such cluster, or no machine of it can work.
    """

    def __init__(
        self, address: str, limits: OcrLimits | None = None, *, command: Sequence[str] | None = None
    ) -> None:
        self._address = address
        _connect(address)
        how = (limits or OcrLimits(), None if command is None else tuple(command), _versions())
        self._how = how
        options = {"num_cpus": 1, "max_retries": 0, "scheduling_strategy": "SPREAD"}
        self._recognize = ray.remote(recognize_there).options(**options)
        self._read_layers = ray.remote(read_layers_there).options(**options)
        self._files: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._lost = 0
        processors = _processors()
        if processors < 1:
            self.close()
            raise self._unusable("no machine of it has a processor to give.")
        self._at_once = min(_MOST_AT_ONCE, processors + _SPARE)

    @property
    def at_once(self) -> int:
        """How many jobs are worth handing in at the same time."""
        return self._at_once

    @property
    def lost(self) -> int:
        """How many times a job was done again, or given up, because what did it was lost."""
        return self._lost

    def recognize(self, request: RecognizeRequest) -> OcrAnswer:
        """Return the text of a picture, or why there is none.

        Raises:
            ClusterUnusable: No machine is left, or one of them cannot do this work.
        """
        body = self._answer(self._recognize, ocr_request_codec[0].encode(request))
        if body is None:
            return NotRecognized(_given_up("Recognizing its text"))
        answer: OcrAnswer = ocr_answer_codec[1].decode(body)
        return answer

    def read_layers(self, sha256: str, data: FileBytes, first: int, last: int) -> LayersRead:
        """Return the text layers of pages ``first`` to ``last`` of a PDF, from 1, both included.

        Raises:
            ClusterUnusable: No machine is left, or one of them cannot do this work.
        """
        # in a list, so that a process fetches the bytes only if it does not hold the file
        body = self._answer(self._read_layers, sha256, [self._file(sha256, data)], first, last)
        if body is not None:
            return _layers_codec[1].decode(body)
        if first == last:
            return LayersRead([_given_up("Reading its text layer")], is_final=False)
        alone = (self.read_layers(sha256, data, number, number) for number in range(first, last + 1))
        return LayersRead([page for one in alone for page in one.pages], is_final=False)

    def close(self) -> None:
        """Leave the cluster, which ends the processes that it started for us."""
        self._files.clear()
        ray.shutdown()

    def _file(self, sha256: str, data: FileBytes) -> Any:
        with self._lock:
            if sha256 not in self._files:
                self._files[sha256] = ray.put(data())
            self._files.move_to_end(sha256)
            while len(self._files) > _FILES_HELD:
                self._files.popitem(last=False)
            return self._files[sha256]

    def _answer(self, task: Any, *arguments: object) -> bytes | None:
        """Return the answer to a job; None where what did it was lost each time."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(_PAUSES[attempt - 1])
            try:
                answer = self._awaited(task.remote(*arguments, *self._how))
            except RayTaskError as error:
                if "failed to import" not in str(error) and not isinstance(error.cause, ImportError):
                    raise
                found = "one of its machines has no OpenIMR where the Python of Ray looks for it."
                raise self._unusable(found) from error
            except RayError:
                with self._lock:
                    self._lost += 1
                if not _processors():
                    raise self._no_machine_left() from None
                continue
            if isinstance(answer, str):
                raise self._unusable(answer)
            return answer
        return None

    def _awaited(self, answer: Any) -> bytes | str:
        while not ray.wait([answer], timeout=_PATIENCE)[0]:
            if not _processors():
                raise self._no_machine_left()
        found: bytes | str = ray.get(answer)
        return found

    def _no_machine_left(self) -> ClusterUnusable:
        return self._unusable("every machine of it that can work is gone; finished pages are kept.")

    def _unusable(self, found: str) -> ClusterUnusable:
        return _unusable(self._address, found)


def recognize_there(
    request: bytes, limits: OcrLimits, command: tuple[str, ...] | None, versions: Mapping[str, str]
) -> bytes | str:
    """Return the answer to a request, encoded, or why this process cannot work; runs on the cluster."""
    reason = _unfit(versions)
    if reason is not None:
        return reason
    answer = _own(limits, command).recognize(ocr_request_codec[1].decode(request))
    return ocr_answer_codec[0].encode(answer)


def read_layers_there(
    sha256: str,
    data: Sequence[Any],
    first: int,
    last: int,
    limits: OcrLimits,
    command: tuple[str, ...] | None,
    versions: Mapping[str, str],
) -> bytes | str:
    """Return text layers, encoded, or why this process cannot work; runs on the cluster."""
    reason = _unfit(versions)
    if reason is not None:
        return reason
    read = _own(limits, command).read_layers(sha256, lambda: bytes(ray.get(data[0])), first, last)
    return _layers_codec[0].encode(read)


@cache
def _own(limits: OcrLimits, command: tuple[str, ...] | None) -> LocalWorkers:
    one = OcrLimits(processes=1, seconds=limits.seconds, megabytes=limits.megabytes)
    return LocalWorkers(one, command=command)


def _unfit(versions: Mapping[str, str]) -> str | None:
    """Return why this process may not work on pages: others could read them, or it would read otherwise."""
    folder = Path(global_worker.node.get_session_dir_path())
    if not is_private(folder):
        return (
            f"on the machine {ray.util.get_node_ip_address()} others may read what Ray writes into {folder} "
            "when its memory is full, and pages are medical records."
        )
    own = _versions()
    other = [f"{name} {own.get(name)}" for name in versions if own.get(name) != versions[name]]
    if other:
        here = [f"{name} {versions[name]}" for name in versions if own.get(name) != versions[name]]
        return (
            f"the machine {ray.util.get_node_ip_address()} has {', '.join(other)}; here it is "
            f"{', '.join(here)}, and the results would not be the same."
        )
    return None


def is_private(folder: Path) -> bool:
    """Return whether a folder, or one that it stands in, is closed to everybody but its owner."""
    return any(one.stat().st_mode & 0o077 == 0 for one in (folder, *folder.parents))


@cache
def _versions() -> dict[str, str]:
    """Return the versions that decide what is read from a page."""
    data = tessdata_folder()
    language = b"" if data is None else (data / "eng.traineddata").read_bytes()
    return {
        "openimr": __version__,
        "recognition": OCR_VERSION,
        "text layers": LAYER_VERSION,
        **{name: version(name) for name in ("numpy", "pypdfium2", "tesserocr")},
        "the language data of Tesseract": hashlib.sha256(language).hexdigest()[:12],
    }


def _connect(address: str) -> None:
    """Make this process a part of a cluster that is up.

    Raises:
        ClusterUnusable: There is none at the address, or this machine is no part of it.
    """
    if not _ADDRESS.fullmatch(address):
        raise _unusable(address, "it is no address of a cluster, which is HOST:PORT or auto.")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if not _answers(address):
        raise _unusable(address, f"no Ray cluster answered there within {_SECONDS_TO_ANSWER:g} seconds.")
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False)
    except (OSError, RuntimeError, ValueError) as error:
        first = str(error).strip().split("\n")[0].rstrip(".")
        raise _unusable(address, f"Ray says: {first}.") from error


def _answers(address: str) -> bool:
    """Return whether the head of a cluster answers, asked by Ray's own check in a process of its own."""
    check = [sys.executable, "-m", "ray.scripts.scripts", "health-check", "--address", address]
    try:
        done = subprocess.run(check, capture_output=True, timeout=_SECONDS_TO_ANSWER, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _processors() -> int:
    """Return how many processors the machines of the cluster give that are there now."""
    alive = (node for node in ray.nodes() if node["Alive"])
    return int(sum(node["Resources"].get("CPU", 0) for node in alive))


def _unusable(address: str, found: str) -> ClusterUnusable:
    return ClusterUnusable(
        asked=f"Read pages on the Ray cluster at {address}",
        found=found,
        remedy=(
            "Start Ray on every machine, this one too, as docs/cluster.md says, or leave --ray out to read "
            "on this machine alone."
        ),
    )


def _given_up(what: str) -> str:
    return f"{what} was begun {_ATTEMPTS} times, and each time the process or machine that did it was lost."
