"""Notices and their mails, comments on drafts and proposals, and who sees to them."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0038_bundles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.TextField(blank=True)),
                ('token', models.CharField(blank=True, default='', max_length=64)),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='MailChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposal', 'Proposals to decide'), ('decision', 'Decisions on your proposals'), ('suggestion', 'Your suggestions'), ('correction', 'Sources of your topics'), ('comment', 'Comments'), ('mention', 'Mentions'), ('assignment', 'What you are to see to')], max_length=20)),
                ('frequency', models.CharField(choices=[('at-once', 'At once'), ('daily', 'Once a day'), ('never', 'Never')], max_length=10)),
            ],
            options={
                'ordering': ('owner_id', 'kind'),
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposal', 'Proposals to decide'), ('decision', 'Decisions on your proposals'), ('suggestion', 'Your suggestions'), ('correction', 'Sources of your topics'), ('comment', 'Comments'), ('mention', 'Mentions'), ('assignment', 'What you are to see to')], max_length=20)),
                ('read_at', models.DateTimeField(null=True)),
                ('mail_due_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='NoticeMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, default='')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='logentry',
            name='perspectives_logentry_code_is_known',
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked'), ('webhook.added', 'Webhook added'), ('webhook.removed', 'Webhook removed'), ('webhook.resumed', 'Webhook resumed'), ('webhook.sent', 'Message sent'), ('topic.changed', 'Draft changed'), ('topic.reverted', 'Change undone'), ('article.changed', 'Guide changed'), ('edition.retracted', 'Edition retracted'), ('source.added', 'Source added'), ('source.changed', 'Source changed'), ('source.reverted', "Source's change undone"), ('source.deprecated', 'Source deprecated'), ('source.reinstated', 'Source reinstated'), ('source.merged', 'Sources merged'), ('thesaurus.changed', 'Thesaurus changed'), ('intake.started', 'Intake started'), ('intake.decided', 'Intake decided'), ('suggestion.sent', 'Suggestion sent'), ('suggestion.answered', 'Suggestion answered'), ('suggestion.questioned', 'More asked for'), ('suggestion.accepted', 'Suggestion accepted'), ('suggestion.declined', 'Suggestion declined'), ('suggestion.reopened', 'Suggestion reopened'), ('suggestion.withdrawn', 'Suggestion withdrawn'), ('suggestion.released', 'Suggestion released'), ('account.invited', 'Invitation sent'), ('account.joined', 'Invitation accepted'), ('account.changed', 'Profile changed'), ('account.role-changed', 'Role changed'), ('account.deactivated', 'Account closed'), ('account.erased', 'Account erased'), ('account.reactivated', 'Account opened again'), ('comment.written', 'Comment written'), ('comment.edited', 'Comment changed'), ('comment.deleted', 'Comment deleted'), ('assignment.made', 'Assigned'), ('assignment.ended', 'Assignment ended')], max_length=40),
        ),
        AddConstraintNotValid(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked', 'webhook.added', 'webhook.removed', 'webhook.resumed', 'webhook.sent', 'topic.changed', 'topic.reverted', 'article.changed', 'edition.retracted', 'source.added', 'source.changed', 'source.reverted', 'source.deprecated', 'source.reinstated', 'source.merged', 'thesaurus.changed', 'intake.started', 'intake.decided', 'suggestion.sent', 'suggestion.answered', 'suggestion.questioned', 'suggestion.accepted', 'suggestion.declined', 'suggestion.reopened', 'suggestion.withdrawn', 'suggestion.released', 'account.invited', 'account.joined', 'account.changed', 'account.role-changed', 'account.deactivated', 'account.erased', 'account.reactivated', 'comment.written', 'comment.edited', 'comment.deleted', 'assignment.made', 'assignment.ended']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked, webhook.added, webhook.removed, webhook.resumed, webhook.sent, topic.changed, topic.reverted, article.changed, edition.retracted, source.added, source.changed, source.reverted, source.deprecated, source.reinstated, source.merged, thesaurus.changed, intake.started, intake.decided, suggestion.sent, suggestion.answered, suggestion.questioned, suggestion.accepted, suggestion.declined, suggestion.reopened, suggestion.withdrawn, suggestion.released, account.invited, account.joined, account.changed, account.role-changed, account.deactivated, account.erased, account.reactivated, comment.written, comment.edited, comment.deleted, assignment.made, assignment.ended.'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='article',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='perspectives.article'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assignee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments_made', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments_ended', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='proposal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='perspectives.proposal'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='topic',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='perspectives.topic'),
        ),
        migrations.AddField(
            model_name='comment',
            name='article',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='perspectives.article'),
        ),
        migrations.AddField(
            model_name='comment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='deleted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments_deleted', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='proposal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='perspectives.proposal'),
        ),
        migrations.AddField(
            model_name='comment',
            name='topic',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='perspectives.topic'),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mail_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='perspectives.logentry'),
        ),
        migrations.AddField(
            model_name='notice',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticemail',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notice_mails', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='mail',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='perspectives.noticemail'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', True), ('proposal__isnull', True), ('topic__isnull', False)), models.Q(('article__isnull', False), ('proposal__isnull', True), ('topic__isnull', True)), models.Q(('article__isnull', True), ('proposal__isnull', False), ('topic__isnull', True)), _connector='OR'), name='perspectives_assignment_has_one_owner', violation_error_message='Set exactly one of: topic, article, proposal.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('topic',), name='perspectives_assignment_one_person_sees_to_the_topic', violation_error_message='Somebody sees to this already.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('article',), name='perspectives_assignment_one_person_sees_to_the_article', violation_error_message='Somebody sees to this already.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('proposal',), name='perspectives_assignment_one_person_sees_to_the_proposal', violation_error_message='Somebody sees to this already.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='perspectives_assignment_end_is_whole', violation_error_message='An end has its time and its person, or there is none.'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', True), ('proposal__isnull', True), ('topic__isnull', False)), models.Q(('article__isnull', False), ('proposal__isnull', True), ('topic__isnull', True)), models.Q(('article__isnull', True), ('proposal__isnull', False), ('topic__isnull', True)), _connector='OR'), name='perspectives_comment_has_one_owner', violation_error_message='Set exactly one of: topic, article, proposal.'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), ('deleted_by', None), ('text__regex', '\\S')), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False), ('text', '')), _connector='OR'), name='perspectives_comment_has_words_or_is_deleted', violation_error_message='A comment has words, or was deleted by somebody at some time.'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(condition=models.Q(('token', ''), _negated=True), fields=('by', 'token'), name='perspectives_comment_form_is_sent_once', violation_error_message='This form was sent already.'),
        ),
        migrations.AddConstraint(
            model_name='mailchoice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['proposal', 'decision', 'suggestion', 'correction', 'comment', 'mention', 'assignment']), ('kind__isnull', False)), name='perspectives_mailchoice_kind_is_known', violation_error_message='Choose one of: proposal, decision, suggestion, correction, comment, mention, assignment.'),
        ),
        migrations.AddConstraint(
            model_name='mailchoice',
            constraint=models.CheckConstraint(condition=models.Q(('frequency__in', ['at-once', 'daily', 'never']), ('frequency__isnull', False)), name='perspectives_mailchoice_frequency_is_known', violation_error_message='Choose one of: at-once, daily, never.'),
        ),
        migrations.AddConstraint(
            model_name='mailchoice',
            constraint=models.UniqueConstraint(fields=('owner', 'kind'), name='perspectives_mailchoice_is_one_a_kind'),
        ),
        migrations.AddIndex(
            model_name='noticemail',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['next_try_at'], name='noticemail_waiting'),
        ),
        migrations.AddConstraint(
            model_name='noticemail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('sent_at', None)), models.Q(('error', ''), ('next_try_at', None), ('sent_at__isnull', False)), models.Q(('error__regex', '\\S'), ('next_try_at', None), ('sent_at', None)), _connector='OR'), name='perspectives_noticemail_waits_is_sent_or_failed', violation_error_message='A mail waits, was sent, or was given up for a reason.'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', '-id'], name='notice_newest'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mail', None), ('mail_due_at__isnull', False)), fields=['mail_due_at'], name='notice_due'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['proposal', 'decision', 'suggestion', 'correction', 'comment', 'mention', 'assignment']), ('kind__isnull', False)), name='perspectives_notice_kind_is_known', violation_error_message='Choose one of: proposal, decision, suggestion, correction, comment, mention, assignment.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('recipient', 'entry'), name='perspectives_notice_tells_once', violation_error_message='The person was told of this already.'),
        ),
    ]
