"""The API as a whole: its operations, its errors, and the description that others generate clients from."""

from __future__ import annotations

from typing import Any

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

from openimr import __version__
from openimr.desk.api import applications, cases, determinations, records
from openimr.desk.api.bodies import case_components
from openimr.desk.api.problems import MEDIA_TYPE, missing, of_error, one, problem, unstorable
from openimr.terms.errors import CaseError, OpenIMRError

ABOUT = """File applications, send records, and ask for status and determinations.

Every operation but the public status needs a token (`Authorization: Bearer ...`), made under
"Tokens" in the desk; it opens what its owner may do, within its scopes. A POST with an
`Idempotency-Key` is done once. Problems say what was asked, what was found and what to do."""

FIRST_PROBLEM = 400


class Api(NinjaAPI):
    """The API, whose description holds the schemas of the terms beside its own."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Return the description of the API, with the schemas of an application."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schema["components"]["schemas"] |= case_components()
        for operations in schema["paths"].values():
            for operation in operations.values():
                _say_problems(operation["responses"])
        return schema


def _say_problems(responses: dict[int, Any]) -> None:
    """Say of what style the answers are that tell why something was not done."""
    for status, said in responses.items():
        if int(status) >= FIRST_PROBLEM and "content" in said:
            said["content"] = {MEDIA_TYPE: said["content"]["application/json"]}


api = Api(
    title="OpenIMR desk",
    version=__version__,
    description=ABOUT,
    urls_namespace="api-1",
    docs_url=None,  # its page would load scripts from elsewhere
    throttle=[AnonRateThrottle("120/m"), AuthRateThrottle("600/m")],
)
api.add_router("", applications.router)
api.add_router("", cases.router)
api.add_router("", records.router)
api.add_router("", determinations.router)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(
        401,
        "no_token",
        one(
            f"Open {request.path}",
            "there is no token, or one that is unknown, ended or revoked.",
            "Send Authorization: Bearer and a token; make one under Tokens in the desk.",
        ),
    )
    answer.headers["WWW-Authenticate"] = 'Bearer realm="openimr"'
    return answer


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        asked, found = f"Open {request.path}", f"the token lacks the scope {error.message}."
        return problem(
            403, "no_scope", one(asked, found, "Make a token with that scope, if your role has it.")
        )
    remedy = "See the description of the API."
    return problem(
        400, "unreadable", one(f"Read what was sent to {request.path}", f"{error.message}.", remedy)
    )


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [
        reason
        for fault in error.errors
        for reason in one(
            f"Read {'.'.join(map(str, fault['loc']))}", f"{fault['msg']}.", "See the description of the API."
        )
    ]
    return problem(422, "unfit", reasons)


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = int(error.wait or 60)
    found = f"too many requests came; wait {wait} seconds."
    answer = problem(429, "too_many", one(f"Open {request.path}", found, "Send fewer requests a minute."))
    answer.headers["Retry-After"] = str(wait)
    return answer


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return missing(request)


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    found = "the database could not do it now, and nothing was done."
    answer = problem(503, "busy", one(f"Open {request.path}", found, "Send it again in some seconds."))
    answer.headers["Retry-After"] = "5"
    return answer


@api.exception_handler(DataError)
def _unstorable(request: HttpRequest, error: DataError) -> HttpResponse:
    return problem(400, "unstorable", unstorable(request.path))


@api.exception_handler(OpenIMRError)
def _told(request: HttpRequest, error: OpenIMRError) -> HttpResponse:
    return of_error(error, 409 if isinstance(error, CaseError) else 422)
