"""A request with a key is done once: sent again, it gets the answer it got.

The key is taken in the transaction that does what is asked. A second request
with the same key waits for the first, and then finds its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from openimr.desk.api.problems import one, problem
from openimr.desk.clock import now
from openimr.desk.models import IdempotentAnswer, User

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
# what was not the sender's last word is not remembered: it may be sent again under the same key
_NOT_KEPT = frozenset({429, 500, 503})


class _NotKept(Exception):
    """Takes back the transaction of an answer that is not remembered."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def once(request: HttpRequest, user: User, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer to a request, done once under its key; without a key it is simply done."""
    key = request.headers.get(HEADER, "").strip()
    if not key:
        return do()
    if len(key) > LONGEST_KEY or not key.isprintable():
        asked = f"Use the {HEADER} that was sent"
        remedy = f"Send at most {LONGEST_KEY} printable characters, such as a UUID."
        return problem(400, "key_unusable", one(asked, "it is too long or cannot be printed.", remedy))
    try:
        with transaction.atomic():
            return _first(request, user, key, do) or _again(request, user, key)
    except _NotKept as taken_back:
        return taken_back.answer


def _first(request: HttpRequest, user: User, key: str, do: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Return the answer of a request that takes the key; None where another one took it."""
    row = IdempotentAnswer(
        user=user, key=key, request=_hash_of(request), status=0, body="", answered_at=now()
    )
    # waits here while another transaction holds the same key
    IdempotentAnswer.objects.bulk_create([row], ignore_conflicts=True)
    taken = IdempotentAnswer.objects.select_for_update().get(user=user, key=key)
    if taken.status:
        return None
    answer = do()
    if answer.status_code in _NOT_KEPT:
        raise _NotKept(answer)
    IdempotentAnswer.objects.filter(pk=taken.pk).update(
        status=answer.status_code, body=answer.content.decode(), media_type=answer.headers["Content-Type"]
    )
    return answer


def _again(request: HttpRequest, user: User, key: str) -> HttpResponse:
    before = IdempotentAnswer.objects.get(user=user, key=key)
    if before.request != _hash_of(request):
        asked = f"Do this request once under the {HEADER} {key}"
        found = "another request was sent under the same key."
        return problem(422, "key_taken", one(asked, found, "Send a new request under a new key."))
    answer = HttpResponse(before.body, status=before.status, content_type=before.media_type)
    answer.headers["Idempotent-Replayed"] = "true"
    return answer


def _hash_of(request: HttpRequest) -> str:
    """Return what a request is told by: its method, its address and its bytes."""
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(getattr(request, "content_sha256", "").encode() or request.body)
    return digest.hexdigest()
