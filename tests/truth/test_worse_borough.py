"""A made-up force in which one borough is truly worse and all others are equal: that one is flagged, and no other is.

The whole chain runs: made up, received, linked, assessed, counted, kept, and read as the page of boroughs reads it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from tests.made.demo import DUECARE, environ

from duecare.figure import quarter_before, quarter_of

pytestmark = pytest.mark.soak

MADE = """
import dataclasses, sys
from duecare.synthetic import places, write
real = places.boroughs
write.boroughs = lambda chance: tuple(
    dataclasses.replace(one, late=0.9 if one.name == "Millrace" else 0.1) for one in real(chance)
)
from duecare.cli import main
sys.argv = ["duecare", "demo", "--no-serve", "--json"]
main()
"""
READ = """
import json, sys
from duecare.use_cases.operations.open_store import open_store
open_store()
from duecare.access.viewer import Viewer
from duecare.config import read_config
from duecare.authorisation.request import Request
from duecare.use_cases.figures.compare_boroughs import read_boroughs
from duecare.vocabulary import clock
request = Request(Viewer("mayor", frozenset({"mayors_office"})), "test", clock.current_moment())
found = {}
for quarter in sys.argv[1:]:
    for figure in ("late-local-allocate-investigator", "late-local-see-the-child"):
        page = read_boroughs(request, read_config(), figure, quarter)
        found[f"{figure} {quarter}"] = [one.label for one in page.found.outside]
print(json.dumps(found))
"""


def last_quarters():
    """The two whole quarters before today: the demo ends when it is made."""
    last = quarter_before(quarter_of(datetime.now(UTC)))
    return quarter_before(last).name, last.name


def test_the_one_borough_that_is_truly_worse_is_flagged_and_no_equal_one(tmp_path):
    quarters = last_quarters()
    run = {"check": True, "capture_output": True, "env": environ(tmp_path / "home")}
    subprocess.run([sys.executable, "-c", MADE], **run)
    for quarter in quarters:
        subprocess.run([DUECARE, "figure", "snapshot", quarter, "--json"], **run)

    found = json.loads(subprocess.run([sys.executable, "-c", READ, *quarters], **run).stdout)

    assert set(map(tuple, found.values())) == {("Millrace",)}
    assert len(found) == 4
