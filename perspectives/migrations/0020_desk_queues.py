"""The desk lists the entries of all intakes that wait for a person."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0019_history"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="intakeentry",
            index=models.Index(
                fields=["batch", "number"],
                condition=models.Q(("state__in", ["ready", "duplicate", "failed"])),
                name="intakeentry_to_decide",
            ),
        ),
    ]
