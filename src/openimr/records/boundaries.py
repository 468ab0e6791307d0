"""Where documents begin in a bundle: the signs between pages, weighed by what was learned."""

from __future__ import annotations

from openimr.records.joints import Memory, joint
from openimr.records.linear import LinearModel, linear_model
from openimr.records.signs import PageSigns
from openimr.terms.records import Page

# From this probability on a page begins a document.
BEGINS_FROM = 0.5


class Boundaries:
    """What has been decided of a bundle so far, from the top, and what it says of the next page.

    Pages without text belong to the document before them and say nothing of the next page.
    """

    def __init__(self, model: LinearModel | None = None) -> None:
        self._model = model or linear_model("boundary_signs")
        self._memory = Memory()
        self._document: list[PageSigns] = []
        self._last: Page | None = None

    def signs(self, page: PageSigns, after: PageSigns | None) -> dict[str, float] | None:
        """Return the signs between a page and the document before it; None where none are needed."""
        here = page.look.page
        if self._last is None or self._last.document != here.document or not page.look.lines:
            return None
        if not self._document:
            return None
        if after is not None and after.look.page.document != here.document:
            after = None
        gap = here.bundle_page > self._last.bundle_page + 1
        return joint(self._document, page, after, self._memory, gap=gap)

    def begins(self, page: PageSigns, after: PageSigns | None) -> float:
        """Return how probable it is that a page begins a document; a new file always does."""
        here = page.look.page
        if self._last is None or self._last.document != here.document:
            return 1.0
        found = self.signs(page, after)
        return self._model.probability(found, "begins") if found is not None else 0.0

    def keep(self, page: PageSigns, *, begins: bool) -> None:
        """Tell whether a page begins a document."""
        if begins:
            self._document = []
        if page.look.lines:
            self._document.append(page)
            self._memory.keep(page, begins=begins)
        self._last = page.look.page
