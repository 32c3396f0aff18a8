"""Each kind of identifier is looked up where it is known, politely, and what is not known is said."""

import pytest

from perspectives.clients import http
from perspectives.clients.intake import look_ups, unpaywall
from perspectives.rules.intake import intake_record
from perspectives.vocab import IntakeKind
from tests.clients import registry_servers
from tests.clients.registry_servers import Handler

LOOKED_UP = [
    (IntakeKind.DOI, "10.1000/piers", "Piers", {"DOI": "10.1000/piers"}),
    (IntakeKind.DOI, "10.5072/tides", "Tides at the old bridge", {"DOI": "10.5072/tides", "type": "dataset"}),
    (IntakeKind.PMID, "31452104", "Oak under load", {"URL": "https://pubmed.ncbi.nlm.nih.gov/31452104/"}),
    (IntakeKind.PMCID, "PMC3531190", "Oak under water", {"URL": "https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/"}),
    (IntakeKind.TITLE, "PIERS", "Piers", {"DOI": "10.1000/piers"}),
    (
        IntakeKind.TITLE,
        "Of Ferries – a memoir",
        "Of ferries: a memoir",
        {"URL": "https://ferries.example/", "page": "1"},
    ),
]
REFUSED = [
    (IntakeKind.DOI, "10.1000/unread", "Neither Crossref nor DataCite has a record of the DOI 10.1000/unread"),
    (IntakeKind.DOI, "10.1000/unread-2", "DataCite's answer holds no record"),
    (IntakeKind.PMID, "5", "PubMed has no article with the number 5; look whether it is right."),
    (IntakeKind.PMID, "7", "PubMed has no article with the number 7"),
    (IntakeKind.PMID, "8", "is no record that can be read"),
    (IntakeKind.PMCID, "PMC5", "PubMed Central has no article PMC5"),
    (IntakeKind.TITLE, "Twice", "2 works have this title: “Twice” .1990., https://openalex.org/W3; “Twice” .no year."),
    (
        IntakeKind.TITLE,
        "Piers and more",
        "No work has exactly this title; the nearest are: “Piers” .2001., 10.1000/piers",
    ),
    (IntakeKind.TITLE, "Unheard-of", "OpenAlex knows no work with such a title"),
    (IntakeKind.TITLE, "rubbish", "holds no list of works"),
]


@pytest.fixture(autouse=True)
def server(settings):
    yield from registry_servers.playing(settings)


@pytest.mark.parametrize(("kind", "identifier", "title", "members"), LOOKED_UP)
def test_the_record_is_found_and_keeps_its_identifier(kind, identifier, title, members):
    record, problems = intake_record.record(look_ups.looked_up(kind, identifier))
    assert {name: record.get(name) for name in ("title", *members)} == {"title": title, **members}
    assert problems == []
    assert "accessed" not in record


@pytest.mark.parametrize(("kind", "identifier", "words"), REFUSED)
def test_what_is_not_known_or_not_clear_is_said(kind, identifier, words):
    with pytest.raises(http.FetchError, match=words) as refused:
        look_ups.looked_up(kind, identifier)
    assert not isinstance(refused.value, http.UnreachableError)
    assert "sesame" not in str(refused.value)


def test_what_datacite_says_is_all_read():
    record, _ = intake_record.record(look_ups.looked_up(IntakeKind.DOI, "10.5072/tides"))
    assert record["author"] == [{"family": "Lind", "given": "Berit"}, {"literal": "Harbour Office"}]
    assert (record["issued"], record["publisher"], record["volume"], record["page"]) == (
        "2019",
        "Tide Archive",
        "4",
        "7-9",
    )
    assert (record["container-title"], record["URL"]) == ("Series of tides", "https://tides.example/1")


def test_titles_are_not_looked_up_without_a_key(settings):
    settings.OPENALEX_KEY = ""
    with pytest.raises(http.FetchError, match=r"OPENALEX_KEY.*paste the DOI"):
        look_ups.looked_up(IntakeKind.TITLE, "Piers")
    assert Handler.asked == []


def test_after_a_day_it_is_asked_again_on_condition_and_politely(monkeypatch):
    first = look_ups.looked_up(IntakeKind.DOI, "10.1000/piers")
    assert look_ups.looked_up(IntakeKind.DOI, "10.1000/piers") == first
    assert len(Handler.asked) == 1
    monkeypatch.setattr(http, "FRESH_SECONDS", 0)
    assert look_ups.looked_up(IntakeKind.DOI, "10.1000/piers") == first
    assert [named.get("if-none-match") for _, named in Handler.asked] == [None, registry_servers.ETAG]
    assert all("mailto:editors@kb.example" in named["user-agent"] for _, named in Handler.asked)
    look_ups.looked_up(IntakeKind.DOI, "10.1000/piers")
    assert Handler.asked[-1][1]["if-none-match"] == registry_servers.ETAG


def test_an_open_copy_is_found():
    assert unpaywall.open_copy("10.1000/piers") == unpaywall.OpenCopy(
        "https://repository.example/piers.pdf", "acceptedVersion", "repository", "cc-by"
    )


@pytest.mark.parametrize("doi", ["10.1000/closed", "10.1000/odd", "10.1000/unknown"])
def test_where_there_is_no_open_copy_none_is_named(doi):
    assert unpaywall.open_copy(doi) is None


def test_an_answer_about_copies_that_cannot_be_read_is_refused():
    with pytest.raises(http.FetchError, match="no record that can be read"):
        unpaywall.open_copy("10.1000/rubbish")
