"""The table of Django's default cache, as `createcachetable` would make it: tries to sign in are counted there."""

from django.db import migrations

FORWARD = """
CREATE TABLE perspectives_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX perspectives_cache_expires ON perspectives_cache (expires);
"""
BACKWARD = "DROP TABLE perspectives_cache;"


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0021_dataset_retraction"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
