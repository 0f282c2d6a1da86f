"""Found first on the path of a process under test: its moment of asking stands so many seconds from the true one.

With DUECARE_TEST_BLIND, a seeded defect beside it: nothing that only time has changed is ever looked at.
"""

import os
from datetime import timedelta

from duecare.steps import asking

_true = asking.now
asking.now = lambda: _true() + timedelta(seconds=int(os.environ["DUECARE_TEST_SHIFT"]))

if os.environ.get("DUECARE_TEST_BLIND"):
    import duecare.worklist.order

    duecare.worklist.order._next = lambda *_: None
