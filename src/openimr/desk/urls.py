"""Every address of the desk. Its rule stands at its view (``access.page``)."""

from __future__ import annotations

from django.urls import include, path

from openimr.desk.accounts import ADDRESSES as ACCOUNTS
from openimr.desk.pages import case, errors, status, work

urlpatterns = [
    path("", work.work_list, name="work"),
    path("accounts/", include(ACCOUNTS)),
    path("cases/<str:number>/", case.show, name="case"),
    path("cases/<str:number>/take/", case.take, name="case-take"),
    path("status/", status.ask, name="status"),
    path("status/<str:number>/", status.show, name="status-of"),
    path("healthy/", status.healthy, name="healthy"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
