"""Every page in a real browser: accessible with no rule disabled, nothing inline, 360 pixels wide."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from desk.conftest import own_case, sign_in, user_of
from desk.samples import path_of
from openimr.casework.roles import Role
from openimr.desk.access import Address, addresses
from openimr.desk.models import Case

PAGES = [a for a in addresses() if a.rule is not None and not a.rule.token and not a.rule.form]
# not pages: a word for a watchman, and a file
NOT_PAGES = {"healthy", "mfa_download_recovery_codes", "case-file", "case-page-picture", "application-sheet"}
# files of papers, money and reports
NOT_PAGES |= {"case-paper-pdf", "case-proof", "print-batch-pdf", "invoices-csv", "panel-changes-csv"}
NOT_PAGES |= {"accreditation-pdf", "accreditation-csv", "accreditation-json"}
# tables, records of draws, letters and signed determinations
NOT_PAGES |= {"panel-export", "draw-record", "case-determination-letter", "case-signed-determination"}
# who looks at a page, if the rule leaves a choice: whoever sees most of it
LOOKERS = (Role.CASE_MANAGER, Role.INTAKE, Role.APPLICANT)
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}


@pytest.fixture(scope="module")
def axe(root: Path) -> str:
    """Return the script that reads a page for what keeps people out."""
    return (settings.ENVIRONMENT.page_parts / "axe-core" / "axe.min.js").read_text("utf-8")


def looker(address: Address) -> Role | None:
    """Return a role that may open the page, or None for a page that everybody may."""
    assert address.rule is not None
    if address.rule.roles is None:
        return None
    return next((r for r in LOOKERS if r in address.rule.roles), sorted(address.rule.roles)[0])


def context_of(browser: Browser, site: str, role: Role | None, size: str) -> BrowserContext:
    """Return a browser that somebody of a role is signed in with."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    if role is not None:
        cookie = sign_in(role).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return context


def complaints(page: Page, axe: str) -> list[str]:
    """Return what axe finds on a page, all of its rules."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['help']}: {'; '.join(n['html'][:200] for n in v['nodes'][:3])}"
        for v in found["violations"]
    ]


@pytest.mark.parametrize("address", [a for a in PAGES if a.name not in NOT_PAGES], ids=lambda a: a.name)
def test_a_page_keeps_nobody_out(address: Address, site: str, browser: Browser, axe: str) -> None:
    """The page is opened once and read at both sizes."""
    role = looker(address)
    user = user_of(role or Role.CASE_MANAGER)
    case = own_case(user) or Case.objects.exclude(stage="draft").order_by("pk")[0]
    errors: list[str] = []
    with context_of(browser, site, role, "wide") as context:
        page = context.new_page()
        page.on("console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.goto(site + path_of(address, user, case))
        assert page.locator("h1").count() == 1
        assert page.title()
        assert page.locator("main").count() == 1
        assert page.locator("a.usa-skipnav").count() == 1
        assert page.locator("script:not([src]), style, [style]").count() == 0
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, f"{size}: {overflow} pixels stick out to the right"
            assert complaints(page, axe) == [], size
    assert errors == []


def test_the_skip_link_is_the_first_stop_of_the_keyboard(site: str, browser: Browser) -> None:
    with context_of(browser, site, None, "wide") as context:
        page = context.new_page()
        page.goto(f"{site}/status/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_the_work_list_is_filtered_without_loading_the_page_anew(site: str, browser: Browser) -> None:
    with context_of(browser, site, Role.CASE_MANAGER, "wide") as context:
        page = context.new_page()
        page.goto(f"{site}/")
        page.evaluate("window.sameDocument = true")
        page.get_by_label("Case number or patient").fill("CM99-")
        page.get_by_role("button", name="Show").click()
        page.get_by_text("No case is as you asked.").wait_for()
        assert page.evaluate("window.sameDocument") is True
        assert "text=CM99-" in page.url
