"""Many threads may read terms at once: the desk does, and a crash takes every request with it."""

from __future__ import annotations

import subprocess
import sys

# in a process of its own, where no term was read yet, and with threads that take turns all the time
READ = """
import sys, threading
from openimr.formats import from_json
from openimr.terms.letter_record import LetterRecord

sys.setswitchinterval(1e-6)
gate = threading.Barrier(8)
found = []

def read():
    gate.wait()
    found.append(from_json('{"case_number": "CM15-9900901", "disputes": []}', LetterRecord, name="a letter"))

threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(found) == 8 and all(one == found[0] for one in found)
"""


def test_threads_that_read_a_term_for_the_first_time_at_once_all_get_it() -> None:
    for _ in range(4):
        done = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr[-500:]
