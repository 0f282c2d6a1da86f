"""Meetings with their questions and actions, and each deed done there."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.recommendation.oversight_register import Deed
from duecare.use_cases.oversight import record_meeting, view_oversight
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal
from duecare.web.oversight import forms
from duecare.web.site.forms.deed_form import DeedForm
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def meetings_page(http_request: HttpRequest) -> HttpResponse:
    """All meetings, questions with their answers, and actions."""
    return _show_meetings(http_request, request_of(http_request, "page: meetings"))


@require_safe
def meeting_page(http_request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: its pack, minutes and actions."""
    return _show_meeting(http_request, request_of(http_request, "page: a meeting"), number)


@require_POST
def arrange_meeting(http_request: HttpRequest) -> HttpResponse:
    """Arrange a meeting."""
    return _record_entry(http_request, forms.MeetingForm(http_request.POST), Deed.MEETING)


@require_POST
def ask_question(http_request: HttpRequest) -> HttpResponse:
    """Ask the force a question."""
    return _record_entry(http_request, forms.QuestionForm(http_request.POST), Deed.QUESTION)


@require_POST
def answer_question(http_request: HttpRequest, question: int) -> HttpResponse:
    """Answer a question."""
    return _record_entry(
        http_request, forms.AnswerForm(http_request.POST, number=question), Deed.ANSWER, about=question
    )


@require_POST
def finish_action(http_request: HttpRequest, action: int) -> HttpResponse:
    """Record that an action was done."""
    return _record_entry(
        http_request, forms.ActionDoneForm(http_request.POST, number=action), Deed.ACTION_DONE, about=action
    )


@require_POST
def record_minute(http_request: HttpRequest, number: int) -> HttpResponse:
    """Record a minute of this meeting."""
    return _record_entry(http_request, forms.MinuteForm(http_request.POST), Deed.MINUTE, meeting=number)


@require_POST
def record_action(http_request: HttpRequest, number: int) -> HttpResponse:
    """Record an action that this meeting agreed."""
    return _record_entry(http_request, forms.ActionForm(http_request.POST), Deed.ACTION, meeting=number)


def _record_entry(
    http_request: HttpRequest, form: DeedForm, deed: Deed, *, meeting: int = 0, about: int = 0
) -> HttpResponse:
    """Record what a form says and go back to its page, or show the page again with the form's errors."""
    request = request_of(http_request, "page: a meeting" if meeting else "page: meetings")
    if form.is_valid():
        values = form.cleaned_data
        due_on: date | None = values.get("due_on")
        try:
            record_meeting.record_deed(
                request,
                deed,
                values["words"],
                meeting=meeting,
                of_entry=about,
                owner=values.get("owner", ""),
                due_on=due_on,
            )
            return redirect("meeting", meeting) if meeting else redirect("meetings")
        except Refusal as refusal:
            if refusal.code != "RCM-040":
                raise
            form.add_refusal(refusal)
    if meeting:
        return _show_meeting(http_request, request, meeting, form)
    return _show_meetings(http_request, request, form)


def _show_meetings(http_request: HttpRequest, request: Request, sent: DeedForm | None = None) -> HttpResponse:
    register = view_oversight.read_oversight(request)
    offered = [forms.MeetingForm(), forms.QuestionForm()]
    offered += [forms.AnswerForm(number=entry.asked.number, is_open=entry.is_open) for entry in register.questions]
    offered += [forms.ActionDoneForm(number=entry.agreed.number) for entry in register.actions]
    context = {"register": register, **_shared_context(request, offered, sent)}
    return show_page(
        http_request, "oversight/meetings.html", context, here="meetings", status=200 if sent is None else 400
    )


def _show_meeting(
    http_request: HttpRequest, request: Request, number: int, sent: DeedForm | None = None
) -> HttpResponse:
    meeting, before, _ = view_oversight.read_meeting(request, number)
    context = {
        "meeting": meeting,
        "before": before,
        **_shared_context(request, [forms.MinuteForm(), forms.ActionForm()], sent),
    }
    return show_page(
        http_request, "oversight/meeting.html", context, here="meetings", status=200 if sent is None else 400
    )


def _shared_context(request: Request, offered: list[DeedForm], sent: DeedForm | None) -> dict[str, object]:
    acts = request.viewer.acts
    by_prefix = {str(form.prefix): form for form in (*offered, *([sent] if sent is not None else []))}
    return {
        "forms": by_prefix,
        "sent": sent,
        "may_ask": Act.ASK_QUESTION in acts,
        "may_answer": Act.ANSWER_QUESTION in acts,
        "may_record": Act.RECORD_MEETING in acts,
        "today": london_day(request.now),
    }
