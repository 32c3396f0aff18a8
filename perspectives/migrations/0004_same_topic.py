"""Claims, responses and gaps stay within their topic, and a topic has one author perspective (checked at commit)."""

from django.db import migrations

FORWARD = """
ALTER TABLE perspectives_perspective ADD CONSTRAINT perspectives_perspective_id_and_topic UNIQUE (id, topic_id);
ALTER TABLE perspectives_claim ADD CONSTRAINT perspectives_claim_id_and_topic UNIQUE (id, topic_id);
ALTER TABLE perspectives_claim ADD CONSTRAINT perspectives_claim_topic_is_its_perspectives
    FOREIGN KEY (perspective_id, topic_id) REFERENCES perspectives_perspective (id, topic_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE perspectives_response ADD CONSTRAINT perspectives_response_from_is_of_its_topic
    FOREIGN KEY (from_claim_id, topic_id) REFERENCES perspectives_claim (id, topic_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE perspectives_response ADD CONSTRAINT perspectives_response_to_is_of_its_topic
    FOREIGN KEY (to_claim_id, topic_id) REFERENCES perspectives_claim (id, topic_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE perspectives_gap ADD CONSTRAINT perspectives_gap_claim_is_of_its_topic
    FOREIGN KEY (claim_id, topic_id) REFERENCES perspectives_claim (id, topic_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE perspectives_perspective ADD CONSTRAINT perspectives_perspective_one_is_the_authors
    EXCLUDE USING btree (topic_id WITH =) WHERE (stance = 'author') DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE perspectives_perspective DROP CONSTRAINT perspectives_perspective_one_is_the_authors;
ALTER TABLE perspectives_gap DROP CONSTRAINT perspectives_gap_claim_is_of_its_topic;
ALTER TABLE perspectives_response DROP CONSTRAINT perspectives_response_to_is_of_its_topic;
ALTER TABLE perspectives_response DROP CONSTRAINT perspectives_response_from_is_of_its_topic;
ALTER TABLE perspectives_claim DROP CONSTRAINT perspectives_claim_topic_is_its_perspectives;
ALTER TABLE perspectives_claim DROP CONSTRAINT perspectives_claim_id_and_topic;
ALTER TABLE perspectives_perspective DROP CONSTRAINT perspectives_perspective_id_and_topic;
"""


class Migration(migrations.Migration):
    dependencies = [("perspectives", "0003_edition_hash")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
