"""The same case file read by the processes of this machine, and by a Ray cluster on as many processors."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from unittest.mock import patch

from benchmarks.casefiles.truth import Truth
from ray.cluster_utils import Cluster

from openimr.records.cluster import ClusterWorkers
from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_paths
from openimr.records.workers import OcrLimits
from openimr.terms.records import Page

_STORE_BYTES = 200 * 1024 * 1024


@contextmanager
def _cluster(processors: int) -> Iterator[str]:
    """Give the address of a cluster of two nodes on this machine, in a folder closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="or"))
    (folder / "ray").mkdir()
    node = {"object_store_memory": _STORE_BYTES, "include_dashboard": False}
    with patch.dict("os.environ", {"RAY_TMPDIR": str(folder), "RAY_USAGE_STATS_ENABLED": "0"}):
        cluster = Cluster(initialize_head=True, head_node_args={**node, "num_cpus": processors - 1})
        try:
            cluster.add_node(num_cpus=1, **node)
            yield cluster.address
        finally:
            cluster.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


def _read(folder: Path, truth: Truth, address: str | None) -> tuple[float, tuple[Page, ...]]:
    """Return the seconds that a case file took, its workers started and ended, and its pages."""
    began = time.perf_counter()
    with OcrPool(workers=None if address is None else ClusterWorkers(address)) as ocr:
        case_file, _ = read_paths([folder / name for name in truth.files], ocr=ocr)
    return time.perf_counter() - began, case_file.pages


def beside_cluster(folder: Path, truth: Truth, *, rounds: int) -> dict[str, float]:
    """Return pages a minute with the local pool and with Ray, in turns, of which the median counts.

    That the pages are the same is made sure.
    """
    here, there = [], []
    with _cluster(OcrLimits().processes) as address:
        for _ in range(rounds):
            alone, pages = _read(folder, truth, None)
            spread, same = _read(folder, truth, address)
            if pages != same:
                raise SystemExit("The pages that the cluster read are not those that this machine read.")
            here.append(60 * len(pages) / alone)
            there.append(60 * len(pages) / spread)
    return {
        "local.pages_a_minute": median(here),
        "ray.pages_a_minute": median(there),
        "pages": len(pages),
    }
