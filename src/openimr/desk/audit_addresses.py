"""The addresses of the audit, of reports, figures, rules and users."""

from __future__ import annotations

from django.urls import path

from openimr.desk.pages import accreditation, auditing, dashboard, lawbook, users

AUDIT = [
    path("audit/", auditing.log, name="audit-log"),
    path("audit/reports/", accreditation.show, name="accreditation"),
    path("audit/reports/<int:report>/", accreditation.report, name="accreditation-report"),
    path("audit/reports/<int:report>/report.pdf", accreditation.report_pdf, name="accreditation-pdf"),
    path("audit/reports/<int:report>/clocks.csv", accreditation.report_csv, name="accreditation-csv"),
    path("audit/reports/<int:report>/report.json", accreditation.report_json, name="accreditation-json"),
    path("cases/<str:number>/log/", auditing.case_log, name="case-log"),
    path("cases/<str:number>/explain/", auditing.explain, name="case-explain"),
    path("figures/", dashboard.show, name="dashboard"),
    path("rules/", lawbook.rules, name="rules"),
    path("rules/<str:rule>/", lawbook.rule, name="rule"),
    path("users/", users.show, name="users"),
    path("users/new/", users.new, name="user-new"),
    path("users/<int:account>/", users.edit, name="user"),
    path(
        "users/<int:account>/reset-second-factor/",
        users.reset_second_factor,
        name="user-reset-second-factor",
    ),
    path("users/<int:account>/reset-password/", users.reset_password, name="user-reset-password"),
]
