"""Guideline packs of the organization: folders in its data folder, and those that the environment names.

A guideline that may not stand in the package is kept in ``guidelines`` of the
data folder, one folder a pack; see ``examples/guideline-pack``.
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from openimr.desk.environment import Environment

FOLDER = "guidelines"
# the invented pack that the cases of the demo are asked by
DEMO = "demo-invented"


def packs_of(environment: Environment) -> tuple[Path, ...]:
    """Return the folders of guideline packs: those of the data folder, by name, then those that are named."""
    kept = environment.data / FOLDER
    own = sorted(path.parent for path in kept.glob("*/documents.toml")) if kept.is_dir() else []
    return (*own, *environment.guidelines)


def keep_demo_pack(environment: Environment) -> Path:
    """Return the folder into which the invented guideline of the demo was laid."""
    target = environment.data / FOLDER / DEMO
    shutil.copytree(Path(str(files("openimr.desk"))) / "demo_guidelines", target, dirs_exist_ok=True)
    return target
