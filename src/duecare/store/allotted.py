"""Who was given which file of a round to grade."""

from __future__ import annotations

from duecare.record.pole import CaseKey
from duecare.store.models import Allotted


def graders_of(round_name: str, case: CaseKey) -> frozenset[str]:
    """To which accounts, of either side, was this file of this round allotted? Nobody, where it was taken out."""
    return frozenset(
        Allotted.objects.filter(
            file__round__name=round_name,
            file__case_source=case.source,
            file__case_ref=case.case_ref,
            file__out_reason="",
        ).values_list("account", flat=True)
    )
