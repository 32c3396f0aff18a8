"""People's profiles, sessions that can be ended, and invitations."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('perspectives', '0012_desk_words_and_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('reader', 'Reader'), ('contributor', 'Contributor'), ('moderator', 'Moderator'), ('chief-editor', 'Chief editor')], max_length=20)),
                ('token_sha256', models.CharField(max_length=64)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-invited_at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='user',
            name='display_name',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.AddField(
            model_name='user',
            name='interests',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='user',
            name='leaning',
            field=models.CharField(choices=[('author-side', "Author's side"), ('opposing-side', 'Opposing side'), ('neither', 'Neither side'), ('not-declared', 'Not declared')], default='not-declared', max_length=20),
        ),
        migrations.AddField(
            model_name='user',
            name='session_number',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('leaning__in', ['author-side', 'opposing-side', 'neither', 'not-declared']), ('leaning__isnull', False)), name='perspectives_user_leaning_is_known', violation_error_message='Choose one of: author-side, opposing-side, neither, not-declared.'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='revoked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_revoked', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(fields=['-invited_at', '-id'], name='perspectives_invitation_newest'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['reader', 'contributor', 'moderator', 'chief-editor']), ('role__isnull', False)), name='perspectives_invitation_role_is_known', violation_error_message='Choose one of: reader, contributor, moderator, chief-editor.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('email__regex', '\\S')), name='perspectives_invitation_is_not_blank', violation_error_message='Fill in: email.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('token_sha256',), name='perspectives_invitation_token_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None)), fields=('email',), name='perspectives_invitation_email_has_one_open', violation_error_message='This address is invited already.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='perspectives_invitation_email_is_in_small_letters', violation_error_message='Write the address in small letters.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('token_sha256__regex', '^[0-9a-f]{64}$')), name='perspectives_invitation_token_is_hashed', violation_error_message='Give a SHA-256 in hexadecimal.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='perspectives_invitation_expires_after_it_was_made', violation_error_message='An invitation expires after it was made.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='perspectives_invitation_is_accepted_by_somebody_or_not_at_all', violation_error_message='Say when and by whom an invitation was accepted, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_at__isnull', False), ('revoked_by', None), _connector='OR'), name='perspectives_invitation_is_revoked_at_some_time', violation_error_message='Say when an invitation was taken back.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None), _connector='OR'), name='perspectives_invitation_is_accepted_or_revoked_not_both', violation_error_message='An invitation that was accepted cannot be taken back.'),
        ),
    ]
