"""Put small faults into a module one at a time, run the tests that belong to it, and list the faults that no test finds.

Files are never changed: a fault is put into the running functions of a forked process, or, where it is in what a module does
as it is imported, into the module as it is loaded there. Names given are rooms or files, such as `duty/pauses`;
tests/mutants.toml says which tests belong to which, and why a survivor cannot be found by any test.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import resource
import signal
import sys
import time
import tomllib
import types
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from mutant_operators import Mutant, Unchanged, find_mutants

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src/duecare"
KEPT = ROOT / "tests/mutants.toml"
DEFAULT = ("access", "visibility", "ledger", "duty", "disclosure", "person/guard")

KILLED, SURVIVED = 3, 0x2A


def main(names: Sequence[str]) -> int:
    """Try the mutants of the files that these names begin; 1 where one survived without a reason, or a reason is out of date."""
    kept = tomllib.loads(KEPT.read_text())
    reasons = {entry["mutant"]: entry["reason"] for entry in kept.get("survivor", ())}
    unexplained = killed_in_all = survived_in_all = 0
    found: set[str] = set()
    tried_files = list(_files_of(names or DEFAULT))
    if not tried_files:
        print("No file is named so: give a room or a file, such as duty/pauses.", file=sys.stderr)
        return 2
    for source_file in tried_files:
        module_name = source_file.relative_to(CODE).as_posix()
        tests = _tests_of(module_name, kept["tests"])
        mutants = find_mutants(source_file.read_text(), module_name)
        if not tests:
            print(f"LEFT OUT: {module_name}: {KEPT.name} names no tests for it.", flush=True)
            continue
        if not mutants:
            continue
        started = time.monotonic()
        survivors = _try_file(source_file, mutants, tests)
        killed_in_all += len(mutants) - len(survivors)
        survived_in_all += len(survivors)
        print(
            f"{module_name}: {len(mutants) - len(survivors)} of {len(mutants)} found, {time.monotonic() - started:.0f} s",
            flush=True,
        )
        for mutant, remark in survivors:
            found.add(mutant.name)
            reason = reasons.get(mutant.name)
            unexplained += reason is None
            print(
                f"  line {mutant.line}: {mutant.name.partition(': ')[2]}{remark}\n    {reason or 'NO REASON'}",
                flush=True,
            )
        known = {name for name in reasons if name.startswith(f"{module_name}: ")}
        for name in sorted(known - found):
            unexplained += 1
            print(f"  {KEPT.name} gives a reason for what does not survive: {name}", flush=True)
    print(
        f"{killed_in_all} found, {survived_in_all} survived, of them {unexplained} without a reason or with an old one"
    )
    return 1 if unexplained else 0


def _files_of(names: Sequence[str]) -> Iterator[Path]:
    for source_file in sorted(CODE.rglob("*.py")):
        place = source_file.relative_to(CODE).with_suffix("").as_posix()
        if any(place.startswith(name) for name in names):
            yield source_file


def _tests_of(module_name: str, tests: dict[str, list[str]]) -> list[str]:
    """The tests of the longest name that begins this module's."""
    fitting = [name for name in tests if module_name.startswith(name)]
    return tests[max(fitting, key=len)] if fitting else []


def _try_file(source_file: Path, mutants: list[Mutant], tests: list[str]) -> list[tuple[Mutant, str]]:
    """The mutants that survive, with a remark."""
    first = _answer_of(lambda: _swap_in_process(source_file, mutants, tests))
    if "failed" in first:
        raise SystemExit(f"The tests fail without any fault: {first['failed']}")
    survived = {int(place): remark for place, remark in first["survived"].items()}
    for library in first["libraries"]:
        with contextlib.suppress(BaseException):
            importlib.import_module(library)
    unchanged = Unchanged(source_file.read_text())
    if (
        first["at_import"]
        and _run_child(lambda: _run_loaded(source_file, unchanged, tests), first["seconds"]) == KILLED
    ):
        raise SystemExit(f"{source_file.name}: the tests fail where the module is loaded without any fault.")
    for place in first["at_import"]:
        if (
            _run_child(lambda place=place: _run_loaded(source_file, mutants[place], tests), first["seconds"])
            == SURVIVED
        ):
            survived[place] = ""
    return [(mutants[place], survived[place]) for place in sorted(survived)]


# --- in the running functions of a process ------------------------------------------------------------


class _Swapper:
    """Runs the collected tests once as they are, noting which calls which function, then once for each mutant in a fork."""

    def __init__(self, source_file: Path, mutants: list[Mutant], answer: dict[str, Any]) -> None:
        self.source = str(source_file)
        self.mutants = mutants
        self.answer = answer
        self.called: set[str] = set()

    def watch(self, frame: types.FrameType, event: str, _: object) -> None:
        """Note a call of a function of this file."""
        if event == "call" and frame.f_code.co_filename == self.source:
            self.called.add(frame.f_code.co_qualname.partition(".<locals>")[0])

    def pytest_configure(self) -> None:
        """Examples are the same each time, and none is kept."""
        _quiet_examples()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once as they are, then once for each mutant."""
        sys.setprofile(None)
        at_import = set(self.called)
        self.answer["libraries"] = sorted(
            name for name, module in list(sys.modules.items()) if not _is_ours(module) and not name.startswith("__")
        )
        started = time.monotonic()
        callers = _answer_of(lambda: self.callers_of(session))
        self.answer["seconds"] = time.monotonic() - started
        if "failed" in callers:
            self.answer["failed"] = callers["failed"]
            return True
        functions = self.functions()
        for place, mutant in enumerate(self.mutants):
            function = functions.get(mutant.function or "")
            if function is None or mutant.function in at_import or mutant.function is None:
                self.answer["at_import"].append(place)
                continue
            wanted = callers.get(mutant.function, [])
            if not wanted:
                self.answer["survived"][place] = " (no test calls this)"
                continue
            code = _code_of(compile(mutant.tree(), self.source, "exec"), function.__code__)
            if code is None or code.co_freevars != function.__code__.co_freevars:
                self.answer["at_import"].append(place)
                continue

            def run(
                function: types.FunctionType = function, code: types.CodeType = code, wanted: list[int] = wanted
            ) -> int:
                function.__code__ = code
                return _run_items(session, wanted)

            if _run_child(run, self.answer["seconds"]) == SURVIVED:
                self.answer["survived"][place] = ""
        return True

    def functions(self) -> dict[str, types.FunctionType]:
        """The running functions of this file, by their full names."""
        return {
            thing.__code__.co_qualname: thing
            for thing in gc.get_objects()
            if type(thing) is types.FunctionType and thing.__code__.co_filename == self.source
        }

    def callers_of(self, session: pytest.Session) -> dict[str, Any]:
        """For each function the numbers of the tests that call it; or the test that fails without any fault."""
        callers: dict[str, Any] = defaultdict(list)
        for place, item in enumerate(session.items):
            self.called.clear()
            sys.setprofile(self.watch)
            try:
                outcome = _run_items(session, [place], last=place == len(session.items) - 1, following=place + 1)
            finally:
                sys.setprofile(None)
            if outcome == KILLED:
                return {"failed": item.nodeid}
            for name in self.called:
                callers[name].append(place)
        return dict(callers)


def _swap_in_process(source_file: Path, mutants: list[Mutant], tests: list[str]) -> dict[str, Any]:
    answer: dict[str, Any] = {"survived": {}, "at_import": [], "libraries": [], "seconds": 0.0}
    swapper = _Swapper(source_file, mutants, answer)
    _hush()
    sys.setprofile(swapper.watch)
    code = pytest.main([*_OPTIONS, *tests], plugins=[swapper])
    sys.setprofile(None)
    if code not in {0, 5} or not answer["libraries"]:
        answer.setdefault("failed", f"pytest ended with {code}")
    return answer


def _run_items(session: pytest.Session, places: Sequence[int], *, last: bool = True, following: int = 0) -> int:
    """Run these tests, up to the first that fails."""
    before = session.testsfailed
    items = [session.items[place] for place in places]
    for place, item in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else (None if last else session.items[following])
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed > before:
            return KILLED
    return SURVIVED


def _code_of(code: types.CodeType, wanted: types.CodeType) -> types.CodeType | None:
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            if (inner.co_qualname, inner.co_firstlineno) == (wanted.co_qualname, wanted.co_firstlineno):
                return inner
            deeper = _code_of(inner, wanted)
            if deeper is not None:
                return deeper
    return None


# --- in what a module does as it is imported --------------------------------------------------------


class _Loader(importlib.machinery.SourceFileLoader):
    tree: Any = None

    def get_code(self, _fullname: str) -> types.CodeType:
        """The code of the mutant."""
        return compile(self.tree, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, source_file: Path, mutant: Mutant | Unchanged) -> None:
        self.source = source_file
        self.mutant = mutant
        parts = ("duecare", *source_file.relative_to(CODE).with_suffix("").parts)
        self.is_package = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_package else parts)

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The mutant, where its module is imported."""
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.source))
        loader.tree = self.mutant.tree()
        spec = importlib.machinery.ModuleSpec(fullname, loader, origin=str(self.source), is_package=self.is_package)
        spec.has_location = True
        if self.is_package:
            spec.submodule_search_locations = [str(self.source.parent)]
        return spec


class _Quiet:
    def pytest_configure(self) -> None:
        """Examples are the same each time, and none is kept."""
        _quiet_examples()


def _run_loaded(source_file: Path, mutant: Mutant | Unchanged, tests: list[str]) -> int:
    sys.meta_path.insert(0, _Finder(source_file, mutant))
    return SURVIVED if pytest.main([*_OPTIONS, "-x", *tests], plugins=[_Quiet()]) == 0 else KILLED


# --- processes --------------------------------------------------------------------------------------

_OPTIONS = (
    "-q",
    "-n",
    "0",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "--capture=no",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
    "--hypothesis-seed=0",
    f"--rootdir={ROOT}",
)


def _quiet_examples() -> None:
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        max_examples=60,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")


def _is_ours(module: object) -> bool:
    module_file = getattr(module, "__file__", None)
    if module_file is None:
        return getattr(module, "__name__", "").partition(".")[0] in {"duecare", "tests"}
    return Path(module_file).is_relative_to(ROOT) and "site-packages" not in module_file


def _hush() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _answer_of(work: Any) -> dict[str, Any]:
    """What this work gives, done in a fork."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            try:
                json.dump(work(), out)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the parent is given it
                json.dump({"failed": repr(error)}, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"failed": "the process ended without an answer"}


def _run_child(work: Any, clean_seconds: float) -> int:
    """Whether the tests found the fault, or took ten times as long for it, in a fork."""
    child = os.fork()
    if child == 0:
        outcome = KILLED
        with contextlib.suppress(BaseException):
            _hush()
            limit = int(30 + 10 * clean_seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            signal.alarm(4 * limit)
            outcome = work()
        os._exit(outcome)
    _, status = os.waitpid(child, 0)
    return SURVIVED if os.waitstatus_to_exitcode(status) == SURVIVED else KILLED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
