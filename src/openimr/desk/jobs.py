"""Work in the background: what reads records, extracts facts, drafts and proposes by itself.

A job names its input by hash and does nothing where its result is there
already: a worker that is killed in the middle loses nothing, and two workers
do nothing twice.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

# A job that fails is tried again after 10, 100 and 1,000 seconds; then a person has to look.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=10)
QUEUES = ("records", "review")
# jobs that a worker took and never finished, because it was killed, are taken anew
STALLED = timedelta(minutes=2)


def run_worker(*, queues: tuple[str, ...], at_once: int, until_empty: bool) -> None:
    """Do what waits in the queues, several jobs at once, until there is nothing or somebody stops it."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker:
        asyncio.run(_run(worker, queues, at_once, until_empty))


async def _run(worker: App, queues: tuple[str, ...], at_once: int, until_empty: bool) -> None:
    async with worker.open_async():
        await worker.run_worker_async(queues=queues or QUEUES, concurrency=at_once, wait=not until_empty)
