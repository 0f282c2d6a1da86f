"""The true clock is read by one function, called at the doors; everything behind them is given the moment asked."""

import ast
import re
from functools import cache

from tests.house import tree

CLOCK = "src/duecare/vocabulary/clock.py"
# Where somebody's request comes in. Everything else is given the moment.
DOORS = {"web", "cli", "jobs"}
READINGS = {
    "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.asctime", "time.strftime",
    "time.clock_gettime", "time.clock_gettime_ns",
    "django.utils.timezone.now", "django.utils.timezone.localdate", "django.utils.timezone.localtime",
    "django.db.models.functions.Now", "pandas.Timestamp.now", "uuid.uuid1",
}  # fmt: skip
# Words by which a database reads the clock itself, in SQL as text.
IN_SQL = re.compile(
    r"\b(current_(date|time|timestamp)|localtimestamp|get_current_time(stamp)?|julianday|unixepoch"
    r"|(statement|clock|transaction)_timestamp)\b|\bnow\(\)|\btoday\(\)|\('now'",
    re.IGNORECASE,
)
# An account's day of joining, as Django's own model of a user has it.
DJANGOS_OWN = "src/duecare/store/migrations/0001_tables.py"
# A migration asks for the moment itself: nobody hands it one.
MIGRATIONS = {"src/duecare/store/migrations/0022_shown_before_it_was_kept.py"}


parsed = cache(ast.parse)


@cache
def sources():
    """Every Python module of the package, migrations too, with its text."""
    return {tree.named(path): path.read_text(encoding="utf-8") for path in tree.kept("src") if path.suffix == ".py"}


def names_of(module):
    """Which dotted name does each imported name of this module stand for?"""
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole, first = alias.name, alias.name.split(".")[0]
                found |= {alias.asname: whole} if alias.asname else {first: first}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def dotted(node, names):
    """The whole dotted name of a name or attribute, with imported names written out; empty where it is neither."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        before = dotted(node.value, names)
        return before and f"{before}.{node.attr}"
    return ""


def texts(module):
    """Every string of this module that is no docstring and no sentence of its own."""
    said = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def readings(source):
    """Where does this module read the true clock by itself: called, handed on, or in SQL?"""
    module = parsed(source)
    names = names_of(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node, names) in READINGS:
            yield node.lineno, dotted(node, names)
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno, node.arg
    for line, text in texts(module):
        if IN_SQL.search(text):
            yield line, text.strip()[:60]


def taken_by_name(source):
    """Where is the one function taken out of its module by name, so that a moved clock does not reach it?"""
    module = parsed(source)
    names = names_of(module)
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "duecare.vocabulary.clock":
            yield node.lineno, f"from {node.module} import {', '.join(alias.name for alias in node.names)}"
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.keyword | ast.arguments):
            for given in given_by(node):
                if dotted(given, names) == "duecare.vocabulary.clock.current_moment":
                    yield given.lineno, "clock.current_moment kept, and not called"


def given_by(node):
    """The values that an assignment, a named argument or a default keeps."""
    if isinstance(node, ast.arguments):
        return [*node.defaults, *(value for value in node.kw_defaults if value)]
    return [node.value] if node.value else []


def uses(source):
    """Is the moment asked for in this module?"""
    return "duecare.vocabulary.clock" in names_of(parsed(source)).values()


def test_the_true_clock_is_read_by_one_function():
    found = [
        f"{name}:{line}: {what}"
        for name, source in sources().items()
        if name not in {CLOCK, DJANGOS_OWN}
        for line, what in readings(source)
    ]

    assert found == []
    assert [what for _, what in readings(sources()[CLOCK])] == ["datetime.datetime.now"]


def test_only_doors_ask_for_the_moment():
    found = {name for name, source in sources().items() if uses(source) and name.split("/")[2] not in DOORS}

    assert found == MIGRATIONS


def test_nobody_takes_the_function_by_name():
    # Whoever does keeps the clock as it stood at the first import, which a test may have moved.
    found = [f"{name}:{line}: {what}" for name, source in sources().items() for line, what in taken_by_name(source)]

    assert found == []


def test_counter_every_way_of_reading_the_clock_is_seen():
    seeded = {
        "from datetime import UTC, datetime\nat = datetime.now(UTC)": "datetime.datetime.now",
        "import datetime as d\nat = d.date.today()": "datetime.date.today",
        "from time import time as t\nat = t()": "time.time",
        "import time\nat = time.gmtime()": "time.gmtime",
        "from django.utils import timezone\nat = timezone.now()": "django.utils.timezone.now",
        "from dataclasses import field\nfrom datetime import datetime\nat = field(default_factory=datetime.now)":
            "datetime.datetime.now",
        "from django.db import models\nat = models.DateTimeField(auto_now_add=True)": "auto_now_add",
        "def f(cursor):\n    cursor.execute('SELECT now() - \"at\" FROM \"release\"')": "SELECT now() - \"at\" FROM \"release\"",
        "SQL = f'UPDATE x SET at = CURRENT_TIMESTAMP'": "UPDATE x SET at = CURRENT_TIMESTAMP",
    }  # fmt: skip

    assert {source: [what for _, what in readings(source)] for source in seeded} == {
        source: [what] for source, what in seeded.items()
    }
    for harmless in (
        "import time\nbegan = time.monotonic()\ntime.sleep(1)",
        "from datetime import UTC, datetime\nat = datetime.fromtimestamp(1, UTC)",
        "'''Which of them is open now() and today()?'''",
    ):
        assert list(readings(harmless)) == [], harmless


def test_counter_a_clock_that_cannot_be_moved_in_one_place_is_seen():
    for source in (
        "from duecare.vocabulary.clock import current_moment",
        "from duecare.vocabulary import clock\nnow = clock.current_moment",
        "from duecare.vocabulary import clock\nmade(now=clock.current_moment)",
        "from duecare.vocabulary import clock\ndef f(now=clock.current_moment): ...",
    ):
        assert len(list(taken_by_name(source))) == 1, source
    assert list(taken_by_name("from duecare.vocabulary import clock\nat = clock.current_moment()")) == []
    assert uses("from duecare.vocabulary import clock")
