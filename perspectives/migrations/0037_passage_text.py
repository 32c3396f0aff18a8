"""Passages say in which text their positions count, by its SHA-256; those that came from packs say nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0036_codes_checked'),
    ]

    operations = [
        migrations.AddField(
            model_name='passage',
            name='text_sha256',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
