"""The event log is a chain: each entry's hash is of the hash before it and of the entry itself.

The links are made at commit, so that the lock that puts them into one order is held for the commit alone, however long
a transaction was. The name of the trigger lets the checks of foreign keys ("RI_…") come before it: nothing that waits
for another transaction is left to do once the lock is held.
"""

import django.db.models.deletion
from django.db import migrations, models

LOCK = 7_305_007
FORWARD = f"""
CREATE FUNCTION perspectives_log_hash(previous text, entry perspectives_logentry) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT encode(sha256(convert_to(previous || ' ' || (
        SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(entry)) WHERE jsonb_typeof(value) <> 'null'
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION perspectives_chain_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last perspectives_loglink;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT * INTO last FROM perspectives_loglink ORDER BY number DESC LIMIT 1;
    INSERT INTO perspectives_loglink (number, entry_id, sha256) VALUES (
        coalesce(last.number, 0) + 1, NEW.id, perspectives_log_hash(coalesce(last.sha256, ''), NEW)
    );
    RETURN NULL;
END $$;

LOCK TABLE perspectives_logentry IN SHARE ROW EXCLUSIVE MODE;
DO $$
DECLARE
    entry perspectives_logentry;
    before text := '';
    place bigint := 0;
BEGIN
    FOR entry IN SELECT * FROM perspectives_logentry ORDER BY id LOOP
        place := place + 1;
        before := perspectives_log_hash(before, entry);
        INSERT INTO perspectives_loglink (number, entry_id, sha256) VALUES (place, entry.id, before);
    END LOOP;
END $$;

CREATE TRIGGER perspectives_loglink_is_append_only BEFORE UPDATE OR DELETE ON perspectives_loglink
FOR EACH ROW EXECUTE FUNCTION perspectives_refuse_change();
CREATE CONSTRAINT TRIGGER perspectives_logentry_is_chained AFTER INSERT ON perspectives_logentry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION perspectives_chain_entry();
"""
BACKWARD = """
DROP TRIGGER perspectives_logentry_is_chained ON perspectives_logentry;
DROP TRIGGER perspectives_loglink_is_append_only ON perspectives_loglink;
DROP FUNCTION perspectives_chain_entry();
DROP FUNCTION perspectives_log_hash(text, perspectives_logentry);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0030_terms_of_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogLink",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="perspectives.logentry",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={"ordering": ("number",)},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
