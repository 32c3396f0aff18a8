"""Learning platforms (LTI 1.3): keys, registrations, courses, assignments, learners, grades."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0047_teaching'),
    ]

    operations = [
        migrations.CreateModel(
            name='LtiAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource_link_id', models.CharField(max_length=255)),
                ('content', models.CharField(choices=[('material', 'Page'), ('quiz', 'Quiz'), ('class', 'Class')], max_length=20)),
                ('path', models.CharField(blank=True, default='', max_length=255)),
                ('topic', models.CharField(blank=True, default='', max_length=80)),
                ('sheet', models.PositiveIntegerField(null=True)),
                ('lineitem_url', models.CharField(blank=True, default='', max_length=2000)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), default=list, size=None)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('context_id', models.CharField(max_length=255)),
                ('memberships_url', models.CharField(blank=True, default='', max_length=2000)),
                ('groups_url', models.CharField(blank=True, default='', max_length=2000)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiDeployment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deployment_id', models.CharField(max_length=255)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=2, max_digits=9)),
                ('maximum', models.DecimalField(decimal_places=2, max_digits=9)),
                ('timestamp', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('refused', 'Refused')], default='waiting', max_length=20)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.TextField(blank=True, default='')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiGradeRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kid', models.CharField(max_length=64, unique=True)),
                ('private_pem', models.TextField()),
                ('public_jwk', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiLearner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.CharField(max_length=255)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LtiRegistration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255)),
                ('client_id', models.CharField(max_length=255)),
                ('name', models.CharField(max_length=200)),
                ('login_url', models.CharField(max_length=2000)),
                ('token_url', models.CharField(max_length=2000)),
                ('jwks_url', models.CharField(max_length=2000)),
                ('token_audience', models.CharField(blank=True, default='', max_length=2000)),
                ('made_at', models.DateTimeField()),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='logentry',
            name='perspectives_logentry_code_is_known',
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked'), ('webhook.added', 'Webhook added'), ('webhook.removed', 'Webhook removed'), ('webhook.resumed', 'Webhook resumed'), ('webhook.sent', 'Message sent'), ('lti.registered', 'Platform registered'), ('lti.stopped', 'Platform stopped'), ('lti.resumed', 'Platform resumed'), ('topic.changed', 'Draft changed'), ('topic.reverted', 'Change undone'), ('article.changed', 'Guide changed'), ('edition.retracted', 'Edition retracted'), ('document.archived', 'Archived'), ('document.reinstated', 'Brought back'), ('source.added', 'Source added'), ('source.changed', 'Source changed'), ('source.reverted', "Source's change undone"), ('source.deprecated', 'Source deprecated'), ('source.reinstated', 'Source reinstated'), ('source.merged', 'Sources merged'), ('thesaurus.changed', 'Thesaurus changed'), ('intake.started', 'Intake started'), ('intake.decided', 'Intake decided'), ('suggestion.sent', 'Suggestion sent'), ('suggestion.answered', 'Suggestion answered'), ('suggestion.questioned', 'More asked for'), ('suggestion.accepted', 'Suggestion accepted'), ('suggestion.declined', 'Suggestion declined'), ('suggestion.reopened', 'Suggestion reopened'), ('suggestion.withdrawn', 'Suggestion withdrawn'), ('suggestion.released', 'Suggestion released'), ('account.invited', 'Invitation sent'), ('account.joined', 'Invitation accepted'), ('account.changed', 'Profile changed'), ('account.role-changed', 'Role changed'), ('account.deactivated', 'Account closed'), ('account.erased', 'Account erased'), ('account.reactivated', 'Account opened again'), ('quotation.confirmed', 'Quotation confirmed'), ('confirmation.withdrawn', 'Confirmation withdrawn'), ('comment.written', 'Comment written'), ('comment.edited', 'Comment changed'), ('comment.deleted', 'Comment deleted'), ('assignment.made', 'Assigned'), ('assignment.ended', 'Assignment ended')], max_length=40),
        ),
        AddConstraintNotValid(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked', 'webhook.added', 'webhook.removed', 'webhook.resumed', 'webhook.sent', 'lti.registered', 'lti.stopped', 'lti.resumed', 'topic.changed', 'topic.reverted', 'article.changed', 'edition.retracted', 'document.archived', 'document.reinstated', 'source.added', 'source.changed', 'source.reverted', 'source.deprecated', 'source.reinstated', 'source.merged', 'thesaurus.changed', 'intake.started', 'intake.decided', 'suggestion.sent', 'suggestion.answered', 'suggestion.questioned', 'suggestion.accepted', 'suggestion.declined', 'suggestion.reopened', 'suggestion.withdrawn', 'suggestion.released', 'account.invited', 'account.joined', 'account.changed', 'account.role-changed', 'account.deactivated', 'account.erased', 'account.reactivated', 'quotation.confirmed', 'confirmation.withdrawn', 'comment.written', 'comment.edited', 'comment.deleted', 'assignment.made', 'assignment.ended']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked, webhook.added, webhook.removed, webhook.resumed, webhook.sent, lti.registered, lti.stopped, lti.resumed, topic.changed, topic.reverted, article.changed, edition.retracted, document.archived, document.reinstated, source.added, source.changed, source.reverted, source.deprecated, source.reinstated, source.merged, thesaurus.changed, intake.started, intake.decided, suggestion.sent, suggestion.answered, suggestion.questioned, suggestion.accepted, suggestion.declined, suggestion.reopened, suggestion.withdrawn, suggestion.released, account.invited, account.joined, account.changed, account.role-changed, account.deactivated, account.erased, account.reactivated, quotation.confirmed, confirmation.withdrawn, comment.written, comment.edited, comment.deleted, assignment.made, assignment.ended.'),
        ),
        migrations.AddField(
            model_name='ltiassignment',
            name='classroom',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lti_assignments', to='perspectives.classroom'),
        ),
        migrations.AddField(
            model_name='ltiassignment',
            name='copied_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='perspectives.ltiassignment'),
        ),
        migrations.AddField(
            model_name='ltiassignment',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='perspectives.lticourse'),
        ),
        migrations.AddField(
            model_name='lticourse',
            name='deployment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='perspectives.ltideployment'),
        ),
        migrations.AddField(
            model_name='ltigraderun',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='perspectives.ltiassignment'),
        ),
        migrations.AddField(
            model_name='ltigrade',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='perspectives.ltigraderun'),
        ),
        migrations.AddConstraint(
            model_name='ltikey',
            constraint=models.CheckConstraint(condition=models.Q(('kid__regex', '\\S'), ('private_pem__regex', '\\S')), name='perspectives_ltikey_is_not_blank', violation_error_message='Fill in: kid, private_pem.'),
        ),
        migrations.AddField(
            model_name='ltilearner',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learners', to='perspectives.ltiassignment'),
        ),
        migrations.AddField(
            model_name='ltilearner',
            name='pupil',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lti_learners', to='perspectives.pupil'),
        ),
        migrations.AddField(
            model_name='ltigrade',
            name='learner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='perspectives.ltilearner'),
        ),
        migrations.AddField(
            model_name='ltiregistration',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lti_registrations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ltideployment',
            name='registration',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deployments', to='perspectives.ltiregistration'),
        ),
        migrations.AddConstraint(
            model_name='ltiassignment',
            constraint=models.CheckConstraint(condition=models.Q(('content__in', ['material', 'quiz', 'class']), ('content__isnull', False)), name='perspectives_ltiassignment_content_is_known', violation_error_message='Choose one of: material, quiz, class.'),
        ),
        migrations.AddConstraint(
            model_name='ltiassignment',
            constraint=models.CheckConstraint(condition=models.Q(('resource_link_id__regex', '\\S')), name='perspectives_ltiassignment_is_not_blank', violation_error_message='Fill in: resource_link_id.'),
        ),
        migrations.AddConstraint(
            model_name='ltiassignment',
            constraint=models.UniqueConstraint(fields=('course', 'resource_link_id'), name='perspectives_ltiassignment_is_one_a_link'),
        ),
        migrations.AddConstraint(
            model_name='ltiassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('classroom', None), ('content', 'material'), ('path__startswith', '/'), ('sheet', None), ('topic', '')), models.Q(('classroom', None), ('content', 'quiz'), ('path', ''), ('sheet__isnull', False), ('topic__regex', '\\S')), models.Q(('classroom__isnull', False), ('content', 'class'), ('path', ''), ('sheet', None), ('topic', '')), _connector='OR'), name='perspectives_ltiassignment_opens_one_thing', violation_error_message='A link opens a page, a quiz or a class.'),
        ),
        migrations.AddConstraint(
            model_name='lticourse',
            constraint=models.CheckConstraint(condition=models.Q(('context_id__regex', '\\S')), name='perspectives_lticourse_is_not_blank', violation_error_message='Fill in: context_id.'),
        ),
        migrations.AddConstraint(
            model_name='lticourse',
            constraint=models.UniqueConstraint(fields=('deployment', 'context_id'), name='perspectives_lticourse_is_one_a_context'),
        ),
        migrations.AddConstraint(
            model_name='ltigraderun',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('assignment',), name='perspectives_ltigraderun_one_is_open_an_assignment', violation_error_message='The grades of this assignment are being sent.'),
        ),
        migrations.AddConstraint(
            model_name='ltilearner',
            constraint=models.CheckConstraint(condition=models.Q(('user_id__regex', '\\S')), name='perspectives_ltilearner_is_not_blank', violation_error_message='Fill in: user_id.'),
        ),
        migrations.AddConstraint(
            model_name='ltilearner',
            constraint=models.UniqueConstraint(fields=('assignment', 'user_id'), name='perspectives_ltilearner_is_one_an_assignment'),
        ),
        migrations.AddConstraint(
            model_name='ltigrade',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'refused']), ('state__isnull', False)), name='perspectives_ltigrade_state_is_known', violation_error_message='Choose one of: waiting, sent, refused.'),
        ),
        migrations.AddConstraint(
            model_name='ltigrade',
            constraint=models.UniqueConstraint(fields=('run', 'learner'), name='perspectives_ltigrade_is_one_a_learner'),
        ),
        migrations.AddConstraint(
            model_name='ltigrade',
            constraint=models.CheckConstraint(condition=models.Q(('maximum__gt', 0), ('score__gte', 0), ('score__lte', models.F('maximum'))), name='perspectives_ltigrade_score_is_possible', violation_error_message='A score lies between 0 and its maximum.'),
        ),
        migrations.AddConstraint(
            model_name='ltigrade',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), ('last_error__regex', '\\S'), _connector='OR'), name='perspectives_ltigrade_refusal_has_a_reason', violation_error_message='A refusal has its reason.'),
        ),
        migrations.AddConstraint(
            model_name='ltiregistration',
            constraint=models.CheckConstraint(condition=models.Q(('issuer__regex', '\\S'), ('client_id__regex', '\\S'), ('name__regex', '\\S')), name='perspectives_ltiregistration_is_not_blank', violation_error_message='Fill in: issuer, client_id, name.'),
        ),
        migrations.AddConstraint(
            model_name='ltiregistration',
            constraint=models.UniqueConstraint(fields=('issuer', 'client_id'), name='perspectives_ltiregistration_is_made_once', violation_error_message='A platform with this issuer and client id is registered.'),
        ),
        migrations.AddConstraint(
            model_name='ltiregistration',
            constraint=models.CheckConstraint(condition=models.Q(('jwks_url__regex', '^https?://[^\\s@/]+'), ('login_url__regex', '^https?://[^\\s@/]+'), ('token_url__regex', '^https?://[^\\s@/]+')), name='perspectives_ltiregistration_addresses_are_of_the_web', violation_error_message='Give addresses that begin with https://.'),
        ),
        migrations.AddConstraint(
            model_name='ltideployment',
            constraint=models.CheckConstraint(condition=models.Q(('deployment_id__regex', '\\S')), name='perspectives_ltideployment_is_not_blank', violation_error_message='Fill in: deployment_id.'),
        ),
        migrations.AddConstraint(
            model_name='ltideployment',
            constraint=models.UniqueConstraint(fields=('registration', 'deployment_id'), name='perspectives_ltideployment_is_known_once', violation_error_message='The platform has this deployment.'),
        ),
    ]
