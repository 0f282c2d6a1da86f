"""Steps that hand over made values, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.made import pages

from duecare.audit import own_rows, read_totals, totals

Called = list[tuple[str, tuple[object, ...], dict[str, object]]]


def hand_over_made_values(monkeypatch: pytest.MonkeyPatch) -> Called:
    """Every step that a page calls hands over its made value; which was called, with what, is noted."""
    from tests.made import (
        agreement_pages,
        borough_pages,
        figure_pages,
        link_pages,
        linkage_pages,
        oversight_pages,
        pair_pages,
        recommendation_pages,
        referral_pages,  # its steps read the store's tables: not before Django is set up
        release_pages,
        round_pages,
        search_pages,
    )

    from duecare.steps import (
        answer_errors,
        answer_pairs,
        audit_totals,
        changed,
        compare_grades,
        draft_release,
        judge,
        list_findings,
        look_back,
        meeting_pack,
        note_birth,
        note_person,
        open_figure,
        read_accountable,
        read_agreement,
        read_boroughs,
        read_case,
        read_custody,
        read_deliveries,
        read_drafts,
        read_figures,
        read_front,
        read_link_error,
        read_oversight,
        read_pairs,
        read_person,
        read_recommendations,
        read_referrals,
        read_releases,
        read_rounds,
        read_visits,
        read_worklist,
        reconcile,
        refer_back,
        report_round,
        review_file,
        search,
        what_if,
        why,
    )

    called: list[tuple[str, tuple[object, ...], dict[str, object]]] = []

    def stand_in(module: object, name: str, value: Callable[..., object]) -> None:
        def step(*args: object, **named: object) -> object:
            called.append((name, args, named))
            return value(*args, **named)

        monkeypatch.setattr(module, name, step)

    stand_in(read_front, "read_front", lambda asking, config: pages.front())
    stand_in(read_worklist, "read_worklist", lambda asking, **_: pages.worklist())
    stand_in(read_person, "read_person", lambda asking, person, **_: pages.person())
    stand_in(why, "why", lambda asking, config, a, b: link_pages.why())
    stand_in(read_pairs, "read_pairs", lambda asking, config, limit, **_: pair_pages.to_see())
    stand_in(answer_pairs, "next_pair", lambda asking, config: linkage_pages.to_answer())
    stand_in(answer_pairs, "answer_pair", lambda asking, config, *_: None)
    stand_in(read_link_error, "read_link_error", lambda asking, config: linkage_pages.sure())
    stand_in(judge, "judge", lambda asking, config, *_, **__: link_pages.judged())
    stand_in(judge, "before_undo", lambda asking, config, judgement: link_pages.judged())
    stand_in(judge, "undo", lambda asking, config, judgement, reason: link_pages.judged())
    stand_in(read_case, "read_case", lambda asking, source, case_ref, **_: pages.case())
    stand_in(read_deliveries, "read_deliveries", lambda asking, **_: pages.deliveries())
    stand_in(read_deliveries, "read_delivery", lambda asking, delivery: pages.delivery())
    stand_in(read_deliveries, "export_set_aside", lambda asking, delivery, file: b'"event_id"\r\n"E9"\r\n')
    stand_in(read_visits, "read_visits", lambda asking, risk, column: pages.visits((risk, column) if risk else None))
    stand_in(list_findings, "list_findings", lambda asking, wanted, **_: pages.findings())
    stand_in(search, "search", lambda asking, text, **_: search_pages.found())
    stand_in(note_person, "before_noting", lambda asking, config, mother: pages.record() if mother else None)
    stand_in(note_person, "look", lambda asking, config, said: search_pages.look(said))
    stand_in(note_person, "note_person", lambda asking, config, *_, **__: search_pages.noted())
    stand_in(note_birth, "note_birth", lambda asking, config, record_id, **_: search_pages.born(record_id))
    stand_in(note_birth, "before_birth", lambda asking, config, record_id: search_pages.unborn(record_id))
    stand_in(changed, "changed_in_case", lambda asking, *_: pages.changed())
    stand_in(what_if, "standards_to_try", lambda asking, config: pages.standards())
    stand_in(what_if, "what_if", lambda asking, config, draft, **_: pages.what_if())
    stand_in(look_back, "worklist_then", lambda asking, **_: pages.worklist())
    stand_in(
        look_back,
        "visits_then",
        lambda asking, risk, column, **_: pages.visits((risk, column) if risk else None),
    )
    stand_in(read_custody, "read_custody", lambda asking, chosen, **_: pages.custody(chosen=chosen))
    stand_in(read_referrals, "read_came_back", lambda asking, config: referral_pages.came_back())
    stand_in(read_referrals, "read_referral", lambda asking, config, case: referral_pages.referred(case.case_ref))
    stand_in(refer_back, "before_sending", lambda asking, name, case: referral_pages.before())
    stand_in(review_file, "read_review", lambda asking, name, case: referral_pages.found_errors())
    stand_in(review_file, "waits_for_grades", lambda asking, name, case: False)
    stand_in(
        answer_errors,
        "errors_to_answer",
        lambda asking, case: tuple(("spring-2016", one) for one in referral_pages.found_errors()[1:]),
    )
    stand_in(read_boroughs, "read_boroughs", lambda asking, config, figure, period: borough_pages.chosen(figure))
    stand_in(read_figures, "read_figures", lambda asking, period: figure_pages.figures())
    stand_in(read_figures, "read_figure", lambda asking, config, figure, period: figure_pages.figure())
    stand_in(open_figure, "open_figure", lambda *_: figure_pages.figure_list("return-interview-within-72-hours"))
    stand_in(read_oversight, "read_oversight", lambda asking: oversight_pages.register())
    stand_in(read_oversight, "read_meeting", lambda asking, number: oversight_pages.one_meeting(number))
    stand_in(meeting_pack, "meeting_pack", lambda asking, config, number: oversight_pages.pack(number))
    stand_in(
        read_recommendations, "read_recommendations", lambda asking, config: recommendation_pages.recommendations()
    )
    stand_in(read_recommendations, "public_register", lambda config, at: recommendation_pages.public_register())
    stand_in(
        read_recommendations,
        "read_recommendation",
        lambda asking, config, number: recommendation_pages.recommendation(number),  # recommendations by name
    )
    stand_in(read_accountable, "read_accountable", lambda asking, config: pages.accountable())
    stand_in(read_rounds, "list_rounds", lambda asking: round_pages.round_lines())
    stand_in(read_rounds, "read_round", lambda asking, name: round_pages.round_page(name))
    stand_in(compare_grades, "rounds_to_compare", lambda asking: agreement_pages.listed())
    stand_in(read_agreement, "read_agreement", lambda asking, name: agreement_pages.agreement(name))
    stand_in(reconcile, "disagreements", lambda asking, name: agreement_pages.disagreements())
    stand_in(reconcile, "disagreement", lambda asking, config, name, key: agreement_pages.disagreement(key))
    stand_in(report_round, "report_round", lambda asking, config, name: agreement_pages.paper())
    stand_in(read_drafts, "read_drafts", lambda asking: release_pages.lives())
    stand_in(read_drafts, "read_draft", lambda asking, slug: release_pages.draft_page(slug))
    stand_in(draft_release, "to_draft", lambda asking: release_pages.offered())
    stand_in(read_releases, "published", lambda config: release_pages.outs())
    stand_in(read_releases, "published_page", lambda config, slug: release_pages.published_page(slug))
    stand_in(audit_totals, "audit_totals", lambda asking: totals(read_totals(own_rows()).accepted))
    return called
