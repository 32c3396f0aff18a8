"""Editors' confirmations of quotations; checks of records and of archived copies; which checks a dataset tells of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0044_archiving_checked'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuotationConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.TextField()),
                ('seen_in', models.CharField(max_length=300)),
                ('place', models.CharField(blank=True, default='', max_length=100)),
                ('seen_on', models.DateField()),
                ('is_named', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='check',
            name='perspectives_check_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='check',
            name='perspectives_check_outcome_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='check',
            name='perspectives_check_outcome_is_of_its_kind',
        ),
        migrations.RemoveConstraint(
            model_name='logentry',
            name='perspectives_logentry_code_is_known',
        ),
        migrations.AddField(
            model_name='dataset',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='perspectives.checkreport'),
        ),
        migrations.AlterField(
            model_name='check',
            name='kind',
            field=models.CharField(choices=[('quotation', 'Quotation'), ('link', 'Link'), ('retraction', 'Retraction'), ('metadata', 'Record'), ('snapshot', 'Archived copy')], max_length=20),
        ),
        migrations.AlterField(
            model_name='check',
            name='outcome',
            field=models.CharField(blank=True, choices=[('found', 'Words found'), ('cut', 'Cut'), ('near', 'Nearly the words'), ('altered', 'Altered'), ('missing', 'Words not found'), ('not-checkable', 'Not checkable'), ('no-text', 'No text'), ('ok', 'Works'), ('moved', 'Moved'), ('gone', 'Gone'), ('soft-404', 'Says that it is gone'), ('blocked', 'Closed to programs'), ('not-listed', 'None on record'), ('corrected', 'Corrected'), ('concern', 'Expression of concern'), ('retracted', 'Retracted'), ('agrees', 'Record agrees'), ('differs', 'Record differs'), ('not-registered', 'Not registered'), ('archived', 'Copy in an archive'), ('not-archived', 'No copy in the archive'), ('unreachable', 'Unreachable')], default='', max_length=20),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked'), ('webhook.added', 'Webhook added'), ('webhook.removed', 'Webhook removed'), ('webhook.resumed', 'Webhook resumed'), ('webhook.sent', 'Message sent'), ('topic.changed', 'Draft changed'), ('topic.reverted', 'Change undone'), ('article.changed', 'Guide changed'), ('edition.retracted', 'Edition retracted'), ('document.archived', 'Archived'), ('document.reinstated', 'Brought back'), ('source.added', 'Source added'), ('source.changed', 'Source changed'), ('source.reverted', "Source's change undone"), ('source.deprecated', 'Source deprecated'), ('source.reinstated', 'Source reinstated'), ('source.merged', 'Sources merged'), ('thesaurus.changed', 'Thesaurus changed'), ('intake.started', 'Intake started'), ('intake.decided', 'Intake decided'), ('suggestion.sent', 'Suggestion sent'), ('suggestion.answered', 'Suggestion answered'), ('suggestion.questioned', 'More asked for'), ('suggestion.accepted', 'Suggestion accepted'), ('suggestion.declined', 'Suggestion declined'), ('suggestion.reopened', 'Suggestion reopened'), ('suggestion.withdrawn', 'Suggestion withdrawn'), ('suggestion.released', 'Suggestion released'), ('account.invited', 'Invitation sent'), ('account.joined', 'Invitation accepted'), ('account.changed', 'Profile changed'), ('account.role-changed', 'Role changed'), ('account.deactivated', 'Account closed'), ('account.erased', 'Account erased'), ('account.reactivated', 'Account opened again'), ('quotation.confirmed', 'Quotation confirmed'), ('confirmation.withdrawn', 'Confirmation withdrawn'), ('comment.written', 'Comment written'), ('comment.edited', 'Comment changed'), ('comment.deleted', 'Comment deleted'), ('assignment.made', 'Assigned'), ('assignment.ended', 'Assignment ended')], max_length=40),
        ),
        migrations.AlterField(
            model_name='retractionnotice',
            name='outcome',
            field=models.CharField(choices=[('found', 'Words found'), ('cut', 'Cut'), ('near', 'Nearly the words'), ('altered', 'Altered'), ('missing', 'Words not found'), ('not-checkable', 'Not checkable'), ('no-text', 'No text'), ('ok', 'Works'), ('moved', 'Moved'), ('gone', 'Gone'), ('soft-404', 'Says that it is gone'), ('blocked', 'Closed to programs'), ('not-listed', 'None on record'), ('corrected', 'Corrected'), ('concern', 'Expression of concern'), ('retracted', 'Retracted'), ('agrees', 'Record agrees'), ('differs', 'Record differs'), ('not-registered', 'Not registered'), ('archived', 'Copy in an archive'), ('not-archived', 'No copy in the archive'), ('unreachable', 'Unreachable')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['quotation', 'link', 'retraction', 'metadata', 'snapshot']), ('kind__isnull', False)), name='perspectives_check_kind_is_known', violation_error_message='Choose one of: quotation, link, retraction, metadata, snapshot.'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['found', 'cut', 'near', 'altered', 'missing', 'not-checkable', 'no-text', 'ok', 'moved', 'gone', 'soft-404', 'blocked', 'not-listed', 'corrected', 'concern', 'retracted', 'agrees', 'differs', 'not-registered', 'archived', 'not-archived', 'unreachable', '']), ('outcome__isnull', False)), name='perspectives_check_outcome_is_known', violation_error_message='Choose one of: found, cut, near, altered, missing, not-checkable, no-text, ok, moved, gone, soft-404, blocked, not-listed, corrected, concern, retracted, agrees, differs, not-registered, archived, not-archived, unreachable.'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'quotation'), ('outcome__in', ['found', 'cut', 'near', 'altered', 'missing', 'not-checkable', 'no-text', 'unreachable', ''])), models.Q(('kind', 'link'), ('outcome__in', ['ok', 'moved', 'gone', 'soft-404', 'blocked', 'unreachable', ''])), models.Q(('kind', 'retraction'), ('outcome__in', ['not-listed', 'corrected', 'concern', 'retracted', 'unreachable', ''])), models.Q(('kind', 'metadata'), ('outcome__in', ['agrees', 'differs', 'not-registered', 'unreachable', ''])), models.Q(('kind', 'snapshot'), ('outcome__in', ['archived', 'not-archived', 'unreachable', ''])), _connector='OR'), name='perspectives_check_outcome_is_of_its_kind', violation_error_message='A check of this kind cannot end so.'),
        ),
        migrations.AddConstraint(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked', 'webhook.added', 'webhook.removed', 'webhook.resumed', 'webhook.sent', 'topic.changed', 'topic.reverted', 'article.changed', 'edition.retracted', 'document.archived', 'document.reinstated', 'source.added', 'source.changed', 'source.reverted', 'source.deprecated', 'source.reinstated', 'source.merged', 'thesaurus.changed', 'intake.started', 'intake.decided', 'suggestion.sent', 'suggestion.answered', 'suggestion.questioned', 'suggestion.accepted', 'suggestion.declined', 'suggestion.reopened', 'suggestion.withdrawn', 'suggestion.released', 'account.invited', 'account.joined', 'account.changed', 'account.role-changed', 'account.deactivated', 'account.erased', 'account.reactivated', 'quotation.confirmed', 'confirmation.withdrawn', 'comment.written', 'comment.edited', 'comment.deleted', 'assignment.made', 'assignment.ended']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked, webhook.added, webhook.removed, webhook.resumed, webhook.sent, topic.changed, topic.reverted, article.changed, edition.retracted, document.archived, document.reinstated, source.added, source.changed, source.reverted, source.deprecated, source.reinstated, source.merged, thesaurus.changed, intake.started, intake.decided, suggestion.sent, suggestion.answered, suggestion.questioned, suggestion.accepted, suggestion.declined, suggestion.reopened, suggestion.withdrawn, suggestion.released, account.invited, account.joined, account.changed, account.role-changed, account.deactivated, account.erased, account.reactivated, quotation.confirmed, confirmation.withdrawn, comment.written, comment.edited, comment.deleted, assignment.made, assignment.ended.'),
        ),
        migrations.AddField(
            model_name='quotationconfirmation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='quotationconfirmation',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='perspectives.checkreport'),
        ),
        migrations.AddField(
            model_name='quotationconfirmation',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='perspectives.source'),
        ),
        migrations.AddField(
            model_name='quotationconfirmation',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations_withdrawn', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='quotationconfirmation',
            constraint=models.CheckConstraint(condition=models.Q(('quote__regex', '\\S'), ('seen_in__regex', '\\S')), name='perspectives_quotationconfirmation_is_not_blank', violation_error_message='Fill in: quote, seen_in.'),
        ),
        migrations.AddConstraint(
            model_name='quotationconfirmation',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('source', 'quote'), name='perspectives_quotationconfirmation_one_counts', violation_error_message='Somebody has confirmed this quotation just now.'),
        ),
        migrations.AddConstraint(
            model_name='quotationconfirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='perspectives_quotationconfirmation_withdrawn_by_somebody', violation_error_message='Who withdrew it and when go together.'),
        ),
    ]
