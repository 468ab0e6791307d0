"""The applications of Django that the desk adds."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class DeskConfig(AppConfig):
    """The desk: its tables, templates and styles."""

    name = "openimr.desk"
    label = "desk"
    verbose_name = "Desk"


class PagePartsConfig(StaticFilesConfig):
    """The collection of styles and scripts, without what no page asks for."""

    ignore_patterns: ClassVar[list[str]] = [  # type: ignore[misc]  # the stubs call it a variable of instances
        *StaticFilesConfig.ignore_patterns,
        *("uswds.css", "uswds.js", "uswds-init.js", "htmx.js", "htmx.esm*", "htmax*", "*.d.ts"),
        *("editors", "ext", "scripts", "skills"),
        *("material-icons*", "uswds-icons", "favicons", "hero.webp", "circle-*"),
    ]
