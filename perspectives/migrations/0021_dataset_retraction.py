"""A dataset says which of its editions were retracted, so that a retraction makes another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("perspectives", "0020_desk_queues"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="retraction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="datasets",
                to="perspectives.retraction",
            ),
        ),
    ]
