"""Handouts: editions as files to carry away. The database recomputes the hash of each."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
ALTER TABLE perspectives_handout ADD CONSTRAINT perspectives_handout_hash_is_of_its_file
CHECK (body IS NULL OR sha256 = encode(sha256(body), 'hex'));
"""
BACKWARD = "ALTER TABLE perspectives_handout DROP CONSTRAINT perspectives_handout_hash_is_of_its_file;"


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0010_dataset'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word (DOCX)'), ('epub', 'EPUB')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('making', 'Being made'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', max_length=20)),
                ('form', models.CharField(max_length=300)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, default='')),
                ('made_at', models.DateTimeField(null=True)),
                ('body', models.BinaryField(null=True)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handouts', to='perspectives.edition')),
            ],
            options={
                'ordering': ('edition_id', 'format'),
                'constraints': [models.CheckConstraint(condition=models.Q(('format__in', ['pdf', 'docx', 'epub']), ('format__isnull', False)), name='perspectives_handout_format_is_known', violation_error_message='Choose one of: pdf, docx, epub.'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'making', 'ready', 'failed']), ('state__isnull', False)), name='perspectives_handout_state_is_known', violation_error_message='Choose one of: waiting, making, ready, failed.'), models.UniqueConstraint(fields=('edition', 'format'), name='perspectives_handout_is_made_once'), models.UniqueConstraint(condition=models.Q(('state', 'making')), fields=('state',), name='perspectives_handout_one_is_made_at_a_time', violation_error_message='Another handout is being made.'), models.CheckConstraint(condition=models.Q(models.Q(('attempts', 0), ('begun_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('attempts__gte', 1), ('begun_at__isnull', False)), _connector='OR'), name='perspectives_handout_attempts_have_begun', violation_error_message='What was tried has the number and the time of its attempts.'), models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', False), ('made_at__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('body', None), ('made_at', None), ('sha256', '')), _connector='OR'), name='perspectives_handout_is_ready_when_there_is_a_file', violation_error_message='What is ready has a file with its time and hash; nothing else has one.'), models.CheckConstraint(condition=models.Q(models.Q(('error__regex', '\\S'), ('state', 'failed')), models.Q(models.Q(('state', 'failed'), _negated=True), ('error', '')), _connector='OR'), name='perspectives_handout_failure_has_a_reason', violation_error_message='A failure has its reason, and nothing else has one.')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
