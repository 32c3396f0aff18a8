"""Editions and the event log can only grow: a trigger refuses changes and deletions."""

from django.db import migrations

TABLES = ("perspectives_edition", "perspectives_logentry")

FORWARD = """
CREATE FUNCTION perspectives_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION perspectives_refuse_change();\n"
    for table in TABLES
)
BACKWARD = (
    "".join(f"DROP TRIGGER {table}_is_append_only ON {table};\n" for table in TABLES)
    + "DROP FUNCTION perspectives_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("perspectives", "0001_tables")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
