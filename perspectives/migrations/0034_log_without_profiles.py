"""The log says which fields of a profile changed, no longer what they held, and keys by their numbers, not their names.

Otherwise an account could not be erased. Where old entries hold such words, these are taken out and all links are made
anew, for which the chain must have been whole: a fault that somebody made must not be linked over.
"""

from django.db import migrations

FORWARD = """
LOCK TABLE perspectives_logentry IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE perspectives_logentry DISABLE TRIGGER USER;
ALTER TABLE perspectives_loglink DISABLE TRIGGER USER;
DO $$
DECLARE
    entry perspectives_logentry;
    link perspectives_loglink;
    before text := '';
    place bigint := 0;
BEGIN
    IF NOT EXISTS (
        SELECT FROM perspectives_logentry
        WHERE (code = 'account.changed' AND changes @? '$[*].keyvalue() ? (@.key != "path")')
            OR (code IN ('api-key.created', 'api-key.revoked') AND detail ? 'name')
    ) THEN
        RETURN;
    END IF;
    FOR link IN SELECT * FROM perspectives_loglink ORDER BY number LOOP
        place := place + 1;
        SELECT * INTO entry FROM perspectives_logentry WHERE id = link.entry_id;
        before := perspectives_log_hash(before, entry);
        IF link.number <> place OR link.sha256 IS DISTINCT FROM before THEN
            RAISE EXCEPTION 'The log is not what was written, at link %; see manage.py verify_editions of the version '
                'before, and restore a backup.', link.number;
        END IF;
    END LOOP;
    UPDATE perspectives_logentry SET changes = (
        SELECT coalesce(jsonb_agg(jsonb_build_object('path', one -> 'path')), '[]') FROM jsonb_array_elements(changes) AS one
    ) WHERE code = 'account.changed';
    UPDATE perspectives_logentry SET detail = detail - 'name' WHERE code IN ('api-key.created', 'api-key.revoked');
    before := '';
    FOR link IN SELECT * FROM perspectives_loglink ORDER BY number LOOP
        SELECT * INTO entry FROM perspectives_logentry WHERE id = link.entry_id;
        before := perspectives_log_hash(before, entry);
        UPDATE perspectives_loglink SET sha256 = before WHERE number = link.number;
    END LOOP;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE perspectives_logentry ENABLE TRIGGER USER;
ALTER TABLE perspectives_loglink ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0033_erasure_checked'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
