"""The database recomputes an edition's SHA-256: a body that does not match its hash cannot be stored."""

from django.db import migrations

FORWARD = """
ALTER TABLE perspectives_edition ADD CONSTRAINT perspectives_edition_hash_is_of_its_body
CHECK (sha256 = encode(sha256(body), 'hex'));
"""
BACKWARD = "ALTER TABLE perspectives_edition DROP CONSTRAINT perspectives_edition_hash_is_of_its_body;"


class Migration(migrations.Migration):
    dependencies = [("perspectives", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
