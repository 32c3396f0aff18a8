"""Formats by Accept and by suffix, read by programs that are not ours."""

import csv
import io
import json

import pytest
import rispy

from perspectives.models import PublishedSource
from perspectives.queries.publication import published
from perspectives.rules.formats.argument import aif_reading, argdown_reading
from tests import factories
from tests.api.conftest import assert_problem
from tests.arguments import argument_of

pytestmark = pytest.mark.django_db
API = "/api/v1/"
TOPIC = f"topics/{factories.TOPIC}"
CLAIM = f"claims/{factories.TOPIC}/s1"
SOURCE = "sources/pratt2018timber"
FORMATS = {
    TOPIC: {"json", "jsonld", "ttl", "nt", "aif", "argdown", "csljson", "bib", "bibtex", "ris"},
    f"{TOPIC}/editions/1": {"json", "jsonld", "ttl", "nt", "aif", "argdown", "csljson", "bib", "bibtex", "ris"},
    f"articles/{factories.ARTICLE}": {"json", "jsonld", "ttl", "nt", "annotations"},
    CLAIM: {"json", "jsonld", "ttl", "nt", "annotations"},
    f"passages/{factories.ARTICLE}/p1": {"json", "annotations"},
    SOURCE: {"json", "jsonld", "ttl", "nt", "csljson", "bib", "bibtex", "ris", "txt", "html"},
    "citations": {"json", "csv"},
    "graph": {"json", "jsonld", "ttl", "nt"},
    "shapes": {"json", "ttl"},
    "vocabulary": {"json", "jsonld", "ttl", "nt"},
    "sources": {"json", "csv", "csljson", "bib", "bibtex", "ris", "txt", "html"},
    "claims": {"json", "csv", "annotations"},
    "topics": {"json", "csv"},
    "responses": {"json", "csv"},
    "events": {"json", "csv"},
    "people": {"json", "csv"},
    "passages": {"json", "csv"},
}
EACH = [(place, suffix) for place, suffixes in FORMATS.items() for suffix in sorted(suffixes)]
BY_STYLE = {"txt", "html"}


@pytest.mark.parametrize(("place", "suffix"), EACH)
def test_suffix_and_accept_give_the_same(client, library, place, suffix):
    by_suffix = client.get(f"{API}{place}.{suffix}")
    assert by_suffix.status_code == 200, by_suffix.content
    query = "?style=apa" if suffix in BY_STYLE else ""
    by_accept = client.get(f"{API}{place}/{query}", headers={"accept": by_suffix["Content-Type"]})
    assert by_accept["Content-Type"] == by_suffix["Content-Type"]
    if suffix != "annotations":  # they name the address that was asked for
        assert by_accept.content == by_suffix.content
    again = client.get(f"{API}{place}.{suffix}", headers={"if-none-match": by_suffix["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("place", FORMATS)
def test_a_suffix_that_is_none_is_answered_with_those_that_are(client, library, place):
    problem = assert_problem(client.get(f"{API}{place}.docx"), 404, "unknown_address")
    assert all(f".{suffix}" in problem["detail"] for suffix in FORMATS[place])


def test_what_is_not_acceptable_is_answered_with_what_is(client, library):
    problem = assert_problem(client.get(f"{API}{TOPIC}/", headers={"accept": "text/csv"}), 406, "not_acceptable")
    assert "application/ld+json" in problem["detail"]


def test_weights_choose_among_formats(client, library):
    accept = "application/json;q=0.5, text/vnd.argdown;q=0.9"
    assert client.get(f"{API}{TOPIC}/", headers={"accept": accept})["Content-Type"].startswith("text/vnd.argdown")
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for place in FORMATS:
        assert client.get(f"{API}{place}/", headers={"accept": browser})["Content-Type"] == "application/json"


def test_the_argument_comes_back_from_argdown_and_aif(client, library):
    argument = argument_of(published.topic_document(factories.TOPIC)[0])
    assert argdown_reading.read(client.get(f"{API}{TOPIC}.argdown").content.decode()) == argument
    assert aif_reading.read(client.get(f"{API}{TOPIC}.aif").content.decode()) == argument


def test_tables_have_a_row_for_each_record(client, library):
    for name in ("topics", "claims", "responses", "events", "people", "passages", "citations", "sources"):
        rows = list(csv.DictReader(io.StringIO(client.get(f"{API}{name}.csv?limit=200").content.decode())))
        assert len(rows) == len(client.get(f"{API}{name}/?limit=200").json()["results"]) > 0, name


def test_bibliographies_have_every_source(client, library):
    keys = set(PublishedSource.objects.values_list("key", flat=True))
    assert {item["id"] for item in client.get(f"{API}sources.csljson").json()} == keys
    assert {entry["id"] for entry in rispy.loads(client.get(f"{API}sources.ris").content.decode())} == keys
    bibtex = client.get(f"{API}sources.bib").content.decode()
    assert all(f"{{{key}," in bibtex for key in keys)


def test_references_in_many_styles(client, library):
    apa = client.get(f"{API}{SOURCE}/?style=apa")
    assert apa["Content-Type"] == "text/plain; charset=utf-8"
    assert apa.content.decode().startswith("Pratt")
    said = {apa.content}
    for style in ("modern-language-association", "chicago-author-date", "harvard-cite-them-right", "ieee"):
        said.add(client.get(f"{API}{SOURCE}/?style={style}").content)
    assert len(said) == 5
    html = client.get(f"{API}{SOURCE}.html?style=apa").content.decode()
    assert "<em>" in html
    titles = client.get(f"{API}styles/").json()["styles"]
    assert {"apa", "ieee"} <= set(titles)


def test_a_style_that_is_none(client, library):
    problem = assert_problem(client.get(f"{API}{SOURCE}/?style=appa"), 404, "not_found", parameter="style")
    assert "apa" in problem["detail"]
    assert "apa" in problem["known"]
    notes = assert_problem(client.get(f"{API}{SOURCE}/?style=history-and-theory"), 404, "not_found", parameter="style")
    assert "notes" in notes["detail"]
    for wrong in ("../../etc/passwd", "a" * 300, "dependent/apa"):
        assert_problem(client.get(f"{API}{SOURCE}/", {"style": wrong}), 400, "invalid_parameter", parameter="style")
    assert_problem(client.get(f"{API}{SOURCE}.ris?style=apa"), 400, "invalid_parameter", parameter="style")


def test_references_are_made_once_and_without_the_cache_too(client, library, settings, monkeypatch):
    from perspectives.clients import pandoc

    made = []
    biblatex = pandoc.biblatex
    monkeypatch.setattr(pandoc, "biblatex", lambda items: made.append(1) or biblatex(items))
    first = client.get(f"{API}{SOURCE}.bib").content
    assert client.get(f"{API}{SOURCE}.bib").content == first
    assert len(made) <= 1
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "valkey": away}
    assert client.get(f"{API}{SOURCE}.bib").content == first
    assert len(made) <= 2


@pytest.mark.parametrize("suffix", sorted(FORMATS["sources"]))
def test_of_an_empty_list_the_type_is_told_too(client, library, suffix):
    empty, full = (client.get(f"{API}sources.{suffix}{query}") for query in ("?year=9", ""))
    assert (empty.status_code, empty["Content-Type"]) == (200, full["Content-Type"])


def test_fields_and_include_go_with_json_only(client, library):
    assert_problem(client.get(f"{API}claims.csv?fields=id"), 400, "invalid_parameter", parameter="fields")
    assert_problem(client.get(f"{API}claims.csv?include=sources"), 400, "invalid_parameter", parameter="include")


def test_annotations_name_words_and_their_place(client, library):
    page = json.loads(client.get(f"{API}claims.annotations").content)
    assert page["type"] == "AnnotationPage"
    for item in page["items"]:
        assert item["target"]["selector"]["type"] == "TextQuoteSelector"
