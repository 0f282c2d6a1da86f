"""The repository as the house tests read it: which files are kept, and what each room holds."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "duecare"


@cache
def kept(*folders: str) -> tuple[Path, ...]:
    """Every text file that git keeps or would keep, in the folders named or in all."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096])


def modules() -> tuple[Path, ...]:
    """Every Python module of the package, migrations apart: Django writes those."""
    return tuple(path for path in kept("src") if path.suffix == ".py" and "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(path: Path) -> str:
    """The file's name as a person would give it."""
    return str(path.relative_to(ROOT))


def rooms() -> tuple[str, ...]:
    """The rooms there are: folders and files directly in the package."""
    found = {path.relative_to(SRC).parts[0].removesuffix(".py") for path in modules()}
    return tuple(sorted(found - {"__init__"}))
