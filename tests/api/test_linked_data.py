"""The graph of everything over the API, and its shapes."""

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF

from perspectives.actions.publication import retracting
from perspectives.models import Edition
from perspectives.queries.publication import published
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/"
SCHEMA = rdflib.Namespace("https://schema.org/")


def read(client, address, form):
    response = client.get(f"{API}{address}")
    assert response.status_code == 200
    return rdflib.Graph().parse(data=response.content, format=form)


def test_the_graph_has_everything_at_the_addresses_of_the_site(client, library, settings):
    found = read(client, "graph.ttl", "turtle")
    assert set(found) == set(read(client, "graph.nt", "nt"))
    ids = published.claims().values_list("public_id", flat=True)
    claims = {f"{settings.SITE_URL}/api/v1/claims/{one}/" for one in ids}
    assert {str(one) for one in found.subjects(RDF.type, SCHEMA.Claim)} == claims
    sources = {f"{settings.SITE_URL}/sources/{key}/" for key in published.sources().values_list("key", flat=True)}
    assert sources <= {str(one) for one in found.subjects()}
    assert [one["@type"] for one in client.get(f"{API}graph.jsonld").json()["@graph"]].count("LearningResource") == 3


def test_the_graph_is_read_in_few_queries_and_told_of_in_none(client, library, django_assert_num_queries):
    with django_assert_num_queries(0):
        told = client.get(f"{API}graph/").json()
    for file in told["files"]:
        with django_assert_num_queries(7):  # five, and the savepoint around them
            response = client.get(file["url"])
        assert response["Content-Type"].partition(";")[0] == file["media_type"]
    for address in (told["shapes"], told["vocabulary"]):
        assert client.get(address)["Content-Type"] == "text/turtle; charset=utf-8"


def test_the_published_shapes_hold_for_a_published_topic(client, library):
    kept_to = read(client, "shapes.ttl", "turtle")
    found = read(client, f"topics/{factories.TOPIC}.ttl", "turtle")
    conforms, _, text = pyshacl.validate(found, shacl_graph=kept_to)
    assert conforms, text


def test_what_was_retracted_says_so(client, library, settings):
    assert b"creativeWorkStatus" not in client.get(f"{API}graph.nt").content
    edition = Edition.objects.get(current_for_topic__slug=factories.TOPIC)
    retracting.retract(edition_id=edition.pk, note="A source was withdrawn.", by=library.chief)
    found = read(client, "graph.ttl", "turtle")
    [(subject, status)] = found.subject_objects(SCHEMA.creativeWorkStatus)
    assert (str(subject), str(status)) == (f"{settings.SITE_URL}/topics/{factories.TOPIC}/", "Retracted")
