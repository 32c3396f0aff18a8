"""Retractions of editions; like editions they only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER perspectives_retraction_is_append_only BEFORE UPDATE OR DELETE ON perspectives_retraction
FOR EACH ROW EXECUTE FUNCTION perspectives_refuse_change();
"""
BACKWARD = "DROP TRIGGER perspectives_retraction_is_append_only ON perspectives_retraction;"


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0017_source_states"),
    ]

    operations = [
        migrations.CreateModel(
            name="Retraction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retractions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retraction",
                        to="perspectives.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note__regex", "\\S")),
                        name="perspectives_retraction_is_not_blank",
                        violation_error_message="Fill in: note.",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
