"""Steps that hand over made values, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.made import pages

from duecare.audit import own_rows, read_totals, total_pairs

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

    from duecare.use_cases.audit import (
        answer_errors,
        compare_grades,
        import_totals,
        list_rounds,
        reconcile_grades,
        report_round,
        review_file,
        view_agreement,
    )
    from duecare.use_cases.casework import (
        view_as_of,
        view_case,
        view_custody_board,
        view_front_page,
        view_offender_visits,
        view_worklist,
    )
    from duecare.use_cases.deliveries import list_deliveries
    from duecare.use_cases.figures import compare_boroughs, list_members, view_figures
    from duecare.use_cases.findings import compare_moments, list_findings, try_standard
    from duecare.use_cases.linkage import (
        answer_sampled_pairs,
        explain_link,
        judge_link,
        list_pairs,
        measure_linkage_error,
    )
    from duecare.use_cases.oversight import build_meeting_pack, view_accountability, view_oversight
    from duecare.use_cases.people import record_birth, record_person, search_people, view_person
    from duecare.use_cases.recommendations import list_recommendations
    from duecare.use_cases.referrals import list_referrals, refer_back
    from duecare.use_cases.releases import draft_release, view_drafts, view_published

    called: list[tuple[str, tuple[object, ...], dict[str, object]]] = []

    def stand_in(module: object, name: str, value: Callable[..., object]) -> None:
        def step(*args: object, **named: object) -> object:
            called.append((name, args, named))
            return value(*args, **named)

        monkeypatch.setattr(module, name, step)

    stand_in(view_front_page, "read_front", lambda request, config: pages.front())
    stand_in(view_worklist, "read_worklist", lambda request, **_: pages.worklist())
    stand_in(view_person, "read_person", lambda request, person, **_: pages.person())
    stand_in(explain_link, "explain_pair_link", lambda request, config, first_record, second_record: link_pages.why())
    stand_in(list_pairs, "read_pairs", lambda request, config, limit, **_: pair_pages.to_see())
    stand_in(answer_sampled_pairs, "next_pair", lambda request, config: linkage_pages.to_answer())
    stand_in(answer_sampled_pairs, "answer_pair", lambda request, config, *_: None)
    stand_in(measure_linkage_error, "read_link_error", lambda request, config: linkage_pages.sure())
    stand_in(judge_link, "judge_pair", lambda request, config, *_, **__: link_pages.judged())
    stand_in(judge_link, "before_undo", lambda request, config, judgement: link_pages.judged())
    stand_in(judge_link, "undo_judgement", lambda request, config, judgement, reason: link_pages.judged())
    stand_in(view_case, "read_case", lambda request, source, case_ref, **_: pages.case())
    stand_in(list_deliveries, "read_deliveries", lambda request, **_: pages.deliveries())
    stand_in(list_deliveries, "read_delivery", lambda request, delivery: pages.delivery())
    stand_in(list_deliveries, "export_set_aside", lambda request, delivery, file_name: b'"event_id"\r\n"E9"\r\n')
    stand_in(
        view_offender_visits,
        "read_visits",
        lambda request, risk_level, column: pages.visits((risk_level, column) if risk_level else None),
    )
    stand_in(list_findings, "list_findings", lambda request, wanted_findings, **_: pages.findings())
    stand_in(search_people, "search_people_by_text", lambda request, search_text, **_: search_pages.found())
    stand_in(record_person, "before_noting", lambda request, config, mother: pages.record() if mother else None)
    stand_in(record_person, "look_for_person", lambda request, config, described: search_pages.look(described))
    stand_in(record_person, "note_person", lambda request, config, *_, **__: search_pages.noted())
    stand_in(record_birth, "note_birth", lambda request, config, record_id, **_: search_pages.born(record_id))
    stand_in(record_birth, "before_birth", lambda request, config, record_id: search_pages.unborn(record_id))
    stand_in(compare_moments, "changed_in_case", lambda request, *_: pages.changed())
    stand_in(try_standard, "standards_to_try", lambda request, config: pages.standards())
    stand_in(try_standard, "what_if", lambda request, config, draft, **_: pages.what_if())
    stand_in(view_as_of, "worklist_then", lambda request, **_: pages.worklist())
    stand_in(
        view_as_of,
        "visits_then",
        lambda request, risk_level, column, **_: pages.visits((risk_level, column) if risk_level else None),
    )
    stand_in(view_custody_board, "read_custody", lambda request, chosen, **_: pages.custody(chosen=chosen))
    stand_in(list_referrals, "read_came_back", lambda request, config: referral_pages.came_back())
    stand_in(
        list_referrals, "read_referral", lambda request, config, case_key: referral_pages.referred(case_key.case_ref)
    )
    stand_in(refer_back, "before_sending", lambda request, name, case_key: referral_pages.before())
    stand_in(review_file, "read_review", lambda request, name, case_key: referral_pages.found_errors())
    stand_in(review_file, "waits_for_grades", lambda request, name, case_key: False)
    stand_in(
        answer_errors,
        "errors_to_answer",
        lambda request, case_key: tuple(("spring-2016", one) for one in referral_pages.found_errors()[1:]),
    )
    stand_in(compare_boroughs, "read_boroughs", lambda request, config, figure, period: borough_pages.chosen(figure))
    stand_in(view_figures, "read_figures", lambda request, period: figure_pages.figures())
    stand_in(view_figures, "read_figure", lambda request, config, figure, period: figure_pages.figure())
    stand_in(list_members, "open_figure", lambda *_: figure_pages.figure_list("return-interview-within-72-hours"))
    stand_in(view_oversight, "read_oversight", lambda request: oversight_pages.register())
    stand_in(view_oversight, "read_meeting", lambda request, number: oversight_pages.one_meeting(number))
    stand_in(build_meeting_pack, "meeting_pack", lambda request, config, number: oversight_pages.pack(number))
    stand_in(
        list_recommendations, "read_recommendations", lambda request, config: recommendation_pages.recommendations()
    )
    stand_in(list_recommendations, "public_register", lambda config, at: recommendation_pages.public_register())
    stand_in(
        list_recommendations,
        "read_recommendation",
        lambda request, config, number: recommendation_pages.recommendation(number),  # recommendations by name
    )
    stand_in(view_accountability, "read_accountable", lambda request, config: pages.accountable())
    stand_in(list_rounds, "list_rounds", lambda request: round_pages.round_lines())
    stand_in(list_rounds, "read_round", lambda request, round_name: round_pages.round_page(round_name))
    stand_in(compare_grades, "rounds_to_compare", lambda request: agreement_pages.listed())
    stand_in(view_agreement, "read_agreement", lambda request, name: agreement_pages.agreement(name))
    stand_in(reconcile_grades, "list_disagreements", lambda request, name: agreement_pages.disagreements())
    stand_in(
        reconcile_grades,
        "read_disagreement",
        lambda request, config, name, case_key: agreement_pages.disagreement(case_key),
    )
    stand_in(report_round, "report_round", lambda request, config, name: agreement_pages.paper())
    stand_in(view_drafts, "read_drafts", lambda request: release_pages.lives())
    stand_in(view_drafts, "read_draft", lambda request, release_slug: release_pages.draft_page(release_slug))
    stand_in(draft_release, "to_draft", lambda request: release_pages.offered())
    stand_in(view_published, "list_published", release_pages.outs)
    stand_in(view_published, "published_page", release_pages.published_page)
    stand_in(import_totals, "audit_totals", lambda request: total_pairs(read_totals(own_rows()).accepted))
    return called
