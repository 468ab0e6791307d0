"""Every address of the desk. Its rule stands at its view (``access.page``)."""

from __future__ import annotations

from django.urls import include, path

from openimr.desk.accounts import ADDRESSES as ACCOUNTS
from openimr.desk.api.service import api
from openimr.desk.application_urls import ADDRESSES as APPLICATIONS
from openimr.desk.audit_addresses import AUDIT
from openimr.desk.pages import case, errors, status, tokens, work
from openimr.desk.paper_addresses import PAPERS
from openimr.desk.record_addresses import RECORDS
from openimr.desk.review_addresses import REVIEWS

urlpatterns = [
    path("", work.work_list, name="work"),
    path("accounts/", include(ACCOUNTS)),
    path("", include(APPLICATIONS)),
    path("cases/<str:number>/", case.show, name="case"),
    path("take-over/", case.take_over, name="take-over"),
    path("cases/<str:number>/take/", case.take, name="case-take"),
    *RECORDS,
    *PAPERS,
    *AUDIT,
    *REVIEWS,
    path("status/", status.ask, name="status"),
    path("status/<str:number>/", status.show, name="status-of"),
    path("tokens/", tokens.show, name="tokens"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="token-revoke"),
    path("api/v1/", api.urls),
    path("healthy/", status.healthy, name="healthy"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
