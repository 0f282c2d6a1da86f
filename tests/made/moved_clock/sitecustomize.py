"""Found first on the path of a process under test: its moment of asking stands so many seconds from the true one.

With DUECARE_TEST_BLIND, a seeded defect beside it: nothing that only time has changed is ever looked at.
"""

import importlib
import os
from datetime import timedelta

from duecare.vocabulary import clock

_true = clock.current_moment


def _moved():
    if os.environ.get("DUECARE_TEST_BLIND"):
        # Not before the first moment asked for: the store is not open while Python starts.
        refresh_due = importlib.import_module("duecare.assessment.refresh_due")
        refresh_due._changed_by_time = refresh_due.turning_moments.turned_by = lambda *_: (set(), set())
    return _true() + timedelta(seconds=int(os.environ["DUECARE_TEST_SHIFT"]))


clock.current_moment = _moved

if os.environ.get("DUECARE_TEST_BLIND"):
    import duecare.worklist.order

    duecare.worklist.order._next_change = lambda *_: None
