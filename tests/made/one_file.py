"""One file of the few cases, in a round and with a grader, for tests of what is done with a single file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.made.few_cases import AREA, SOURCE

from duecare.store import accounts
from duecare.store.models import Allotted, Round, SampledFile

# who signs in: (roles, officer, areas)
ACCOUNTS = {
    "insp": (["inspector"], "", []),
    "other-insp": (["inspector"], "", []),
    "lead-insp": (["lead_inspector"], "", []),
    "di": (["detective_inspector"], "D1", [AREA]),
    "di-west": (["detective_inspector"], "D2", ["Westmoor"]),
}


def one_file(now: datetime, kind: str = "inspection", set_: str = "paired") -> Round:
    """The round `r1` of this kind, with the case OPEN drawn and allotted to `insp`; everyone of ACCOUNTS is enrolled."""
    for name, (roles, officer, areas) in ACCOUNTS.items():
        accounts.enrol_account(name, roles, display_name=name, officer=officer, areas=areas)
    of = Round.objects.create(name="r1", title="Round", kind=kind, opened_at=now, opened_by="lead-insp")
    file = SampledFile.objects.create(
        round=of, case_source=SOURCE, case_ref="OPEN", set=set_, rank=1, reached=1, held=1
    )
    Allotted.objects.create(file=file, side="inspectorate", account="insp", allotted_at=now)
    return of


def signed_in(name: str) -> Any:
    """A client of the site, signed in to this account."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    """What a page says, with its spaces drawn together."""
    return " ".join(answer.content.decode().split())
