"""Steps of topics and guides into the archive and out of it, which only grow; keys may look after notices."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.math
import django.db.models.lookups
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER perspectives_archiving_is_append_only BEFORE UPDATE OR DELETE ON perspectives_archiving
FOR EACH ROW EXECUTE FUNCTION perspectives_refuse_change();
"""
BACKWARD = "DROP TRIGGER perspectives_archiving_is_append_only ON perspectives_archiving;"


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0042_enrichment'),
    ]

    operations = [
        migrations.CreateModel(
            name='Archiving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('is_archived', models.GeneratedField(db_persist=True, expression=django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F('number'), 2), 1), output_field=models.BooleanField())),
                ('note', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AlterModelOptions(
            name='dataset',
            options={'ordering': (models.OrderBy(models.F('archiving'), descending=True, nulls_last=True), '-edition_id', '-pk')},
        ),
        migrations.RemoveConstraint(
            model_name='apikey',
            name='perspectives_apikey_scopes_are_known',
        ),
        migrations.RemoveConstraint(
            model_name='dataset',
            name='perspectives_dataset_is_made_once',
        ),
        migrations.RemoveConstraint(
            model_name='logentry',
            name='perspectives_logentry_code_is_known',
        ),
        migrations.AlterField(
            model_name='apikey',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('suggest', 'Suggest'), ('subscribe', 'Subscribe'), ('notices', 'Notices'), ('export', 'Export'), ('curate', 'Curate')], max_length=20), size=None),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked'), ('webhook.added', 'Webhook added'), ('webhook.removed', 'Webhook removed'), ('webhook.resumed', 'Webhook resumed'), ('webhook.sent', 'Message sent'), ('topic.changed', 'Draft changed'), ('topic.reverted', 'Change undone'), ('article.changed', 'Guide changed'), ('edition.retracted', 'Edition retracted'), ('document.archived', 'Archived'), ('document.reinstated', 'Brought back'), ('source.added', 'Source added'), ('source.changed', 'Source changed'), ('source.reverted', "Source's change undone"), ('source.deprecated', 'Source deprecated'), ('source.reinstated', 'Source reinstated'), ('source.merged', 'Sources merged'), ('thesaurus.changed', 'Thesaurus changed'), ('intake.started', 'Intake started'), ('intake.decided', 'Intake decided'), ('suggestion.sent', 'Suggestion sent'), ('suggestion.answered', 'Suggestion answered'), ('suggestion.questioned', 'More asked for'), ('suggestion.accepted', 'Suggestion accepted'), ('suggestion.declined', 'Suggestion declined'), ('suggestion.reopened', 'Suggestion reopened'), ('suggestion.withdrawn', 'Suggestion withdrawn'), ('suggestion.released', 'Suggestion released'), ('account.invited', 'Invitation sent'), ('account.joined', 'Invitation accepted'), ('account.changed', 'Profile changed'), ('account.role-changed', 'Role changed'), ('account.deactivated', 'Account closed'), ('account.erased', 'Account erased'), ('account.reactivated', 'Account opened again'), ('comment.written', 'Comment written'), ('comment.edited', 'Comment changed'), ('comment.deleted', 'Comment deleted'), ('assignment.made', 'Assigned'), ('assignment.ended', 'Assignment ended')], max_length=40),
        ),
        AddConstraintNotValid(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['read', 'suggest', 'subscribe', 'notices', 'export', 'curate']), ('scopes__len__gte', 1)), name='perspectives_apikey_scopes_are_known', violation_error_message='Choose one or more of: read, suggest, subscribe, notices, export, curate.'),
        ),
        AddConstraintNotValid(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked', 'webhook.added', 'webhook.removed', 'webhook.resumed', 'webhook.sent', 'topic.changed', 'topic.reverted', 'article.changed', 'edition.retracted', 'document.archived', 'document.reinstated', 'source.added', 'source.changed', 'source.reverted', 'source.deprecated', 'source.reinstated', 'source.merged', 'thesaurus.changed', 'intake.started', 'intake.decided', 'suggestion.sent', 'suggestion.answered', 'suggestion.questioned', 'suggestion.accepted', 'suggestion.declined', 'suggestion.reopened', 'suggestion.withdrawn', 'suggestion.released', 'account.invited', 'account.joined', 'account.changed', 'account.role-changed', 'account.deactivated', 'account.erased', 'account.reactivated', 'comment.written', 'comment.edited', 'comment.deleted', 'assignment.made', 'assignment.ended']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked, webhook.added, webhook.removed, webhook.resumed, webhook.sent, topic.changed, topic.reverted, article.changed, edition.retracted, document.archived, document.reinstated, source.added, source.changed, source.reverted, source.deprecated, source.reinstated, source.merged, thesaurus.changed, intake.started, intake.decided, suggestion.sent, suggestion.answered, suggestion.questioned, suggestion.accepted, suggestion.declined, suggestion.reopened, suggestion.withdrawn, suggestion.released, account.invited, account.joined, account.changed, account.role-changed, account.deactivated, account.erased, account.reactivated, comment.written, comment.edited, comment.deleted, assignment.made, assignment.ended.'),
        ),
        migrations.AddField(
            model_name='archiving',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archivings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='archiving',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archivings', to='perspectives.edition'),
        ),
        migrations.AddField(
            model_name='dataset',
            name='archiving',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='perspectives.archiving'),
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.UniqueConstraint(fields=('state', 'form', 'archiving'), name='perspectives_dataset_is_made_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='archiving',
            constraint=models.CheckConstraint(condition=models.Q(('note__regex', '\\S')), name='perspectives_archiving_is_not_blank', violation_error_message='Fill in: note.'),
        ),
        migrations.AddConstraint(
            model_name='archiving',
            constraint=models.UniqueConstraint(fields=('edition', 'number'), name='perspectives_archiving_steps_are_in_order'),
        ),
        migrations.AddConstraint(
            model_name='archiving',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='perspectives_archiving_counts_from_one'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
