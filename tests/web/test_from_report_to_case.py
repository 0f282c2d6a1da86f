"""From a number on the public page, as somebody cleared, down to the case it counts and back; and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, is_zipfile

import pytest
from tests.made.few_cases import SOURCE, filled
from tests.made.releases import AUTHOR, FIRST, SECOND, enrolled
from tests.made.stores import NOW, Stores, asking

from duecare.report.render import bundle
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.figures.verify_snapshot import recompute_figure
from duecare.use_cases.releases.check_release import check_release
from duecare.use_cases.releases.draft_release import DraftAsked, draft_release
from duecare.use_cases.releases.publish_release import publish_due

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both

QUARTER = "2026-Q4"
OUT = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The few cases, their figures kept, and a release of them that is out."""
    del django_db_setup
    patch = pytest.MonkeyPatch()
    patch.setattr(bundle, "can_be_made", lambda: False)
    folder = tmp_path_factory.mktemp("few")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            enrolled()
            kept = take_snapshot(asking(NOW), store.config, QUARTER)
            version = draft_release(asking(NOW, AUTHOR), store.config, DraftAsked("q4", QUARTER, OUT))
            for viewer in (FIRST, SECOND):
                check_release(asking(NOW, viewer), store.config, "q4", version.seal, passed=True)
            assert publish_due(asking(OUT), store.config).published == ("q4",)
            yield store, kept
        stores.drop()
    patch.undo()


def client(name: str = "") -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    made = Client()
    if name:
        user = get_user_model().objects.get(username=name)
        made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def page(who: Any, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def links(text: str, pattern: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(f'href="({pattern})"', text)]


def text_of(held: bytes) -> str:
    """What stands in a file; where it is packed, in every file within."""
    if not is_zipfile(BytesIO(held)):
        return held.decode("utf-8", "replace")
    with ZipFile(BytesIO(held)) as box:
        return "".join(text_of(box.read(name)) for name in box.namelist())


def test_what_is_packed_is_looked_into():
    inner, outer = BytesIO(), BytesIO()
    for box, name, held in ((inner, "content.xml", b"Giccven"), (outer, "report.ods", None)):
        with ZipFile(box, "w", ZIP_DEFLATED) as packed:
            packed.writestr(name, inner.getvalue() if held is None else held)

    assert "Giccven" in text_of(outer.getvalue())


def test_a_public_number_leads_down_to_the_case_it_counts_and_back(site):
    public = page(client(), "/published/q4/")
    to_figure = sorted(set(links(public, r"/figures/custody-accommodation-asked-for/[^\"]*")))
    assert to_figure == [f"/figures/custody-accommodation-asked-for/?period={QUARTER}"]

    chief = client("chief")
    to_list = links(page(chief, to_figure[0]), r"/figures/custody-accommodation-asked-for/list/[0-9a-f]+/")
    to_case = links(page(chief, to_list[0]), rf"/cases/{SOURCE}/[^\"]*")
    assert to_case
    back = links(page(chief, to_case[0]), r"/figures/custody-accommodation-asked-for/[^\"]*")
    assert back
    assert "Published reports" in page(chief, back[0])


def test_who_is_not_cleared_gets_no_further_than_the_figure(site):
    to_figure = links(page(client(), "/published/q4/"), r"/figures/custody-accommodation-asked-for/[^\"]*")[0]

    assert client().get(to_figure).status_code == 302
    for name in ("author", "second"):
        assert links(page(client(name), to_figure), r"/figures/custody-accommodation-asked-for/list/[^\"]*") == []
    assert client("home").get(to_figure).status_code == 403


def test_each_value_that_was_printed_is_worked_out_again_the_same_from_its_snapshot(site):
    store, kept = site

    for figure in ("seen-after", "custody-in-a-cell"):
        one = kept.of(figure)
        assert recompute_figure(asking(NOW), store.config, one.key).is_equal


def test_what_is_public_names_nobody(site):
    from tests.made.few_cases import canaries

    del site
    everything = page(client(), "/published/q4/") + page(client(), "/published/")
    for one in {*links(everything, r"/published/q4/[^\"#]+"), "/published/q4.zip"}:
        everything += text_of(client().get(one).content)

    assert "custody-accommodation-asked-for" in everything
    assert [mark for marks in canaries().values() for mark in marks if mark.lower() in everything.lower()] == []
