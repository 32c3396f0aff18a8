"""Published claims tell who states them; the next start cuts the rows anew, so that they know."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0023_brief_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedclaim",
            name="stated_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(max_length=80), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="publishedclaim",
            index=django.contrib.postgres.indexes.GinIndex(fields=["stated_by"], name="publishedclaim_stated_by"),
        ),
    ]
