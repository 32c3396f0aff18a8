"""Accounts can be erased; keys may export what is kept of their owner. What is new is checked by the next migration."""

import django.contrib.postgres.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0031_log_chain'),
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
        migrations.AddField(
            model_name='user',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='apikey',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('suggest', 'Suggest'), ('export', 'Export'), ('curate', 'Curate')], max_length=20), size=None),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked'), ('topic.changed', 'Draft changed'), ('topic.reverted', 'Change undone'), ('article.changed', 'Guide changed'), ('edition.retracted', 'Edition retracted'), ('source.added', 'Source added'), ('source.changed', 'Source changed'), ('source.reverted', "Source's change undone"), ('source.deprecated', 'Source deprecated'), ('source.reinstated', 'Source reinstated'), ('source.merged', 'Sources merged'), ('thesaurus.changed', 'Thesaurus changed'), ('intake.started', 'Intake started'), ('intake.decided', 'Intake decided'), ('suggestion.sent', 'Suggestion sent'), ('suggestion.answered', 'Suggestion answered'), ('suggestion.questioned', 'More asked for'), ('suggestion.accepted', 'Suggestion accepted'), ('suggestion.declined', 'Suggestion declined'), ('suggestion.reopened', 'Suggestion reopened'), ('suggestion.withdrawn', 'Suggestion withdrawn'), ('suggestion.released', 'Suggestion released'), ('account.invited', 'Invitation sent'), ('account.joined', 'Invitation accepted'), ('account.changed', 'Profile changed'), ('account.role-changed', 'Role changed'), ('account.deactivated', 'Account closed'), ('account.erased', 'Account erased'), ('account.reactivated', 'Account opened again')], max_length=40),
        ),
        AddConstraintNotValid(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['read', 'suggest', 'export', 'curate']), ('scopes__len__gte', 1)), name='perspectives_apikey_scopes_are_known', violation_error_message='Choose one or more of: read, suggest, export, curate.'),
        ),
        AddConstraintNotValid(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked', 'topic.changed', 'topic.reverted', 'article.changed', 'edition.retracted', 'source.added', 'source.changed', 'source.reverted', 'source.deprecated', 'source.reinstated', 'source.merged', 'thesaurus.changed', 'intake.started', 'intake.decided', 'suggestion.sent', 'suggestion.answered', 'suggestion.questioned', 'suggestion.accepted', 'suggestion.declined', 'suggestion.reopened', 'suggestion.withdrawn', 'suggestion.released', 'account.invited', 'account.joined', 'account.changed', 'account.role-changed', 'account.deactivated', 'account.erased', 'account.reactivated']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked, topic.changed, topic.reverted, article.changed, edition.retracted, source.added, source.changed, source.reverted, source.deprecated, source.reinstated, source.merged, thesaurus.changed, intake.started, intake.decided, suggestion.sent, suggestion.answered, suggestion.questioned, suggestion.accepted, suggestion.declined, suggestion.reopened, suggestion.withdrawn, suggestion.released, account.invited, account.joined, account.changed, account.role-changed, account.deactivated, account.erased, account.reactivated.'),
        ),
        AddConstraintNotValid(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('display_name', ''), ('email', ''), ('first_name', ''), ('interests', ''), ('is_active', False), ('is_staff', False), ('is_superuser', False), ('last_login', None), ('last_name', ''), ('leaning', 'not-declared'), ('password__startswith', '!'), ('role', 'reader')), _connector='OR'), name='perspectives_user_erased_is_nobody', violation_error_message='An account that was erased tells nothing of a person.'),
        ),
    ]
