"""Who is accountable for what: what is vacant first; a chief officer assigns a post, and whoever is accountable signs off."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.accountable import Over
from duecare.use_cases.oversight import assign_accountable, sign_off_accountable, view_accountability
from duecare.visibility.accountability_pages import Answerable
from duecare.vocabulary.refusals import Refusal
from duecare.web.oversight import forms
from duecare.web.site.formatting.labels import duty_label
from duecare.web.site.forms.deed_form import DeedForm
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM = frozenset({"DUT-030", "DUT-031"})
PURPOSE = "page: who is accountable"


@require_safe
def accountable_page(http_request: HttpRequest) -> HttpResponse:
    """List who is accountable for what, and what is vacant."""
    return _show_accountable(http_request, request_of(http_request, PURPOSE))


@require_POST
def sign_off(http_request: HttpRequest) -> HttpResponse:
    """Sign off something that the viewer is accountable for."""
    request = request_of(http_request, PURPOSE)
    form = forms.SignOffForm(http_request.POST)
    over, _, key = form["what"].data.partition(":") if form["what"].data else ("", "", "")
    if over not in set(Over):
        form.add_error("what", "Select what you are signing off")
    if form.is_valid():
        try:
            sign_off_accountable.sign_off(request, read_config(), Over(over), key, form.cleaned_data["words"])
            return redirect("accountable")
        except Refusal as refusal:
            _keep_on_form(form, refusal)
    return _show_accountable(http_request, request, form)


@require_POST
def assign_post(http_request: HttpRequest) -> HttpResponse:
    """Assign the post that is accountable."""
    request = request_of(http_request, PURPOSE)
    form = forms.AssignForm(http_request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        over, key = Over(values.pop("over")), values.pop("key")
        try:
            assign_accountable.name_accountable(request, over, key, **values)
            return redirect("accountable")
        except Refusal as refusal:
            _keep_on_form(form, refusal)
    return _show_accountable(http_request, request, form)


def _keep_on_form(form: DeedForm, refusal: Refusal) -> None:
    if refusal.code not in ON_THE_FORM:
        raise refusal
    form.add_refusal(refusal)


def _show_accountable(http_request: HttpRequest, request: Request, sent: DeedForm | None = None) -> HttpResponse:
    accountability = view_accountability.read_accountable(request, read_config())
    everything = accountability.every
    by_deed: dict[str, DeedForm] = {form.deed: form for form in (forms.SignOffForm(), forms.AssignForm())}
    if sent is not None:
        by_deed[sent.deed] = sent
    own_items = [item for item in everything if item.mine]
    by_deed["sign_off"].offer_choices([(_choice_value(item), _choice_name(item)) for item in own_items])  # type: ignore[attr-defined]
    context = {
        "accountability": accountability,
        "lines": {over: _most_pressing_first(everything, over) for over in Over},
        "late": sum(item.late or 0 for item in everything if item.who.over is Over.DUTY),
        "never_signed": sum(1 for item in everything if item.who.vacant is None and item.signed is None),
        "may_see_late": Act.READ_LATE_NOW in request.viewer.acts,
        "overs": tuple(Over),
        "may_name": Act.NAME_ACCOUNTABLE in request.viewer.acts,
        "may_sign": Act.SIGN_OFF in request.viewer.acts and bool(own_items),
        "forms": by_deed,
        "sent": sent,
    }
    return show_page(
        http_request, "oversight/accountable.html", context, here="accountable", status=200 if sent is None else 400
    )


def _choice_value(item: Answerable) -> str:
    return f"{item.who.over.value}:{item.who.key}"


def _choice_name(item: Answerable) -> str:
    return duty_label(item.who.key) if item.who.over is Over.DUTY else item.who.key


def _most_pressing_first(everything: Iterable[Answerable], over: Over) -> list[Answerable]:
    """What is vacant, then what has most that is late; the rest in the order given."""
    ours = (item for item in everything if item.who.over is over)
    return sorted(ours, key=lambda item: (item.who.vacant is None, -(item.late or 0)))
