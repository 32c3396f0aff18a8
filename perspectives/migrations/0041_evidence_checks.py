"""Checks of evidence by a machine, the servers that they ask, reports to readers, and notices of retractions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0040_people_checked'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True)),
                ('free_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('free_at',),
            },
        ),
        migrations.CreateModel(
            name='CheckReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RetractionNotice',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('doi', models.TextField(db_index=True)),
                ('outcome', models.CharField(choices=[('found', 'Words found'), ('cut', 'Cut'), ('near', 'Nearly the words'), ('altered', 'Altered'), ('missing', 'Words not found'), ('not-checkable', 'Not checkable'), ('no-text', 'No text'), ('ok', 'Works'), ('moved', 'Moved'), ('gone', 'Gone'), ('soft-404', 'Says that it is gone'), ('blocked', 'Closed to programs'), ('not-listed', 'None on record'), ('corrected', 'Corrected'), ('concern', 'Expression of concern'), ('retracted', 'Retracted'), ('unreachable', 'Unreachable')], max_length=20)),
                ('noticed_on', models.CharField(blank=True, default='', max_length=10)),
                ('notice_doi', models.TextField(blank=True, default='')),
                ('reasons', models.TextField(blank=True, default='')),
            ],
            options={
                'ordering': ('number',),
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ('not-listed', 'corrected', 'concern', 'retracted', 'unreachable'))), name='perspectives_retractionnotice_outcome_is_known', violation_error_message='Say what the notice means for the work.')],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quotation', 'Quotation'), ('link', 'Link'), ('retraction', 'Retraction')], max_length=20)),
                ('quote', models.TextField(blank=True, default='')),
                ('is_translated', models.BooleanField(default=False)),
                ('asked', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed for good')], default='waiting', max_length=20)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('planned_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('found', 'Words found'), ('cut', 'Cut'), ('near', 'Nearly the words'), ('altered', 'Altered'), ('missing', 'Words not found'), ('not-checkable', 'Not checkable'), ('no-text', 'No text'), ('ok', 'Works'), ('moved', 'Moved'), ('gone', 'Gone'), ('soft-404', 'Says that it is gone'), ('blocked', 'Closed to programs'), ('not-listed', 'None on record'), ('corrected', 'Corrected'), ('concern', 'Expression of concern'), ('retracted', 'Retracted'), ('unreachable', 'Unreachable')], default='', max_length=20)),
                ('sentence', models.TextField(blank=True, default='')),
                ('is_current', models.BooleanField(default=False)),
                ('again_at', models.DateTimeField(null=True)),
                ('origin', models.CharField(blank=True, choices=[('address', 'At its address'), ('archive', 'In an archived copy'), ('file', 'In a file')], default='', max_length=20)),
                ('address', models.TextField(blank=True, default='')),
                ('passage', models.CharField(blank=True, default='', max_length=1400)),
                ('text_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('detail', models.JSONField(default=dict)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='perspectives.source')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='perspectives.checkhost')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='perspectives.checkreport')),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(condition=models.Q(('state__in', ('waiting', 'running'))), fields=['state', 'due_at'], name='check_to_be_made'), models.Index(condition=models.Q(('is_current', True), ('report', None)), fields=['finished_at'], name='check_unreported'), models.Index(fields=['report'], name='check_by_report')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['quotation', 'link', 'retraction']), ('kind__isnull', False)), name='perspectives_check_kind_is_known', violation_error_message='Choose one of: quotation, link, retraction.'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed']), ('state__isnull', False)), name='perspectives_check_state_is_known', violation_error_message='Choose one of: waiting, running, done, failed.'), models.CheckConstraint(condition=models.Q(('outcome__in', ['found', 'cut', 'near', 'altered', 'missing', 'not-checkable', 'no-text', 'ok', 'moved', 'gone', 'soft-404', 'blocked', 'not-listed', 'corrected', 'concern', 'retracted', 'unreachable', '']), ('outcome__isnull', False)), name='perspectives_check_outcome_is_known', violation_error_message='Choose one of: found, cut, near, altered, missing, not-checkable, no-text, ok, moved, gone, soft-404, blocked, not-listed, corrected, concern, retracted, unreachable.'), models.CheckConstraint(condition=models.Q(('origin__in', ['address', 'archive', 'file', '']), ('origin__isnull', False)), name='perspectives_check_origin_is_known', violation_error_message='Choose one of: address, archive, file.'), models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('kind', 'source', 'quote'), name='perspectives_check_one_is_live_a_target', violation_error_message='This is being checked already.'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('kind', 'source', 'quote'), name='perspectives_check_one_is_current_a_target', violation_error_message='This has a newer outcome already.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'quotation'), ('quote__regex', '\\S')), models.Q(models.Q(('kind', 'quotation'), _negated=True), ('quote', '')), _connector='OR'), name='perspectives_check_of_a_quotation_has_its_words', violation_error_message="A quotation's check names its words, and no other does."), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'quotation'), ('outcome__in', ['found', 'cut', 'near', 'altered', 'missing', 'not-checkable', 'no-text', 'unreachable', ''])), models.Q(('kind', 'link'), ('outcome__in', ['ok', 'moved', 'gone', 'soft-404', 'blocked', 'unreachable', ''])), models.Q(('kind', 'retraction'), ('outcome__in', ['not-listed', 'corrected', 'concern', 'retracted', 'unreachable', ''])), _connector='OR'), name='perspectives_check_outcome_is_of_its_kind', violation_error_message='A check of this kind cannot end so.'), models.CheckConstraint(condition=models.Q(models.Q(('attempts__gte', 1), ('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until', None)), _connector='OR'), name='perspectives_check_runs_under_a_lease', violation_error_message='What runs says until when, and nothing else does.'), models.CheckConstraint(condition=models.Q(models.Q(('again_at__isnull', False), ('finished_at__isnull', False), ('sentence__regex', '\\S'), ('state__in', ('done', 'failed')), models.Q(('outcome', ''), _negated=True)), models.Q(('again_at', None), ('finished_at', None), ('is_current', False), ('outcome', ''), ('report', None), ('state__in', ('waiting', 'running'))), _connector='OR'), name='perspectives_check_has_an_outcome_when_it_is_over', violation_error_message='What is over has its outcome, a sentence and a time; nothing else has.'), models.CheckConstraint(condition=models.Q(models.Q(('fetched_at', None), ('origin', ''), ('passage', ''), ('text_sha256', '')), models.Q(models.Q(('origin', ''), _negated=True), ('address__regex', '\\S'), ('fetched_at__isnull', False), ('text_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='perspectives_check_says_what_was_read', violation_error_message='A text that was read has its hash, its place and its time.'), models.CheckConstraint(condition=models.Q(('state__in', ('done', 'failed')), models.Q(('host__isnull', False), models.Q(('asked', ''), _negated=True)), _connector='OR'), name='perspectives_check_knows_whom_to_ask', violation_error_message='What is to be checked names an address and its server.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), ('outcome', 'unreachable'), _connector='OR'), name='perspectives_check_failed_found_nothing', violation_error_message='A check that failed has found nothing.')],
            },
        ),
    ]
