"""What somebody might try on a release that is nearly out, or is out: another rule, other bytes, another account of their own."""

from __future__ import annotations

from hashlib import sha256

import pytest
from tests.made.releases import FIRST, OUT, check, checked, draft, enrolled, figures_made_up
from tests.made.releases import out as publish
from tests.made.stores import asking

from duecare.access.viewer import Viewer
from duecare.disclosure import DisclosurePolicy
from duecare.store import accounts
from duecare.store.releases import release_records
from duecare.use_cases.releases.publish_release import publish_due
from duecare.use_cases.releases.view_published import published_file, published_whole
from duecare.vocabulary.refusals import Refusal


@pytest.fixture(autouse=True)
def made_quarter(monkeypatch):
    return figures_made_up(monkeypatch)


@pytest.fixture
def here(store):
    enrolled()
    return store.config


def test_what_was_cleared_by_another_rule_does_not_go_out(here, monkeypatch):
    from duecare.use_cases.releases import publish_release

    checked(here)
    monkeypatch.setattr(publish_release, "policy_of", lambda config: DisclosurePolicy(threshold=10, protection=10))

    found = publish_due(asking(OUT), here)
    assert (found.published, found.refused) == ((), (("2026-q3", "REP-029"),))


def test_a_file_whose_bytes_were_altered_is_not_handed_out(here, monkeypatch):
    publish(here)
    held, known_by = published_file("2026-q3", "manifest.json")
    assert sha256(held).hexdigest() == known_by
    monkeypatch.setattr(
        release_records, "published_file", lambda release_slug, file_name: (held.replace(b"1", b"2"), known_by)
    )

    for read in (lambda: published_file("2026-q3", "manifest.json"), lambda: published_whole("2026-q3")):
        with pytest.raises(Refusal) as refused:
            read()
        assert refused.value.code == "REP-021"


@pytest.mark.parametrize("other", ["author", "first"])
def test_two_accounts_of_one_officer_are_one_person(here, other):
    accounts.enrol_account(other, ["statistician"], password=None, officer="S 101")
    accounts.enrol_account("again", ["statistician"], password=None, officer="s 101")
    version = draft(here)
    check(here, FIRST, version.seal)

    with pytest.raises(Refusal) as refused:
        check(here, Viewer("again", frozenset({"statistician"}), officer="s 101"), version.seal)
    assert refused.value.code == "REP-023"
