"""Webhooks; keys may look after them, and the log tells of them. What is new is checked by the next migration."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0034_log_without_profiles'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='apikey',
            name='perspectives_apikey_scopes_are_known',
        ),
        migrations.RemoveConstraint(
            model_name='logentry',
            name='perspectives_logentry_code_is_known',
        ),
        migrations.AlterField(
            model_name='apikey',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('suggest', 'Suggest'), ('subscribe', 'Subscribe'), ('export', 'Export'), ('curate', 'Curate')], max_length=20), size=None),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked'), ('webhook.added', 'Webhook added'), ('webhook.removed', 'Webhook removed'), ('webhook.resumed', 'Webhook resumed'), ('webhook.sent', 'Message sent'), ('topic.changed', 'Draft changed'), ('topic.reverted', 'Change undone'), ('article.changed', 'Guide changed'), ('edition.retracted', 'Edition retracted'), ('source.added', 'Source added'), ('source.changed', 'Source changed'), ('source.reverted', "Source's change undone"), ('source.deprecated', 'Source deprecated'), ('source.reinstated', 'Source reinstated'), ('source.merged', 'Sources merged'), ('thesaurus.changed', 'Thesaurus changed'), ('intake.started', 'Intake started'), ('intake.decided', 'Intake decided'), ('suggestion.sent', 'Suggestion sent'), ('suggestion.answered', 'Suggestion answered'), ('suggestion.questioned', 'More asked for'), ('suggestion.accepted', 'Suggestion accepted'), ('suggestion.declined', 'Suggestion declined'), ('suggestion.reopened', 'Suggestion reopened'), ('suggestion.withdrawn', 'Suggestion withdrawn'), ('suggestion.released', 'Suggestion released'), ('account.invited', 'Invitation sent'), ('account.joined', 'Invitation accepted'), ('account.changed', 'Profile changed'), ('account.role-changed', 'Role changed'), ('account.deactivated', 'Account closed'), ('account.erased', 'Account erased'), ('account.reactivated', 'Account opened again')], max_length=40),
        ),
        AddConstraintNotValid(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['read', 'suggest', 'subscribe', 'export', 'curate']), ('scopes__len__gte', 1)), name='perspectives_apikey_scopes_are_known', violation_error_message='Choose one or more of: read, suggest, subscribe, export, curate.'),
        ),
        AddConstraintNotValid(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked', 'webhook.added', 'webhook.removed', 'webhook.resumed', 'webhook.sent', 'topic.changed', 'topic.reverted', 'article.changed', 'edition.retracted', 'source.added', 'source.changed', 'source.reverted', 'source.deprecated', 'source.reinstated', 'source.merged', 'thesaurus.changed', 'intake.started', 'intake.decided', 'suggestion.sent', 'suggestion.answered', 'suggestion.questioned', 'suggestion.accepted', 'suggestion.declined', 'suggestion.reopened', 'suggestion.withdrawn', 'suggestion.released', 'account.invited', 'account.joined', 'account.changed', 'account.role-changed', 'account.deactivated', 'account.erased', 'account.reactivated']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked, webhook.added, webhook.removed, webhook.resumed, webhook.sent, topic.changed, topic.reverted, article.changed, edition.retracted, source.added, source.changed, source.reverted, source.deprecated, source.reinstated, source.merged, thesaurus.changed, intake.started, intake.decided, suggestion.sent, suggestion.answered, suggestion.questioned, suggestion.accepted, suggestion.declined, suggestion.reopened, suggestion.withdrawn, suggestion.released, account.invited, account.joined, account.changed, account.role-changed, account.deactivated, account.erased, account.reactivated.'),
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500)),
                ('salt', models.CharField(max_length=32)),
                ('state', models.CharField(choices=[('unconfirmed', 'Not confirmed'), ('active', 'Active'), ('paused', 'Paused')], default='unconfirmed', max_length=20)),
                ('added_at', models.DateTimeField()),
                ('told_edition', models.PositiveBigIntegerField()),
                ('told_retraction', models.PositiveBigIntegerField()),
                ('failing_since', models.DateTimeField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('pause_reason', models.TextField(blank=True, default='')),
                ('owner_told_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('type', models.CharField(choices=[('edition.published', 'New edition'), ('edition.retracted', 'Retraction'), ('webhook.test', 'Test')], max_length=40)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('delivered', 'Delivered'), ('failed', 'Failed')], default='waiting', max_length=20)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('error', models.TextField(blank=True, default='')),
                ('delivered_at', models.DateTimeField(null=True)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='webhook_deliveries', to='perspectives.edition')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='perspectives.webhook')),
            ],
            options={
                'verbose_name_plural': 'webhook deliveries',
                'ordering': ('-pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'active', 'paused']), ('state__isnull', False)), name='perspectives_webhook_state_is_known', violation_error_message='Choose one of: unconfirmed, active, paused.'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('salt__regex', '\\S')), name='perspectives_webhook_is_not_blank', violation_error_message='Fill in: salt.'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.UniqueConstraint(fields=('owner', 'address'), name='perspectives_webhook_address_is_its_owners_only_one', violation_error_message='This person has a webhook for this address.'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('address__regex', '^https?://[^\\s@/]+')), name='perspectives_webhook_address_is_of_the_web', violation_error_message='Give an address that begins with https://.'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pause_reason__regex', '\\S'), ('paused_at__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('owner_told_at', None), ('pause_reason', ''), ('paused_at', None)), _connector='OR'), name='perspectives_webhook_pause_has_a_reason', violation_error_message='A pause has its time and reason, and nothing else has them.'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='webhookdelivery_waiting'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['edition.published', 'edition.retracted', 'webhook.test']), ('type__isnull', False)), name='perspectives_webhookdelivery_type_is_known', violation_error_message='Choose one of: edition.published, edition.retracted, webhook.test.'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'delivered', 'failed']), ('state__isnull', False)), name='perspectives_webhookdelivery_state_is_known', violation_error_message='Choose one of: waiting, sending, delivered, failed.'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('body__regex', '\\S')), name='perspectives_webhookdelivery_is_not_blank', violation_error_message='Fill in: body.'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('webhook', 'edition', 'type'), name='perspectives_webhookdelivery_is_made_once'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sending')), fields=('state',), name='perspectives_webhookdelivery_one_is_sent_at_a_time', violation_error_message='Another message is being sent.'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', None), ('type', 'webhook.test')), models.Q(models.Q(('type', 'webhook.test'), _negated=True), ('edition__isnull', False)), _connector='OR'), name='perspectives_webhookdelivery_is_of_an_edition_or_a_test', violation_error_message='A message is about an edition, unless it is a test.'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('error', ''), ('state', 'delivered')), models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at', None)), _connector='OR'), name='perspectives_webhookdelivery_success_has_a_time', violation_error_message='What was delivered has its time and no error; nothing else has a time.'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), ('error__regex', '\\S'), _connector='OR'), name='perspectives_webhookdelivery_failure_has_a_reason', violation_error_message='A failure has its reason.'),
        ),
    ]
