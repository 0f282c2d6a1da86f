"""The services that tests lean on are what they say they are."""

import psycopg


def test_the_postgres_of_the_tests_is_version_17_and_its_user_no_superuser(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        version = connection.execute("SHOW server_version").fetchone()
        is_super = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()

    assert version is not None
    assert version[0].startswith("17.")
    assert is_super == (False,)


def test_the_browser_of_the_tests_shows_a_page(chromium):
    page = chromium.new_page()
    page.set_content("<title>Duecare</title><p>Owed, and by when.</p>")

    assert page.title() == "Duecare"
    assert page.inner_text("p") == "Owed, and by when."
