"""The walls stand: the floors, and the few things that import-linter cannot see."""

import ast
import subprocess
import sys

from tests.house import tree

# Rooms in which tables of others (sign-in, sessions, background jobs) may be touched, each with its reason.
DJANGO_DB_EXCEPTIONS: dict[str, str] = {}


def imported(path):
    """Every dotted name that a module imports, with the names taken from it."""
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_import_contracts_hold():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    ran = subprocess.run([sys.executable, "-c", program], cwd=tree.ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout


def test_only_the_store_imports_django_db():
    found = [
        tree.named(path)
        for path in tree.modules()
        if path.relative_to(tree.SRC).parts[0] != "store"
        and tree.named(path) not in DJANGO_DB_EXCEPTIONS
        and any(name == "django.db" or name.startswith("django.db.") for name in imported(path))
    ]

    assert found == []


def test_synthetic_knows_neither_store_nor_use_cases_nor_extract():
    found = [
        tree.named(path)
        for path in tree.modules()
        if path.relative_to(tree.SRC).parts[0] == "synthetic"
        and any(
            name.split(".")[:2] in (["duecare", "store"], ["duecare", "use_cases"], ["duecare", "extract"])
            for name in imported(path)
        )
    ]

    assert found == []


def test_doors_go_through_use_cases():
    # Not synthetic: it only writes made-up files, so there is nothing to ask, to keep or to log.
    behind = {"store", "extract", "linkage", "notice"}
    found = [
        f"{tree.named(path)} imports {name}"
        for path in tree.modules()
        if path.relative_to(tree.SRC).parts[0].removesuffix(".py") in {"web", "cli", "jobs"}
        for name in imported(path)
        if name.startswith("duecare.") and name.split(".")[1] in behind
    ]

    assert found == []
