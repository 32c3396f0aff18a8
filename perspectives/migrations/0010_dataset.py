"""The dataset: everything that is published as one zip. The database recomputes its hash."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
ALTER TABLE perspectives_dataset ADD CONSTRAINT perspectives_dataset_hash_is_of_its_body
CHECK (sha256 = encode(sha256(body), 'hex'));
"""
BACKWARD = "ALTER TABLE perspectives_dataset DROP CONSTRAINT perspectives_dataset_hash_is_of_its_body;"


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0009_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=64)),
                ('form', models.CharField(max_length=20)),
                ('sha256', models.CharField(max_length=64)),
                ('body', models.BinaryField()),
                ('manifest', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='perspectives.edition')),
            ],
            options={
                'ordering': ('-edition_id', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('state', 'form'), name='perspectives_dataset_is_made_once'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('state__regex', '^[0-9a-f]{64}$')), name='perspectives_dataset_hashes_are_such', violation_error_message='Give a SHA-256 in hexadecimal.')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
