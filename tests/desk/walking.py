"""How a test walks through the desk: people with a browser each, and pictures of what they saw."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response

from openimr.desk.models import User

WIDTH, HEIGHT = 1280, 900


def client_of(user: User) -> Client:
    """Return a client that somebody is signed in with, by both factors."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    return client


class Walk:
    """A walk of several people: each has a browser of their own, and every page that opens is looked at."""

    def __init__(self, browser: Browser, site: str, folder: Path) -> None:
        self.site = site
        self.errors: list[str] = []
        self._browser = browser
        self._contexts: dict[int | None, BrowserContext] = {}
        self._pages: dict[int | None, Page] = {}
        self._taken = 0
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def page_of(self, user: User | None) -> Page:
        """Return the page of somebody, signed in; None is somebody from the street."""
        key = user.pk if user else None
        if key not in self._pages:
            context = self._browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
            if user is not None:
                name = settings.SESSION_COOKIE_NAME
                cookie = client_of(user).cookies[name].value
                context.add_cookies([{"name": name, "value": cookie, "url": self.site}])
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("response", self._look_at)
            page.on("pageerror", lambda error: self.errors.append(str(error)))
            self._contexts[key], self._pages[key] = context, page
        return self._pages[key]

    def _look_at(self, response: Response) -> None:
        if response.status >= 500:
            self.errors.append(f"{response.status} {response.url}")

    def go(self, user: User | None, path: str) -> Page:
        """Return the page of somebody after opening an address of the desk."""
        page = self.page_of(user)
        page.goto(f"{self.site}{path}")
        return page

    def shoot(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page under the number of the step."""
        self._taken += 1
        beside = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beside) == 0, f"{name} is wider than its window"
        page.screenshot(path=self.folder / f"{self._taken:02}-{name}.png", full_page=True)

    def close(self) -> None:
        """Close every browser of the walk."""
        for context in self._contexts.values():
            context.close()


def tick(page: Page, name: str, value: str | None = None) -> None:
    """Choose a radio button or a box by its label, as a hand does."""
    chosen = f'[value="{value}"]' if value is not None else ""
    found = page.locator(f'main input[name="{name}"]{chosen}')
    page.locator(f'label[for="{found.get_attribute("id")}"]').click()


def write(page: Page, **fields: str) -> None:
    """Fill in fields by their names; an underscore stands for a hyphen where there is no such field."""
    for name, value in fields.items():
        field = page.locator(f'main [name="{name}"]')
        if field.count() == 0:
            field = page.locator(f'main [name="{name.replace("_", "-")}"]')
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def press(page: Page, words: str) -> str:
    """Press a button of a form, and return what the next page says of it."""
    before = page.url
    page.locator("main").get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()
    said = " ".join(page.locator(".usa-alert").all_inner_texts())
    assert "usa-alert--error" not in page.content(), f"{before}, {words}: {said}"
    return said


def number_in(text: str) -> str:
    """Return the number of a case that a text names."""
    found = re.search(r"CM\d\d-\d{7}", text)
    assert found, text
    return found[0]
