"""What those on the list saw before its time counts as public: no two drafts of a release tell what neither shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from tests.disclosure.attacker import Attacker, Rule
from tests.disclosure.force import page
from tests.made.releases import AFTER, AUTHOR, CHIEF, FIRST, HOME, OUT, SECOND, checked, draft, enrolled
from tests.made.stores import NOW, asking

from duecare.disclosure import CellKey, CountClass, Dimension, DisclosurePolicy, clear_tables, from_kept
from duecare.disclosure import DraftTable as TrueTable
from duecare.figure.figure_definition import About
from duecare.report.draft_report import Column, Count, Draft, DraftSection, DraftTable
from duecare.report.release.release_lifecycle import Access
from duecare.report.render import bundle
from duecare.store.models import LedgerEntry, ReleaseShown
from duecare.store.releases import disclosed_history, release_records
from duecare.use_cases.releases import draft_release, publish_release
from duecare.use_cases.releases.publish_release import publish_due
from duecare.use_cases.releases.view_drafts import read_draft
from duecare.vocabulary.refusals import Refusal

AREAS = ("Ash", "Birch", "Cedar", "Dale")
FIRST_COUNT, CORRECTED = (3, 12, 20, 40), (3, 60, 20, 40)
RULE = DisclosurePolicy(insider="")
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    """A report of one table: children held, by area, as counted now."""
    said = {"counts": FIRST_COUNT}

    def drafted(_config, wanted, _at):
        def made(head):
            areas = (*AREAS, "")
            rows = tuple(
                (area or "All", Count("held", (("area", area),) if area else (), value, About.CHILDREN))
                for area, value in zip(areas, (*said["counts"], sum(said["counts"])), strict=True)
            )
            columns = (Column("area", "Area", "label"), Column("held", "Held"))
            table = DraftTable("held-by-area", "Held, by area", columns, rows, adds_up=True)
            sections = (DraftSection("Held", (), (table,)),)
            sums = (Dimension("area", (("", AREAS),)),)
            return Draft(wanted.slug, "Held", "2026-Q3", "For all.", (head,), sections, sums)

        return made

    monkeypatch.setattr(draft_release, "drafted_quarter", drafted)
    for step in (draft_release, publish_release):
        monkeypatch.setattr(step, "policy_of", lambda _config: RULE)
    monkeypatch.setattr(bundle, "can_be_made", lambda: False)
    return said


@pytest.fixture
def here(store):
    enrolled()
    return store.config


def kept(slug, number):
    return from_kept(release_records.kept_version(slug, number).inside)


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as found:
        call(*args, **more)
    assert found.value.code == code


def tells(*seen):
    """Which hidden counts does a reader of all of these work out?"""
    pages = [[page(table) for table in one.tables] for one in seen]
    anew = {("held", area) for area, one, other in zip(AREAS, FIRST_COUNT, CORRECTED, strict=True) if one != other}
    attacker = Attacker(pages, Rule(), corrected=[set(), anew])
    hidden = {
        cell for one in seen for table in one.tables for cell, form in table.cells.items() if form.form == "hidden"
    }
    truth = {cell: count for one in seen for cell, count in one.truth.items()}
    return {cell.text for cell in hidden if attacker.recovers((cell.measure, cell.at), truth[cell])}


def test_a_draft_that_a_reader_on_the_list_saw_counts_when_the_next_is_cleared(here, counted):
    draft(here)
    read_draft(asking(NOW, CHIEF), "2026-q3")
    counted["counts"] = CORRECTED
    draft(here, now=LATER)

    assert tells(kept("2026-q3", 1), kept("2026-q3", 2)) == set()


def test_a_seeded_defect_by_which_looks_count_for_nothing_gives_three_counts_away(here, counted, monkeypatch):
    draft(here)
    read_draft(asking(NOW, CHIEF), "2026-q3")
    monkeypatch.setattr(
        disclosed_history, "seen_versions", lambda besides=None: disclosed_history.DisclosedHistory((), "")
    )
    counted["counts"] = CORRECTED
    draft(here, now=LATER)

    assert tells(kept("2026-q3", 1), kept("2026-q3", 2)) == {f"held, area {area}" for area in ("Ash", "Birch", "Cedar")}


def test_those_who_draft_and_check_read_who_saw_which_version_and_nobody_else_does(here):
    draft(here)
    read_draft(asking(NOW, CHIEF), "2026-q3")
    draft(here, now=LATER, words=("Another paragraph.",))
    read_draft(asking(NOW + timedelta(days=1), HOME), "2026-q3")

    seen_by = [(one.account, one.version) for one in read_draft(asking(LATER, FIRST), "2026-q3").shown_to]
    assert seen_by == [("chief", 1), ("home", 2)]
    assert read_draft(asking(LATER, CHIEF), "2026-q3").shown_to == ()


def test_a_draft_that_nobody_on_the_list_saw_counts_for_nothing_and_neither_do_looks_of_those_who_draft_and_check(
    here, counted
):
    draft(here)
    read_draft(asking(NOW, AUTHOR), "2026-q3")
    read_draft(asking(NOW, FIRST), "2026-q3")
    read_draft(asking(NOW, SECOND), "2026-q3")
    refused("REP-022", read_draft, asking(NOW, HOME), "2026-q3")
    counted["counts"] = CORRECTED
    draft(here, now=LATER)

    assert disclosed_history.seen_versions().versions == ()
    assert kept("2026-q3", 2).tables == cleared_alone(CORRECTED).tables


def cleared_alone(counts):
    """What a first release of these counts prints."""
    at = {("held", area): count for area, count in zip((*AREAS, ""), (*counts, sum(counts)), strict=True)}
    truth = {CellKey(name, frozenset({("area", area)} if area else ())): count for (name, area), count in at.items()}
    table = TrueTable("held-by-area (children)", CountClass.CHILDREN, (Dimension("area", (("", AREAS),)),), truth)
    return clear_tables((table,), (), RULE)


def test_a_version_counts_once_however_many_saw_it_and_whether_it_went_out_too(here):
    version = checked(here)
    for viewer, at in ((CHIEF, NOW), (CHIEF, LATER), (HOME, NOW + timedelta(days=1))):
        read_draft(asking(at, viewer), "2026-q3")
    seen = disclosed_history.seen_versions()
    assert publish_due(asking(version.publish_at), here).published == ("2026-q3",)
    read_draft(asking(AFTER, HOME), "2026-q3")

    assert len(seen.versions) == 1
    assert disclosed_history.seen_versions() == seen
    assert ReleaseShown.objects.count() == 2


def test_what_somebody_saw_of_another_release_since_is_looked_at_before_it_goes_out(here, counted):
    """Both were cleared before anybody saw either; then the Home Office saw the other, from which this one takes a count."""
    checked(here)
    counted["counts"] = CORRECTED
    draft(here, slug="2026-q3-other", now=LATER, access=(Access("home", LATER),))
    read_draft(asking(LATER, HOME), "2026-q3-other")

    found = publish_due(asking(OUT), here)
    assert (found.published, [slug for slug, _ in found.refused]) == ((), ["2026-q3"])


def test_a_draft_that_was_not_cleared_against_what_was_seen_since_is_shown_to_nobody_on_its_list(here, counted):
    draft(here)
    counted["counts"] = CORRECTED
    draft(here, slug="2026-q3-other", access=(Access("chief", NOW),))
    read_draft(asking(NOW, CHIEF), "2026-q3-other")

    refused("REP-060", read_draft, asking(NOW, CHIEF), "2026-q3")
    assert read_draft(asking(NOW, FIRST), "2026-q3").may_check
    assert LedgerEntry.objects.filter(actor="chief", outcome__startswith="refused REP-060").count() == 1
    draft(here, now=LATER)
    read_draft(asking(LATER, CHIEF), "2026-q3")
    assert tells(kept("2026-q3-other", 1), kept("2026-q3", 2)) == set()


def test_what_is_seen_while_another_version_is_cleared_stops_that_version(here, counted, monkeypatch):
    draft(here)
    counted["counts"] = CORRECTED
    cleared = draft_release.cleared

    def slowly(*given):
        found = cleared(*given)
        read_draft(asking(NOW, CHIEF), "2026-q3")
        return found

    monkeypatch.setattr(draft_release, "cleared", slowly)

    refused("REP-060", draft, here, now=LATER)
    assert release_records.life_of("2026-q3").latest.number == 1


def test_what_goes_out_while_another_version_of_it_is_cleared_stops_that_version(here, monkeypatch):
    version = checked(here)
    read_draft(asking(NOW, CHIEF), "2026-q3")
    cleared = draft_release.cleared

    def slowly(*given):
        found = cleared(*given)
        assert publish_due(asking(version.publish_at), here).published == ("2026-q3",)
        return found

    monkeypatch.setattr(draft_release, "cleared", slowly)

    refused("REP-026", draft, here, now=OUT, publish_at=AFTER, access=())


def test_what_goes_out_while_another_is_cleared_again_waits_for_the_next_time(here, counted, monkeypatch):
    checked(here)
    checked(here, "2026-q3-again")
    clears, waits = publish_release.clears_the_same, ["2026-q3-again"]

    def slowly(*given):
        found = clears(*given)
        while waits:
            release_records.publish_version(waits.pop(), 1, OUT)
        return found

    monkeypatch.setattr(publish_release, "clears_the_same", slowly)
    assert publish_due(asking(OUT), here).published == ()
    assert publish_due(asking(OUT), here).published == ("2026-q3",)


def test_to_be_taken_from_the_list_before_its_time_leaves_nothing_seen(here, counted):
    draft(here, access=(Access("chief", LATER),))
    draft(here, access=())

    refused("REP-022", read_draft, asking(LATER, CHIEF), "2026-q3")
    assert disclosed_history.seen_versions().versions == ()


def test_where_looks_were_not_kept_yet_what_was_open_counts_as_shown(here):
    """As an older store is updated: by the times on its lists, for nobody noted who looked."""
    note = import_module("duecare.store.migrations.0022_shown_before_it_was_kept").note_what_was_open
    ever = datetime.now(UTC) + timedelta(days=999)
    draft(here, access=(Access("chief", NOW), Access("home", NOW + timedelta(hours=2))))
    draft(here, now=LATER, access=(Access("chief", LATER), Access("home", LATER + timedelta(days=1))))
    draft(here, slug="2026-q3-later", now=LATER, publish_at=ever, access=(Access("home", ever - timedelta(days=1)),))
    before = ReleaseShown.objects.count()
    note(apps, None)
    note(apps, None)

    assert before == 0
    shown = {(one.account, one.version, one.at) for one in disclosed_history.shown_to("2026-q3")}
    passed = {("home", 2, LATER + timedelta(days=1))} if datetime.now(UTC) > LATER + timedelta(days=1) else set()
    assert shown == {("chief", 1, NOW), ("chief", 2, LATER)} | passed
    assert disclosed_history.shown_to("2026-q3-later") == ()
