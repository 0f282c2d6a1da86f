"""Every package that is imported is named in pyproject.toml, and every package named there is used."""

import subprocess
import sys

from tests.house import tree


def run_deptry(folder):
    return subprocess.run(
        [sys.executable, "-m", "deptry", "src", "--no-ansi"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_packages_named_and_packages_imported_agree():
    ran = run_deptry(tree.ROOT)

    assert ran.returncode == 0, ran.stderr


def test_the_check_sees_a_package_that_nothing_imports(tmp_path):
    (tmp_path / "src/duecare").mkdir(parents=True)
    (tmp_path / "src/duecare/__init__.py").write_text("import click\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "duecare"\ndependencies = ["click", "structlog"]\n')

    ran = run_deptry(tmp_path)

    assert ran.returncode == 1
    assert "'structlog' defined as a dependency but not used" in ran.stderr
    assert "click" not in ran.stderr
