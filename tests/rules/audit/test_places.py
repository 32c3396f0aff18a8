"""Every finding names the part of a draft in which it is mended."""

import pytest

from perspectives.rules.audit.places import part_path
from perspectives.rules.documents import parts
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from tests import factories


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("o3", "perspectives/replace/claims/o3"),
        ("wait", "perspectives/wait"),
        ("perspectives[0].held_by", "perspectives/repair"),
        ("events/1", "events/1"),
        ("common_ground/0", "common_ground/0"),
        ("terms", "head"),
        ("background", "head"),
    ],
)
def test_a_place_leads_to_its_part(place, path):
    topic = TopicDocument.model_validate(factories.topic_document())
    assert part_path(topic, place) == path
    assert parts.find(plain(topic), path)
