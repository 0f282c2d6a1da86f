"""The page of the cases that were sent back, those not known to be safe first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.use_cases.referrals import list_referrals
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """Which cases were sent back because a child was still at risk, and how far has each come?"""
    asking = request_of(request, "page: cases sent back")
    came = list_referrals.read_came_back(asking, read_config())
    shown = {"found": came.cases, "to_answer": came.to_answer, "as_of": asking.now}
    return show_page(request, "referrals/referrals.html", shown, here="referrals")
