"""`make mutants` puts small faults in, one at a time: each is one, and what no test finds is listed."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
from types import ModuleType

import pytest
from tests.house import tree

TOOLS = tree.ROOT / "tools"


@pytest.fixture(scope="module")
def operators() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutant_operators", TOOLS / "mutant_operators.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutant_operators"] = module
    spec.loader.exec_module(module)
    return module


def remarks(operators: ModuleType, source: str) -> set[str]:
    return {mutant.name.split(": ", 2)[2] for mutant in operators.find_mutants(source, "m.py")}


def test_a_border_a_condition_and_a_return_are_each_changed_in_their_own_way(operators: ModuleType) -> None:
    source = "def f(a, b):\n    if a < 3 and not b:\n        return a\n"

    assert remarks(operators, source) == {
        "if a < 3 and (not b) -> if True",
        "if a < 3 and (not b) -> if False",
        "and -> or: a < 3 and (not b)",
        "a < 3 left out of: a < 3 and (not b)",
        "not b left out of: a < 3 and (not b)",
        "a < 3 -> a <= 3",
        "a < 3 -> a >= 3",
        "3 -> 4 in: a < 3 and (not b)",
        "3 -> 2 in: a < 3 and (not b)",
        "not b -> b",
        "return a -> return None",
    }


def test_a_table_of_a_module_loses_each_entry_and_one_in_a_function_none(operators: ModuleType) -> None:
    assert remarks(operators, "T = frozenset({'a', 'b'})\n") == {"'a' left out", "'b' left out"}
    assert remarks(operators, "def f():\n    return {'a', 'b'}\n") == {"return {'a', 'b'} -> return None"}


@pytest.mark.parametrize(
    "source",
    [
        "'''Words, 1 < 2.'''\n",
        "from __future__ import annotations\nimport os\n",
        "def f(a: tuple[int, 1]) -> 'x':\n    assert a\n",
        "X = 'words'\n",
        "__all__ = ['a', 'b']\n",
        "if TYPE_CHECKING:\n    A = 1\n",
    ],
)
def test_what_no_test_could_find_is_left_alone(operators: ModuleType, source: str) -> None:
    assert remarks(operators, source) == set()


def test_each_fault_is_one_and_the_rest_of_the_module_is_as_it_was(operators: ModuleType) -> None:
    source = (tree.ROOT / "src/duecare/duty/pauses.py").read_text("utf-8")
    plain = ast.unparse(ast.parse(source)).splitlines()

    mutants = operators.find_mutants(source, "duty/pauses.py")

    assert len({mutant.name for mutant in mutants}) == len(mutants) > 20
    for mutant in mutants:
        changed = ast.unparse(mutant.tree()).splitlines()
        assert changed != plain
        assert abs(len(changed) - len(plain)) <= 1
        assert len(set(changed) - set(plain)) <= 1
        compile(mutant.tree(), "m.py", "exec")


def test_the_function_of_a_fault_is_the_outermost_that_contains_it(operators: ModuleType) -> None:
    source = "X = 1\nclass A:\n    Y = 2\n    def m(self):\n        def inner():\n            return 3\n        return inner\n"

    assert {mutant.function for mutant in operators.find_mutants(source, "m.py")} == {None, "A.m"}


def run(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOLS / "try_mutants.py"), *names],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_a_small_module_is_tried_whole_in_its_functions_and_as_it_is_imported() -> None:
    """The guard of spreadsheets: every fault in it is found."""
    done = run("vocabulary/guard")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "vocabulary/guard.py" in done.stdout
    assert " 0 survived" in done.stdout


def test_a_name_that_no_file_has_is_refused() -> None:
    assert run("nowhere").returncode == 2


def test_a_reason_is_given_for_a_fault_of_a_file_that_is_there_and_tests_that_are_there() -> None:
    kept = tomllib.loads((tree.ROOT / "tests/mutants.toml").read_text("utf-8"))

    for places in kept["tests"].values():
        assert all((tree.ROOT / place).exists() for place in places)
    for entry in kept.get("survivor", ()):
        file_name, _, rest = entry["mutant"].partition(": ")
        assert (tree.ROOT / "src/duecare" / file_name).is_file()
        assert rest
        assert entry["reason"].endswith(".")
