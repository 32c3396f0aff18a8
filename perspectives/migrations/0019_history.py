"""The history is found by topic, by deed and by the path of a part."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0018_retractions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["topic", "-id"], name="logentry_topic_newest"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["code", "-id"], name="logentry_code_newest"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["changes"], name="logentry_changes_paths", opclasses=["jsonb_path_ops"]
            ),
        ),
    ]
