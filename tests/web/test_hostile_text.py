"""Whatever a source system writes is shown as text: it cannot run, hide, reorder or leave its place."""

import html

import pytest
from tests.made import link_pages, pages

from duecare.record.pole import CaseKey, RecordKey
from duecare.use_cases.casework import view_case, view_custody_board, view_offender_visits, view_worklist
from duecare.use_cases.deliveries import list_deliveries
from duecare.use_cases.linkage import explain_link, judge_link
from duecare.use_cases.people import view_person
from duecare.visibility.page_types import DeliveryPage, SetAsideShown
from duecare.visibility.visible import LinkShown

pytestmark = pytest.mark.django_db

HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% include 'frame.html' %}",
    '=HYPERLINK("https://elsewhere.example","x")',
    "</bdi></p></main><h1>Forged</h1>",
    "Ada\u202egnp.exe",
    "Ada\u2066\u200b\ufeffB",
    "javascript:alert(1)",
    "A\x00B\x1b[31m",
)


def hostile_person(bad: str):
    return pages.person(
        label=bad,
        aliases=(bad,),
        names=(bad,),
        born=(bad,),
        age_words=bad,
        records=(
            pages.record(key=RecordKey("merlin", bad), given_names=bad, family_name=bad, address=bad, school=bad),
            pages.record(also_known_as=(bad, bad), online_names=(bad,), phones=(bad,), other_ids=(bad,)),
        ),
        warnings=((bad, None, bad),),
        timeline=(
            pages.row(
                text=bad, officer=bad, team=bad, area=bad, risk=bad, outcome=bad, detail={bad: [bad, {bad: bad}]}
            ),
        ),
        findings=tuple(
            pages.explained(pages.finding(reason=bad, state=state, case_ref="C"))
            for state in ("cannot_tell", "excused")
        ),
        links=(LinkShown(f"merlin:{bad}", bad, 1.0, 0.5, ((bad, bad),), bad, bad),),
    )


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def shown(request, signed_in, made_steps, monkeypatch):
    """The text of every page that holds what sources wrote, when all of it is hostile."""
    bad = request.param
    key = CaseKey("merlin", bad.replace("\x00", "").replace("\x1b", ""))
    worklist = pages.worklist(items=(pages.item(case=key, area=bad, team=bad, officer=bad, is_unallocated=False),))
    delivery = DeliveryPage(
        pages.delivery_shown(name=bad, reasons=(bad,), notes=(bad,)),
        (SetAsideShown("f", 1, bad, bad, bad),),
        ((bad, bad, 1),),
    )
    custody, visits = pages.custody(), pages.visits(("high", "due"))
    stand_ins = (
        (view_person, "read_person", hostile_person(bad)),
        (
            view_case,
            "read_case",
            pages.case(key=key, owner=bad, danger_words=bad, people=((pages.PERSON, bad, ("child",)),)),
        ),
        (view_worklist, "read_worklist", worklist),
        (list_deliveries, "read_delivery", delivery),
        (
            view_custody_board,
            "read_custody",
            _with_lines(custody, label=bad, area=bad, placed_in=bad, adult=bad, words=bad),
        ),
        (view_offender_visits, "read_visits", _with_lines(visits, label=bad, area=bad, manager=bad, words=bad)),
    )
    stand_ins += tuple(
        zip((explain_link, judge_link), ("explain_pair_link", "before_undo"), link_pages.hostile(bad), strict=True)
    )
    for module, name, value in stand_ins:
        monkeypatch.setattr(module, name, lambda *_, value=value, **__: value)
    client = signed_in("chief_officer", "data_officer", display_name=bad.replace("\x00", ""))
    paths = ("/people/x/", "/cases/a/b/", "/worklist/", "/deliveries/3/", "/custody/", "/visits/?risk=high&column=due")
    paths += ("/links/merlin:1/merlin:2/", "/links/undo/x/")
    answers = {path: client.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    return bad, {path: answer.content.decode() for path, answer in answers.items()}


def _with_lines(board, **changes):
    from dataclasses import replace

    return replace(board, lines=tuple(replace(line, **changes) for line in board.lines))


def test_nothing_hostile_becomes_markup(shown):
    _, found = shown
    for path, page in found.items():
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        assert "<h1>Forged" not in page, path
        assert page.count("<h1") == 1, path
        assert page.count("<main") == page.count("</main>") == 1, path
        assert 'href="javascript' not in page, path


def test_nothing_hostile_is_lost_and_no_hiding_mark_is_left(shown):
    from duecare.web.site.formatting.untrusted_text import visible_text

    bad, found = shown
    for path, page in found.items():
        assert visible_text(bad) in html.unescape(page), path
        assert not set(page) & set("\u202e\u2066\u200b\ufeff\x00\x1b"), path


def test_without_escaping_this_test_would_see_it(monkeypatch):
    """The counter: a filter that trusts what it is given lets markup through."""
    from django.template import engines
    from markupsafe import Markup

    monkeypatch.setitem(engines["jinja2"].env.filters, "given", Markup)
    bad = "<script>alert('x')</script>"
    template = engines["jinja2"].env.from_string("{{ value|given }}")

    assert "<script>alert" in template.render(value=bad)
