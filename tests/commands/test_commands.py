"""The management commands, as an operator types them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from perspectives.actions.accounts import members
from perspectives.actions.documents import bootstrap, drafting
from perspectives.errors import BrokenRulesError
from perspectives.models import Article, Edition, LogEntry, Topic, User
from perspectives.vocab import Role
from tests import content, factories


def run(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    return factories.write_packs(tmp_path / "packs", factories.packs())


def test_load_packs_shows_progress_and_counts(db, folder):
    output = run("load_packs", str(folder))
    assert "topic 1 of 2: " in output
    assert "Loaded 2 topics, " in output
    assert Topic.objects.count() == 2
    assert not Edition.objects.exists()


def test_load_packs_takes_one_file_when_the_rest_is_there(drafts, folder):
    assert "Loaded 1 topics" in run("load_packs", str(folder / factories.topic_file()))
    assert "Loaded 0 topics, 0 claims" in run("load_packs", str(folder / "sources.yaml"))


def test_load_packs_lists_every_problem_and_writes_nothing(db, folder):
    file = folder / factories.topic_file()
    file.write_text(file.read_text().replace("kind: ", "kind: x", 2))
    with pytest.raises(CommandError) as refusal:
        run("load_packs", str(folder))
    lines = str(refusal.value).splitlines()
    assert lines[0] == "2 problems found; nothing was loaded."
    assert all(line.startswith(f"{factories.topic_file()}:") for line in lines[1:])
    assert not Topic.objects.exists()


@pytest.mark.parametrize("path", ["nowhere", "."])
def test_load_packs_of_nothing(db, tmp_path, path):
    with pytest.raises(CommandError, match=r"There is no file or folder|holds no packs"):
        run("load_packs", str(tmp_path / path))


def test_load_packs_reads_a_huge_file_only_to_refuse_it(db, folder):
    (folder / "sources.yaml").write_bytes(b"a: " + b"x" * 10_000_000)
    with pytest.raises(CommandError, match="the limit is 2,000,000"):
        run("load_packs", str(folder))


def test_dump_packs_writes_what_was_loaded(drafts, tmp_path):
    run("dump_packs", str(tmp_path / "out"))
    for name, text in factories.packs().items():
        assert (tmp_path / "out" / name).read_bytes() == text


def test_dump_packs_asks_which_article(drafts, tmp_path):
    with pytest.raises(CommandError, match="There is no article 'other'"):
        run("dump_packs", str(tmp_path), article="other")
    run("load_packs", str(factories.write_packs(tmp_path / "others", content.few_files())))
    with pytest.raises(CommandError, match="choose one with --article"):
        run("dump_packs", str(tmp_path))
    run("dump_packs", str(tmp_path / "small"), article=factories.ARTICLE)
    assert (tmp_path / "small" / "article.yaml").exists()


def test_dump_packs_without_content_or_room(db, tmp_path):
    with pytest.raises(CommandError, match="holds no article"):
        run("dump_packs", str(tmp_path))
    run("load_packs", str(factories.FOLDER))
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="Cannot write to"):
        run("dump_packs", str(tmp_path / "file"))


def test_first_start_loads_and_publishes_once(db, folder):
    lines = []
    bootstrap.first_start(fixtures=folder, show=lines.append)
    assert lines[-1].startswith("edition 3 of 3: ")
    bootstrap.first_start(fixtures=folder, show=pytest.fail)
    assert Article.objects.count() == 1


def test_a_later_start_publishes_no_draft_and_is_not_stopped_by_one(db, folder):
    bootstrap.first_start(fixtures=folder, show=lambda _: None)
    document = factories.topic_document()
    begun = [{**document, "topic": "complete", "order": 40}, {**document, "topic": "empty", "order": 50, "cruxes": []}]
    moderator = User.objects.create_user("moderator", role=Role.MODERATOR)
    for one in begun:
        drafting.begin(document=one, by=moderator)
    bootstrap.first_start(fixtures=folder, show=pytest.fail)
    assert not Edition.objects.filter(topic__slug__in=["complete", "empty"]).exists()


def test_first_start_refuses_broken_fixtures(db, folder):
    (folder / "sources.yaml").write_text("a: [")
    with pytest.raises(BrokenRulesError, match=r"sources\.yaml:\d: is not YAML"):
        bootstrap.first_start(fixtures=folder, show=pytest.fail)


def test_verify_editions(published):
    assert run("verify_editions").startswith(f"All {len(published)} editions are what was published.\n")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("body = body || ' '::bytea", "its SHA-256 is"),
        ("body = body || ' '::bytea, sha256 = encode(sha256(body || ' '::bytea), 'hex')", "not in canonical form"),
        ("body = '{}'::bytea, sha256 = encode(sha256('{}'::bytea), 'hex')", "errors"),
        ("number = 7", "says that it is edition 1, not 7"),
    ],
)
def test_verify_editions_finds_what_was_tampered_with(published, statement, fault):
    """Somebody with the table owner's power takes trigger and constraints off first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE perspectives_edition DISABLE TRIGGER USER")
        for name in ("hash_is_of_its_body", "has_two_people_or_is_a_fixture"):
            cursor.execute(f"ALTER TABLE perspectives_edition DROP CONSTRAINT perspectives_edition_{name}")
        cursor.execute(f"UPDATE perspectives_edition SET {statement} WHERE id = %s", [published[0].pk])
    with pytest.raises(CommandError, match=fault):
        run("verify_editions")


def test_demo_people_are_made_once_with_passwords_that_work(db, client):
    made = members.make_demo_people()
    assert set(made) == set(members.DEMO_PEOPLE)
    for username, password in made.items():
        assert User.objects.get(username=username).check_password(password)
        response = client.post("/account/sign-in/", {"login": username, "password": password})
        assert response["Location"] == "/desk/"
        client.logout()
    assert members.make_demo_people() == {}
    assert LogEntry.objects.filter(code="account.created").count() == 3
    assert not any(password in str(entry.detail) for entry in LogEntry.objects.all() for password in made.values())


def test_the_first_chief_editor_gets_a_link(db, client, settings):
    settings.SITE_URL = "https://kb.example"
    said = run("make_chief_editor", "ada@university.example")
    link = said.split()[-1]
    assert link.startswith("https://kb.example/account/join/")
    assert client.get(link.removeprefix("https://kb.example")).status_code == 200
    with pytest.raises(CommandError, match="invited already"):
        run("make_chief_editor", "ada@university.example")
