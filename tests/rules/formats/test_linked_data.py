"""Linked data as triples: rdflib reads the same from each format, and pyshacl finds nothing against our shapes."""

import json
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyld import jsonld as processor
from rdflib.namespace import RDF

from perspectives.rules.formats.linked_data import (
    addresses,
    graph,
    jsonld,
    jsonld_sources,
    page_data,
    triples,
    vocabulary,
)
from perspectives.rules.formats.linked_data.jsonld_checks import Found, with_found
from perspectives.rules.formats.linked_data.shapes import shapes
from perspectives.rules.publication import dataset_descriptions
from perspectives.rules.publication.index_records import claim_records, plain
from perspectives.vocab import Relation, ResponseType
from tests import content, factories

BASE = "https://kb.example"
CITO = rdflib.Namespace(vocabulary.CITO)
KB = rdflib.Namespace(addresses.vocabulary(BASE))
SCHEMA = rdflib.Namespace(vocabulary.SCHEMA)
FORMATS = Path("docs/formats.md")
REAL_CITO = {
    "agreesWith", "citesAsSourceDocument", "critiques", "disagreesWith", "disputes", "hasCitationCharacterization",
    "hasCitedEntity", "hasCitingEntity", "obtainsBackgroundFrom", "obtainsSupportFrom", "qualifies", "supports",
}  # fmt: skip
"""Properties that CiTO 2.8 has."""


def read(text, form):
    return rdflib.Graph().parse(data=text, format=form)


def from_jsonld(document):
    """Read JSON-LD with pyld, which rdflib's own reader knows nothing of; nothing is fetched."""
    return read(processor.to_rdf(document, {"format": "application/n-quads", "documentLoader": None}), "nt")


def turtle(*nodes):
    return read("".join(triples.turtle(nodes, BASE)), "turtle")


@cache
def our_shapes():
    return read(shapes(BASE), "turtle")


@cache
def their_shapes():
    return rdflib.Graph().parse(Path(__file__).with_name("schema_org.ttl"), format="turtle")


def violations(found, kept_to):
    conforms, report, text = pyshacl.validate(found, shacl_graph=kept_to)
    assert conforms or isinstance(report, rdflib.Graph)
    return "" if conforms else text


@cache
def described(slug):
    return jsonld.topic(content.topic(slug), BASE)


def whole_nodes(retracted=()):
    topics = map(content.topic, content.TOPICS)
    sources = ((key, plain(record)) for key, record in content.packs().sources.items())
    return graph.nodes(topics, [content.article()], sources, BASE, retracted=retracted)


def nodes_within(value):
    if isinstance(value, list):
        for one in value:
            yield from nodes_within(one)
    elif isinstance(value, dict):
        if set(value) - {"@context"}:
            yield value
        for name, one in value.items():
            if name != "@context":
                yield from nodes_within(one)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_a_topic_says_the_same_in_each_format_and_keeps_to_all_shapes(slug):
    node = described(slug)
    found = turtle(node)
    assert set(found) == set(from_jsonld(node))
    assert set(found) == set(read("".join(triples.ntriples([node], BASE)), "nt"))
    assert not [one for one in found.all_nodes() if isinstance(one, rdflib.BNode)]
    assert violations(found, our_shapes()) == ""
    assert violations(found, their_shapes()) == ""


def test_what_was_found_stands_beside_quotations_and_works():
    node = jsonld.topic(factories.topic_edition(), BASE)
    quoted = next(one for one in inner(node) if one.get("@type") == "Quotation")
    address = quoted["isPartOf"]["@id"]
    key = next(key for key in factories.source_records() if addresses.source(BASE, key) == address)
    work = {"source": key, "on": "2026-05-31", "kind": "retraction", "outcome": "retracted", "sentence": "Taken back."}
    seen = {"source": key, "quote": quoted["text"], "sentence": "Seen by an editor."}
    told = [one for one in inner(with_found(node, Found([work], [seen]), BASE)) if "@type" in one]
    (about,) = (one for one in told if one.get("creativeWorkStatus") == "Retracted")
    assert about["@id"] == address
    assert [one["description"] for one in about["machineCheck"]] == ["Taken back."]
    assert {one["text"] for one in told if "editorConfirmation" in one} == {quoted["text"]}
    assert with_found(node, Found(), BASE) is node


def inner(node):
    """List a node and all within it."""
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inner(value)


def test_the_guide_says_the_same_in_each_format_and_keeps_to_all_shapes():
    node = jsonld.article(content.article(), BASE)
    found = turtle(node)
    assert set(found) == set(from_jsonld(node))
    assert violations(found, our_shapes()) == ""
    assert violations(found, their_shapes()) == ""


@pytest.mark.timeout(240)
def test_the_whole_graph_keeps_to_all_shapes_and_has_each_topic():
    found = read("".join(triples.ntriples(whole_nodes(), BASE)), "nt")
    assert violations(found, our_shapes()) == ""
    assert violations(found, their_shapes()) == ""
    assert len(set(found.subjects(RDF.type, SCHEMA.LearningResource))) == len(content.TOPICS) + 1
    assert set(found.subjects(KB.category)) == {
        rdflib.URIRef(addresses.source(BASE, key)) for key in content.packs().sources
    }


def test_the_whole_graph_says_the_same_in_each_format():
    def few():
        sources = [(key, record) for key, record in factories.source_records().items()]
        documents = [factories.topic_edition()]
        return graph.nodes(documents, [factories.article_edition()], sources, BASE, retracted={retracted})

    retracted = addresses.topic(BASE, factories.TOPIC)
    found = read("".join(triples.turtle(few(), BASE)), "turtle")
    assert set(found) == set(from_jsonld(json.loads("".join(graph.jsonld_text(few(), BASE)))))
    lines = "".join(triples.ntriples(few(), BASE)).splitlines()
    assert set(found) == set(read("\n".join(lines), "nt"))
    assert list(found.subject_objects(SCHEMA.creativeWorkStatus)) == [
        (rdflib.URIRef(retracted), rdflib.Literal("Retracted"))
    ]
    assert json.loads("".join(graph.jsonld_text([], BASE)))["@graph"] == []


def test_an_earlier_block_is_not_said_again():
    person = {"@id": f"{BASE}/people/x/", "name": "X"}
    again = {**person, "name": ["X", "X"]}
    assert "".join(triples.ntriples([person, again], BASE)).count("\n") == 1


def test_claims_sources_and_the_vocabulary_say_the_same_in_each_format():
    document = factories.topic_edition()
    sources = {key: plain(record) for key, record in document.sources.items()}
    made = [jsonld.claim(record, sources, BASE) for record in claim_records(document)]
    made += [jsonld.source(key, plain(record), BASE) for key, record in content.packs().sources.items()]
    made.append(vocabulary.terms(BASE))
    for node in made:
        assert set(turtle(node)) == set(from_jsonld(node))


@pytest.mark.parametrize(
    "text",
    [
        'say "no"',
        "back\\slash",
        "line\nbreak\r\ttab",
        "\x08\x0c\x1f",
        "snow \N{SNOWMAN} \N{MATHEMATICAL FRAKTUR CAPITAL U}",
        "<https://x>",
        "",
    ],
)
def test_any_text_comes_back(text):
    node = {"@context": vocabulary.context(BASE), "@id": f"{BASE}/x", "name": text, "version": -3}
    expected = {(rdflib.Literal(text)), rdflib.Literal(-3)}
    assert set(turtle(node).objects()) == expected
    assert set(read("".join(triples.ntriples([node], BASE)), "nt").objects()) == expected


def test_what_has_no_address_is_refused():
    with pytest.raises(KeyError):
        list(triples.triples({"@id": f"{BASE}/x", "crux": {"name": "Without"}}, vocabulary.prefixes(BASE)))


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_part_has_an_address_of_its_own(slug):
    """None stands for two things: what is described at one address is described once, but for people and ourselves."""
    seen = {}
    for node in nodes_within(described(slug)):
        if "@type" not in node or node["@type"] in ("Organization", "Person"):
            continue
        assert seen.setdefault(node["@id"], node) is node, node["@id"]
    assert len(seen) > 100


def test_an_address_does_not_depend_on_the_place():
    """Citations, agreements, cruxes and events that come before others leave the addresses of these as they were."""
    first = {"source": "a2001", "relation": "states"}
    again, other = {**first, "locator": "p. 2"}, {"source": "b2002", "relation": "supports"}
    before = jsonld_evidence([first, again])
    after = jsonld_evidence([other, first, again])
    assert before == [f"{BASE}/x#cites-a2001", f"{BASE}/x#cites-a2001.2"]
    assert after == [f"{BASE}/x#cites-b2002", *before]
    assert addresses.named_by_words("p", "crux", "Who?") == addresses.named_by_words("p", "crux", "Who?")
    assert addresses.named_by_words("p", "crux", "Who?") != addresses.named_by_words("p", "crux", "Why?")


def jsonld_evidence(cites):
    made = jsonld.jsonld_citations.of_owner(f"{BASE}/x", {"cites": cites}, BASE)
    return [node["@id"] for node in made["evidence"]]


def test_a_chapters_isbn_is_its_books():
    record = {**factories.source_record(type="chapter"), "container-title": "A Book", "ISBN": "9780306406157"}
    node = jsonld_sources.node("x", record, BASE)
    assert "isbn" not in node
    while node["@type"] != "Book":
        node = node["isPartOf"]
    assert node["isbn"] == "9780306406157"
    report = jsonld_sources.node("x", {**factories.source_record(type="report"), "ISBN": "9780306406157"}, BASE)
    assert (report["@type"], report["isbn"]) == (["Report", "Book"], "9780306406157")


# Each takes a good graph and breaks it in one way.
def without(prop):
    return lambda found: found.remove((None, prop, None))


def with_value(prop, value):
    def change(found):
        subject = next(found.subjects(prop))
        found.set((subject, prop, value))

    return change


def second(prop, value):
    return lambda found: found.add((next(found.subjects(prop)), prop, value))


def blank(found):
    found.add((rdflib.BNode(), RDF.type, SCHEMA.Claim))


def other_intent(found):
    evidence = next(found.subjects(KB.relation, KB["relation-states"]))
    found.set((evidence, CITO.hasCitationCharacterization, CITO.obtainsSupportFrom))


def other_work(found):
    evidence = next(found.subjects(KB.source))
    found.set((evidence, CITO.hasCitedEntity, rdflib.URIRef(f"{BASE}/sources/elsewhere/")))


def nameless_author(found):
    person = next(found.objects(None, KB.statedBy))
    found.remove((person, SCHEMA.name, None))


@pytest.mark.parametrize(
    "damage",
    [
        without(SCHEMA.text),
        without(KB.stance),
        without(KB.kind),
        without(KB.evidence),
        without(KB.relation),
        without(KB.source),
        without(KB.answeredClaim),
        without(KB.wouldSettle),
        without(KB.category),
        without(SCHEMA.inLanguage),
        without(CITO.hasCitingEntity),
        without(CITO.hasCitationCharacterization),
        with_value(KB.stance, KB["stance-angry"]),
        with_value(KB.stance, rdflib.Literal("author")),
        with_value(KB.quoteStatus, KB["quoteStatus-verified"]),
        with_value(SCHEMA.version, rdflib.Literal("one")),
        with_value(SCHEMA.version, rdflib.Literal(0)),
        with_value(SCHEMA.datePublished, rdflib.Literal("in May")),
        with_value(KB.answeredClaim, rdflib.URIRef(f"{BASE}/api/v1/claims/x/gone/")),
        second(KB.relation, KB["relation-disputes"]),
        second(KB.cruxKind, KB["cruxKind-none"]),
        blank,
        other_intent,
        other_work,
        nameless_author,
    ],
)
def test_our_shapes_find_what_is_broken(damage):
    found = turtle(described("minsk-ii"))
    before = len(found), set(found)
    damage(found)
    assert (len(found), set(found)) != before
    assert "Constraint Violation" in violations(found, our_shapes())


@pytest.mark.parametrize(
    "damage",
    [
        without(SCHEMA.name),
        without(SCHEMA.text),
        without(SCHEMA.startDate),
        with_value(SCHEMA.datePublished, rdflib.Literal("May 2018")),
        lambda found: found.add((next(found.subjects(RDF.type, SCHEMA.Claim)), SCHEMA.isbn, rdflib.Literal("1"))),
        lambda found: found.add((rdflib.URIRef(f"{BASE}/r"), RDF.type, SCHEMA.ClaimReview)),
    ],
)
def test_the_shapes_of_schema_org_find_what_is_broken(damage):
    found = turtle(described("minsk-ii"))
    damage(found)
    assert "Constraint Violation" in violations(found, their_shapes())


def test_the_dataset_and_the_pages_of_topics_keep_to_schema_org():
    manifest = {
        "state": "0" * 64,
        "published_at": "2026-11-28T00:00:00+00:00",
        "zip": {"name": "x.zip", "url": f"{BASE}/x.zip", "media_type": "application/zip", "bytes": 1, "sha256": "0"},
        "files": [{"name": "claims.csv", "bytes": 1, "sha256": "0", "media_type": "text/csv"}],
    }
    told = dataset_descriptions.croissant(manifest, f"{BASE}/api/v1/dataset/")
    found = from_jsonld(told)
    assert len(found) > 20
    assert violations(found, their_shapes()) == ""
    for damage in (without(SCHEMA.description), without(SCHEMA.contentUrl), without(SCHEMA.name)):
        broken = rdflib.Graph() + found
        damage(broken)
        assert violations(broken, their_shapes())
    for slug in content.TOPICS:
        address = f"{BASE}/topics/{slug}/"
        page = json.loads(page_data.page_data(content.topic(slug), address, "2026-11-28T00:00:00+00:00"))
        # The real context is on the network; it takes every name for schema.org's.
        found = from_jsonld({**page, "@context": {"@vocab": vocabulary.SCHEMA}})
        assert violations(found, their_shapes()) == ""


def test_every_relation_and_response_has_an_intent_that_cito_has():
    assert set(vocabulary.CITATION_INTENTS) == set(Relation)
    assert set(vocabulary.RESPONSE_INTENTS) == set(ResponseType)
    assert set(vocabulary.CITO_LINKS) == REAL_CITO


def test_the_intents_are_those_of_the_document():
    told = FORMATS.read_text(encoding="utf-8")
    for ours, term in {**vocabulary.CITATION_INTENTS, **vocabulary.RESPONSE_INTENTS}.items():
        assert f"| `{ours.value}` | `cito:{term}` |" in told


def test_claims_and_works_are_joined_by_intents():
    document = content.topic("minsk-ii")
    found = turtle(described("minsk-ii"))
    for side in document.perspectives:
        for claim in side.claims:
            subject = rdflib.URIRef(addresses.claim(BASE, f"minsk-ii/{claim.id}"))
            for relation, term in vocabulary.CITATION_INTENTS.items():
                keys = {cite.source for cite in claim.cites if cite.relation is relation}
                assert set(found.objects(subject, CITO[term])) == {
                    rdflib.URIRef(addresses.source(BASE, key)) for key in keys
                }
    for link in document.responses:
        ends = [rdflib.URIRef(addresses.claim(BASE, f"minsk-ii/{one}")) for one in (link.from_claim, link.to_claim)]
        assert (ends[0], CITO[vocabulary.RESPONSE_INTENTS[link.type]], ends[1]) in found
