"""Suggestions: changes that readers propose, what is said about them, and what becomes of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0013_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('citation', 'Citation for a claim'), ('quotation', 'Better quotation or locator'), ('gap-answer', 'Answer to a gap'), ('correction', 'Correction'), ('dispute', 'Dispute of a finding'), ('new-source', 'New source'), ('broken-link', 'Broken link'), ('missing-view', 'Missing view')], max_length=20)),
                ('status', models.CharField(choices=[('open', 'Open'), ('needs-info', 'Needs information'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=20)),
                ('path', models.CharField(blank=True, default='', max_length=250)),
                ('seen', models.JSONField(default=dict)),
                ('payload', models.JSONField()),
                ('words', models.TextField(blank=True, default='')),
                ('text', models.TextField(blank=True, default='')),
                ('fingerprint', models.CharField(max_length=64)),
                ('work', models.TextField(blank=True, default='')),
                ('token', models.CharField(blank=True, default='', max_length=64)),
                ('is_quarantined', models.BooleanField(default=False)),
                ('sent_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=20)),
                ('answer', models.TextField(blank=True, default='')),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='perspectives.article')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions_decided', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='perspectives.source')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='perspectives.topic')),
                ('via', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='perspectives.apikey')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='logentry',
            name='suggestion',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_entries', to='perspectives.suggestion'),
        ),
        migrations.CreateModel(
            name='SuggestionMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestion_messages', to=settings.AUTH_USER_MODEL)),
                ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='perspectives.suggestion')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(condition=models.Q(('is_quarantined', False), ('status', 'open')), fields=['id'], name='suggestion_queue'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['status', 'is_quarantined', 'id'], name='suggestion_state'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['by', 'id'], name='suggestion_own'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['fingerprint'], name='suggestion_fingerprint'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(condition=models.Q(('work', ''), _negated=True), fields=['work'], name='suggestion_work'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['citation', 'quotation', 'gap-answer', 'correction', 'dispute', 'new-source', 'broken-link', 'missing-view']), ('kind__isnull', False)), name='perspectives_suggestion_kind_is_known', violation_error_message='Choose one of: citation, quotation, gap-answer, correction, dispute, new-source, broken-link, missing-view.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'needs-info', 'accepted', 'declined', 'withdrawn']), ('status__isnull', False)), name='perspectives_suggestion_status_is_known', violation_error_message='Choose one of: open, needs-info, accepted, declined, withdrawn.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article', None), ('topic', None)), models.Q(('source', None), ('topic', None)), models.Q(('article', None), ('source', None)), _connector='OR'), name='perspectives_suggestion_is_about_one_thing', violation_error_message='A suggestion is about a topic, an article or a source, not several.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('citation', 'quotation', 'gap-answer', 'missing-view')), ('topic__isnull', False)), models.Q(('article__isnull', False), ('kind', 'dispute')), models.Q(('article', None), ('kind', 'new-source'), ('source', None)), models.Q(('kind__in', ['correction', 'broken-link']), models.Q(('article', None), ('source', None), ('topic', None), _negated=True)), _connector='OR'), name='perspectives_suggestion_has_a_target_of_its_kind', violation_error_message='This kind of suggestion is about something else.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('reason', ''), ('status__in', ('open', 'needs-info'))), models.Q(('reason', ''), ('status', 'withdrawn'), ('decided_at__isnull', False), ('decided_by__isnull', False)), models.Q(('reason__in', ['as-sent', 'edited', 'done-otherwise']), ('status', 'accepted'), ('decided_at__isnull', False), ('decided_by__isnull', False)), models.Q(('reason__in', ['no-source', 'not-verifiable', 'already-covered', 'duplicate', 'out-of-scope', 'one-sided', 'spam', 'other']), ('status', 'declined'), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='perspectives_suggestion_decision_is_whole_or_not_there', violation_error_message='A decision has a time, a person and a reason of its kind, or there is none.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted', 'declined']), _negated=True), models.Q(('decided_by', models.F('by')), _negated=True), _connector='OR'), name='perspectives_suggestion_is_decided_by_another', violation_error_message='Nobody decides on their own suggestion.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('fingerprint__regex', '^[0-9a-f]{64}$')), name='perspectives_suggestion_fingerprint_is_a_hash', violation_error_message='Give a SHA-256 in hexadecimal.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(condition=models.Q(('token', ''), _negated=True), fields=('by', 'token'), name='perspectives_suggestion_form_is_sent_once', violation_error_message='This form was sent already.'),
        ),
        migrations.AddConstraint(
            model_name='suggestionmessage',
            constraint=models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='perspectives_suggestionmessage_is_not_blank', violation_error_message='Fill in: text.'),
        ),
    ]
