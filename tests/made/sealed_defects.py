"""Defects seeded by the counters of G15: each lets whoever is not named on a sealed case see that it is there."""

from __future__ import annotations

import pytest


def name_whoever_is_tied(patch: pytest.MonkeyPatch) -> None:
    """Lists name whoever takes part in a case, sealed or not."""
    from duecare.visibility import line_names

    patch.setattr(line_names, "_people_who_open", lambda visible, people, facts: set(people))
    patch.setattr(line_names.Visibility, "facts_shown", lambda self, facts: facts)
    patch.setattr(line_names.Visibility, "records_shown", lambda self, records: tuple(records))


def keep_sealed_places(patch: pytest.MonkeyPatch) -> None:
    """Lines beside what is sealed stay where everything puts them."""
    from duecare.visibility.sealed_filter import SealedFilter

    patch.setattr(SealedFilter, "lines_beside", lambda self: (frozenset(), frozenset()))


def open_who_is_only_in_sealed_cases(patch: pytest.MonkeyPatch) -> None:
    """Who takes part in sealed cases alone may be opened as anybody."""
    from duecare.visibility import case_scope, sealed_filter

    patch.setattr(case_scope, "is_only_in_sealed", lambda *_: False)
    patch.setattr(sealed_filter, "records_only_in", lambda *_: set())


def weigh_sealed_pairs(patch: pytest.MonkeyPatch) -> None:
    """Pairs with somebody sealed take the place of others."""
    from duecare.use_cases.linkage import list_pairs

    patch.setattr(list_pairs, "_pairs_that_exist", lambda _visible, pairs: set(pairs))


def name_the_seal(patch: pytest.MonkeyPatch) -> None:
    """The ledger says why a sealed case was refused."""
    from duecare.access import may_act

    patch.setattr(
        may_act, "_refusal_reason", lambda thing: "sealed, and the viewer is not named" if thing.sealed else "outside"
    )


def show_refused_ids(patch: pytest.MonkeyPatch) -> None:
    """The ledger shows the ids of what was refused."""
    from duecare.use_cases.operations import verify_ledger

    patch.setattr(verify_ledger, "_as_shown", lambda entry: entry)


def leave_the_filter_out(patch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed from anybody."""
    from duecare.visibility.sealed_filter import SealedFilter

    for made_by in ("for_facts", "for_lists"):
        patch.setattr(SealedFilter, made_by, classmethod(lambda cls, *_, **__: cls()))


def open_everybody(patch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed, and whoever takes part in sealed cases alone may be opened as anybody."""
    leave_the_filter_out(patch)
    open_who_is_only_in_sealed_cases(patch)


def count_who_is_sealed(patch: pytest.MonkeyPatch) -> None:
    """How many people are linked is told with those whom only sealed cases know."""
    from duecare.visibility import linked_totals

    patch.setattr(linked_totals, "hidden_from_all", lambda: (set(), set()))


def show_visits_of_sealed_cases(patch: pytest.MonkeyPatch) -> None:
    """The board of visits tells what sealed cases say of an offender."""
    from duecare.use_cases.casework import view_as_of, view_offender_visits

    for module in (view_as_of, view_offender_visits):
        patch.setattr(module, "people_beside_sealed", lambda _visible: frozenset())


def name_sealed_children(patch: pytest.MonkeyPatch) -> None:
    """Whoever takes part in a case is named in it, sealed or not."""
    from duecare.visibility.view import Visibility

    patch.setattr(Visibility, "facts_shown", lambda _self, facts: facts)


def tell_the_seal_in_a_presenter(patch: pytest.MonkeyPatch) -> None:
    """The words for an officer say how many cases are sealed: no use case knows of it."""
    from duecare.store.facts.fact_lookup import sealed_cases
    from duecare.web.casework.presenters import worklist

    words = worklist.officer_words
    patch.setattr(worklist, "officer_words", lambda *args: f"{words(*args)} ({len(sealed_cases())})")


def tell_what_is_not_there(patch: pytest.MonkeyPatch) -> None:
    """What may not be opened is answered otherwise than what is not there."""
    from duecare.use_cases.casework import view_case
    from duecare.vocabulary.refusals import Refusal

    def refuse(*_: object) -> None:
        raise Refusal("EXT-030")

    patch.setattr(view_case, "authorise", lambda *_: None)
    patch.setattr(view_case, "refuse_as_absent", refuse)
