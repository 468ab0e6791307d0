"""Page work on a real Ray cluster of two nodes: the same results, also where one of them is killed midway."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from ray.cluster_utils import Cluster

from openimr.cli.main import main
from openimr.records.cluster import ClusterWorkers, is_private
from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.records.workers import OcrLimits
from openimr.terms.errors import ClusterUnusable
from openimr.terms.records import Page, ReadBy
from records import paper

FAKE = Path(__file__).resolve().parents[1] / "fakes" / "tesseract.py"
TEXTS = (paper.PROGRESS, paper.IMAGING, paper.DECISION, paper.LATER)
NODE = {"num_cpus": 1, "object_store_memory": 80 * 1024 * 1024, "include_dashboard": False}
# a dead node is known as dead after two seconds instead of fifteen; a slow one is waited for as ever
QUICK = {
    "health_check_initial_delay_ms": 0,
    "health_check_period_ms": 500,
    "health_check_failure_threshold": 3,
}
SECONDS = 60


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Return the folder of Ray, closed to others; a short name, because sockets stand in it."""
    folder = Path(tempfile.mkdtemp(prefix="or"))
    (folder / "ray").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_TMPDIR", str(folder))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster(place: Path) -> Iterator[Cluster]:
    """Return a cluster of one node, the head, which works too."""
    found = Cluster(initialize_head=True, head_node_args={**NODE, "_system_config": QUICK})
    yield found
    found.shutdown()


@pytest.fixture(scope="module")
def workers(cluster: Cluster) -> Iterator[ClusterWorkers]:
    """Return workers on the cluster, connected once; a broad picture kills what recognizes it."""
    fake = (sys.executable, str(FAKE), "kills its worker")
    found = ClusterWorkers(cluster.address, OcrLimits(seconds=20.0), command=fake)
    yield found
    found.close()


def read(folder: Path, workers: ClusterWorkers) -> tuple[Page, ...]:
    """Return the pages of a folder, read by workers that are needed afterwards."""
    return read_case_file(folder, ocr=OcrPool(workers=workers))[0].pages


def descendants(process: int) -> Iterator[int]:
    """Yield the processes that descend from one."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from descendants(child)


def recognizers(process: int) -> list[int]:
    """Return the processes of Tesseract among those that descend from one."""
    found = []
    for one in descendants(process):
        try:
            line = Path(f"/proc/{one}/cmdline").read_bytes()
        except OSError:
            continue
        if b"openimr.records.ocr" in line:
            found.append(one)
    return found


def command(records: Path, out: Path, *more: str) -> list[str]:
    own = [sys.executable, "-m", "openimr.cli.main", "records", "read", str(records)]
    return [*own, "--out", str(out), "--no-cache", *more]


def test_a_killed_node_changes_nothing_in_the_results(cluster: Cluster, place: Path, tmp_path: Path) -> None:
    records, alone, spread = (tmp_path / name for name in ("records", "alone", "spread"))
    records.mkdir()
    scans = [paper.scanned(paper.picture_of(text)) for text in TEXTS]
    (records / "a.pdf").write_bytes(paper.joined(*scans, paper.printed([*TEXTS, "A last page."])))
    (records / "b.txt").write_text("A note.\n", encoding="utf-8")
    subprocess.run(command(records, alone), check=True, capture_output=True)
    second = cluster.add_node(**NODE)
    raylet = next(one.process.pid for one in second.all_processes["raylet"])
    reading = subprocess.Popen(
        command(records, spread, "--ray", cluster.address),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + SECONDS
    while not recognizers(raylet) and time.monotonic() < until and reading.poll() is None:
        time.sleep(0.01)
    assert recognizers(raylet), "the second node was at work when it was killed"
    cluster.remove_node(second, allow_graceful=False)
    _, said = reading.communicate(timeout=SECONDS)
    assert reading.returncode == 0, said
    assert "of the cluster was lost at work" in said
    for name in ("manifest.json", "pages.ndjson", "exhibits.json"):
        assert (spread / name).read_bytes() == (alone / name).read_bytes(), name
    assert '"unread_pages":[]' in (spread / "manifest.json").read_text("utf-8").replace(" ", "")
    logs = b"".join(one.read_bytes() for one in place.rglob("logs/**/*") if one.is_file())
    assert b"recognize_there" in logs, "Ray wrote of the work there"
    assert not [word for word in (b"Achterberg", b"Gabapentin", b"a.pdf") if word in logs]


def test_a_page_that_kills_its_worker_each_time_is_unread(
    workers: ClusterWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openimr.records.cluster._PAUSES", (0.1, 0.1))
    scans = [paper.scanned(marked(side), dpi=150) for side in (900, 300)]
    (tmp_path / "a.pdf").write_bytes(paper.joined(*scans))
    pages = read(tmp_path, workers)
    assert workers.lost == 3
    assert [page.read_by for page in pages] == [ReadBy.UNREAD, ReadBy.OCR]
    assert "begun 3 times" in (pages[0].unread_because or "")


def test_pages_of_a_text_layer_that_lose_their_worker_are_begun_one_by_one(
    workers: ClusterWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.printed(TEXTS))
    answer = workers._answer

    def lost_on_page_two(task: object, *job: object) -> bytes | None:
        return None if int(str(job[-2])) <= 2 <= int(str(job[-1])) else answer(task, *job)

    monkeypatch.setattr(workers, "_answer", lost_on_page_two)
    pages = read(tmp_path, workers)
    layer = ReadBy.TEXT_LAYER
    assert [page.read_by for page in pages] == [layer, ReadBy.UNREAD, layer, layer]
    assert "begun 3 times" in (pages[1].unread_because or "")


def test_where_others_may_read_what_ray_writes_nothing_is_read(
    workers: ClusterWorkers, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.printed([paper.PROGRESS]))
    assert is_private(place / "ray")
    place.chmod(0o755)
    try:
        with pytest.raises(ClusterUnusable, match="others may read what Ray writes"):
            read(tmp_path, workers)
    finally:
        place.chmod(0o700)


def test_a_machine_that_would_read_otherwise_is_named_and_not_used(
    workers: ClusterWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.printed([paper.PROGRESS]))
    ours = {**workers._how[2], "pypdfium2": "0.0.1"}
    monkeypatch.setattr(workers, "_how", (*workers._how[:2], ours))
    with pytest.raises(ClusterUnusable, match=r"here it is pypdfium2 0\.0\.1,"):
        read(tmp_path, workers)


def test_without_the_package_the_command_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("A note.\n", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "openimr.records.cluster")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SystemExit) as done:
        main(["records", "read", str(tmp_path), "--out", str(tmp_path / "out"), "--ray", "auto"])
    assert done.value.code == 2
    assert "requirements-cluster.txt" in capsys.readouterr().err
    assert not (tmp_path / "out").exists(), "nothing is read on this machine instead"


@pytest.mark.parametrize(
    ("address", "found"),
    [("127.0.0.1:9", "no Ray cluster answered there"), ("ray://127.0.0.1:10001", "no address of a cluster")],
)
def test_a_cluster_that_is_not_there_is_said_and_nothing_is_read(
    address: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openimr.records.cluster._SECONDS_TO_ANSWER", 3.0)
    with pytest.raises(ClusterUnusable) as raised:
        ClusterWorkers(address)
    assert found in raised.value.found
    assert address in raised.value.asked and "leave --ray out" in raised.value.remedy


def marked(width: int) -> Image.Image:
    image = Image.new("L", (width, width), 255)
    image.paste(0, (width // 4, width // 4, width // 2, width // 2))
    return image
