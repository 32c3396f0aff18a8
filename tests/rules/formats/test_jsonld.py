"""JSON-LD: pyld expands it without dropping a word and without fetching anything; schema.org's names are real."""

from collections import Counter

import pytest
from pyld import jsonld as processor

from perspectives.rules.formats.linked_data import jsonld, jsonld_sources, vocabulary
from perspectives.rules.publication import index_records
from perspectives.vocab import CslType
from tests import content, factories

BASE = "https://kb.example"
SCHEMA = "https://schema.org/"
CITO = vocabulary.CITO
OWN = f"{BASE}/api/v1/vocabulary/#"
_TYPES = """Article BlogPosting Book Chapter Claim Collection CreativeWork Dataset Event ImageObject LearningResource
    Legislation Manuscript Map Message Movie MusicRecording NewsArticle Newspaper Organization Periodical Person
    PublicationIssue PublicationVolume Quotation Report ScholarlyArticle SheetMusic SocialMediaPosting
    SoftwareApplication Thesis WebPage"""
_PROPERTIES = """
    about appearance author bookEdition citation claimInterpreter creativeWorkStatus dateCreated datePublished
    description editor familyName givenName hasPart honorificSuffix inLanguage isBasedOn isPartOf isbn issueNumber
    keywords license mentions name numberOfPages pagination publisher reportNumber sameAs startDate subjectOf
    temporalCoverage text translator url version volumeNumber workTranslation"""
REAL_TYPES = set(_TYPES.split())
REAL_PROPERTIES = set(_PROPERTIES.split())


def no_network(url, options):
    raise AssertionError(f"{url} would have been fetched")


def expanded(document):
    dropped = []
    found = processor.expand(document, {"documentLoader": no_network}, on_property_dropped=dropped.append)
    assert dropped == []
    return found


def compact_words(value):
    """Count each property of a compact document by the number of its values."""
    if isinstance(value, list):
        return sum(map(compact_words, value), Counter())
    if not isinstance(value, dict):
        return Counter()
    words = Counter()
    for name, inner in value.items():
        if not name.startswith("@"):
            words[name.removeprefix("cito:")] += len(inner) if isinstance(inner, list) else 1
        if name != "@context":
            words += compact_words(inner)
    return words


def expanded_words(value):
    """Count each property of an expanded document by the number of its values, under the last part of its IRI."""
    if isinstance(value, list):
        return sum(map(expanded_words, value), Counter())
    if not isinstance(value, dict):
        return Counter()
    words = Counter()
    for name, inner in value.items():
        if not name.startswith("@"):
            assert name.startswith((SCHEMA, OWN, CITO)), name
            words[name.removeprefix(SCHEMA).removeprefix(OWN).removeprefix(CITO)] += len(inner)
        words += expanded_words(inner)
    return words


def nodes(value):
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)


def check(document):
    found = expanded(document)
    assert expanded_words(found) == compact_words(document)
    own_terms = {f"{OWN}{name}" for name in (*vocabulary.OWN_TYPES, *own_properties(), *codes())}
    for node in nodes(found):
        for kind in node.get("@type", []) if isinstance(node.get("@type"), list) else []:
            assert kind in own_terms | {f"{CITO}Citation"} or kind.removeprefix(SCHEMA) in REAL_TYPES, kind
        for name in node:
            is_known = name in own_terms or name.removeprefix(SCHEMA) in REAL_PROPERTIES
            assert name.startswith("@") or is_known or name.removeprefix(CITO) in vocabulary.CITO_LINKS, name
        if str(node.get("@id", "")).startswith(OWN):
            assert node["@id"] in own_terms
    return found


def own_properties():
    return {item["rdfs:label"] for item in vocabulary.terms(BASE)["@graph"]} | {
        item["@id"].removeprefix("kb:") for item in vocabulary.terms(BASE)["@graph"]
    }


def codes():
    return {f"{name}-{word.value}" for name, words in vocabulary.CODES.items() for word in words}


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_expands_whole(slug):
    document = content.topic(slug)
    data = jsonld.topic(document, BASE)
    check(data)
    assert len(data["hasPart"]) == sum(len(side.claims) for side in document.perspectives)
    assert sum(len(claim["response"]) for claim in data["hasPart"]) == len(document.responses)
    assert len(data["mentions"]) == len(document.events)


def test_the_guide_expands_whole():
    document = content.article()
    data = jsonld.article(document, BASE)
    check(data)
    assert len(data["hasPart"]) == len(document.passages)
    check(jsonld.article(factories.article_edition(), BASE))


def test_every_source_expands_whole():
    graph = {
        "@context": vocabulary.context(BASE),
        "@graph": [
            {
                name: value
                for name, value in jsonld.source(key, index_records.plain(record), BASE).items()
                if name != "@context"
            }
            for key, record in content.packs().sources.items()
        ],
    }
    assert len(expanded(graph)) == len(content.packs().sources)
    for key, record in factories.source_records().items():
        check(jsonld.source(key, record, BASE))


def test_a_source_keeps_what_is_known_and_no_more():
    record = {
        "type": "article-journal",
        "title": "Bridges",
        "author": [{"family": "Berg", "given": "Ana", "non-dropping-particle": "van den"}, {"literal": "World Bank"}],
        "container-title": "Journal of Bridges",
        "volume": "7",
        "issue": "2",
        "page": "1-9",
        "issued": "2018-05",
        "DOI": "10.1000/xyz",
        "publisher": "Press",
        "language": "en",
        "category": "peer-reviewed",
    }
    here = f"{BASE}/sources/berg2018/"
    periodical = {"@id": f"{here}#container", "@type": "Periodical", "name": "Journal of Bridges"}
    volume = {"@id": f"{here}#volume", "@type": "PublicationVolume", "volumeNumber": "7", "isPartOf": periodical}
    assert jsonld_sources.node("berg2018", record, BASE) == {
        "@id": f"{BASE}/sources/berg2018/",
        "@type": "ScholarlyArticle",
        "name": "Bridges",
        "datePublished": "2018-05",
        "inLanguage": "en",
        "pagination": "1-9",
        "author": [
            {
                "@id": f"{BASE}/people/ana-van-den-berg/",
                "@type": "Person",
                "name": "Ana van den Berg",
                "familyName": "Berg",
                "givenName": "Ana",
            },
            {"@id": f"{BASE}/people/world-bank/", "name": "World Bank"},
        ],
        "sameAs": "https://doi.org/10.1000/xyz",
        "publisher": {"@id": f"{here}#publisher", "@type": "Organization", "name": "Press"},
        "isPartOf": {"@id": f"{here}#issue", "@type": "PublicationIssue", "issueNumber": "2", "isPartOf": volume},
        "category": "kb:category-peer-reviewed",
    }


def test_a_report_has_its_number_and_a_volume_needs_no_container():
    report = jsonld_sources.node("x", {**factories.source_record(type="report", number="7"), "volume": "3"}, BASE)
    assert report["reportNumber"] == "7"
    record = factories.source_record(volume="3")
    for name in ("container-title", "issue"):
        record.pop(name, None)
    assert jsonld_sources.node("x", record, BASE)["isPartOf"] == {
        "@id": f"{BASE}/sources/x/#volume",
        "@type": "PublicationVolume",
        "volumeNumber": "3",
    }


def test_a_work_that_has_not_appeared_says_so():
    record = {name: value for name, value in factories.source_record(status="forthcoming").items() if name != "issued"}
    node = jsonld_sources.node("x", record, BASE)
    assert node["creativeWorkStatus"] == "forthcoming"


@pytest.mark.parametrize("kind", CslType)
def test_every_csl_type_becomes_a_real_type(kind):
    node = jsonld_sources.node("x", factories.source_record(type=kind.value), BASE)
    assert node["@type"] in REAL_TYPES
    assert (node["@type"] == "CreativeWork") == (kind not in jsonld_sources.TYPES)


def test_a_claim_alone_carries_its_sources():
    document = content.topic(content.TOPICS[0])
    sources = {key: index_records.plain(record) for key, record in document.sources.items()}
    for record in index_records.claim_records(document):
        data = jsonld.claim(record, sources, BASE)
        check(data)
        assert data["@id"] == f"{BASE}/api/v1/claims/{record['id']}/"
        assert [node["@id"] for node in data["citation"]] == list(
            dict.fromkeys(f"{BASE}/sources/{cite['source']}/" for cite in record["cites"])
        )
        stated = {cite["source"] for cite in record["cites"] if cite["relation"] == "states"}
        assert {node["@id"] for node in data.get("appearance", [])} == {f"{BASE}/sources/{key}/" for key in stated}
        for answer in record["answers"]:
            assert f"{BASE}/api/v1/claims/{answer['claim']}/" in data[answer["type"]]


def test_translated_quotations():
    claims = [claim for slug in content.TOPICS for claim in jsonld.topic(content.topic(slug), BASE)["hasPart"]]
    found = [node for node in nodes(claims) if "workTranslation" in node]
    assert found
    for node in found:
        assert node["@type"] == "Quotation"
        assert node["workTranslation"]["inLanguage"] == "en"
        assert node["workTranslation"]["translatedBy"]


def test_no_verdict_is_given():
    names = {*vocabulary.SCHEMA_TYPES, *vocabulary.SCHEMA_TEXTS, *vocabulary.SCHEMA_NODES, *vocabulary.SCHEMA_LINKS}
    assert not [name for name in names if "review" in name.lower() or "rating" in name.lower()]
    assert names == REAL_TYPES | REAL_PROPERTIES


def test_the_vocabulary_describes_every_term_of_ours():
    data = vocabulary.terms(BASE)
    expanded(data)
    described = {item["@id"].removeprefix("kb:") for item in data["@graph"]}
    used = {value for value in vocabulary.context(BASE).values() if isinstance(value, str) and value.startswith("kb:")}
    used |= {value["@id"] for value in vocabulary.context(BASE).values() if isinstance(value, dict)}
    assert {name.removeprefix("kb:") for name in used if name.startswith("kb:")} <= described
    assert codes() <= described
    assert all(item["rdfs:comment"] for item in data["@graph"])
