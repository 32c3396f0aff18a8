"""A class: pupils without names, activities, contributions, ballots that lead to nobody."""


import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0045_quotation_confirmations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Classroom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('groups', models.PositiveSmallIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('is_stopped', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'Answer first, then reveal'), ('poll', 'Four corners poll'), ('comparison', 'Cited comparison'), ('quiz', 'Quiz'), ('controversy', 'Structured academic controversy')], max_length=20)),
                ('topic', models.CharField(max_length=80)),
                ('phase', models.CharField(choices=[('planned', 'Planned'), ('writing', 'Writing'), ('revealed', 'Revealed'), ('before', 'Poll before'), ('between', 'Result before'), ('after', 'Poll after'), ('preparing', 'Prepare'), ('presenting', 'Present'), ('reversing', 'Exchange sides'), ('seeking', 'Seek consensus'), ('ended', 'Ended')], default='planned', max_length=20)),
                ('phase_ends_at', models.DateTimeField(null=True)),
                ('settings', models.JSONField(default=dict)),
                ('is_shown', models.BooleanField(default=False)),
                ('is_feedback_released', models.BooleanField(default=False)),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='perspectives.classroom')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Pupil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nickname', models.CharField(max_length=20)),
                ('pin_sha256', models.CharField(max_length=64)),
                ('wrong_pins', models.PositiveSmallIntegerField(default=0)),
                ('group', models.PositiveSmallIntegerField(null=True)),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pupils', to='perspectives.classroom')),
            ],
            options={
                'ordering': ('nickname',),
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('planned', 'Planned'), ('writing', 'Writing'), ('revealed', 'Revealed'), ('before', 'Poll before'), ('between', 'Result before'), ('after', 'Poll after'), ('preparing', 'Prepare'), ('presenting', 'Present'), ('reversing', 'Exchange sides'), ('seeking', 'Seek consensus'), ('ended', 'Ended')], max_length=20)),
                ('text', models.TextField(blank=True, default='')),
                ('references', models.JSONField(default=list)),
                ('feedback', models.TextField(blank=True, default='')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='perspectives.activity')),
                ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='perspectives.pupil')),
            ],
            options={
                'ordering': ('pupil__nickname', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('number', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('before', models.CharField(blank=True, choices=[('author', 'The first answer'), ('opposing', 'The second answer'), ('neutral', 'The third answer'), ('unsure', 'I cannot tell yet')], default='', max_length=20)),
                ('after', models.CharField(blank=True, choices=[('author', 'The first answer'), ('opposing', 'The second answer'), ('neutral', 'The third answer'), ('unsure', 'I cannot tell yet')], default='', max_length=20)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='perspectives.activity')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9a-f]{64}$')), name='perspectives_ballot_number_is_random', violation_error_message='Give a SHA-256 in hexadecimal.'), models.CheckConstraint(condition=models.Q(('before__in', ['author', 'opposing', 'neutral', 'unsure', '']), ('before__isnull', False)), name='perspectives_ballot_before_is_known', violation_error_message='Choose one of: author, opposing, neutral, unsure.'), models.CheckConstraint(condition=models.Q(('after__in', ['author', 'opposing', 'neutral', 'unsure', '']), ('after__isnull', False)), name='perspectives_ballot_after_is_known', violation_error_message='Choose one of: author, opposing, neutral, unsure.'), models.CheckConstraint(condition=models.Q(('after', ''), ('before', ''), _negated=True), name='perspectives_ballot_says_something', violation_error_message='Choose a corner.')],
            },
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[2-9A-HJKMNP-Z]{8}$')), name='perspectives_classroom_code_can_be_read_out', violation_error_message='A code has eight letters and digits that nobody takes for others.'),
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.CheckConstraint(condition=models.Q(('topics__len__gte', 1)), name='perspectives_classroom_has_a_topic', violation_error_message='Choose a topic at least.'),
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('opened_at'))), name='perspectives_classroom_ends_after_it_begins', violation_error_message='A class ends after it begins.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['answer', 'poll', 'comparison', 'quiz', 'controversy']), ('kind__isnull', False)), name='perspectives_activity_kind_is_known', violation_error_message='Choose one of: answer, poll, comparison, quiz, controversy.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['planned', 'writing', 'revealed', 'before', 'between', 'after', 'preparing', 'presenting', 'reversing', 'seeking', 'ended']), ('phase__isnull', False)), name='perspectives_activity_phase_is_known', violation_error_message='Choose one of: planned, writing, revealed, before, between, after, preparing, presenting, reversing, seeking, ended.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(condition=models.Q(('is_shown', True)), fields=('classroom',), name='perspectives_activity_one_is_shown_at_a_time', violation_error_message='Another activity is shown.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('phase', 'planned'), _negated=True), ('is_shown', False), _connector='OR'), name='perspectives_activity_is_shown_when_it_has_begun', violation_error_message='What is planned only is not shown.'),
        ),
        migrations.AddConstraint(
            model_name='pupil',
            constraint=models.CheckConstraint(condition=models.Q(('nickname__regex', '\\S')), name='perspectives_pupil_is_not_blank', violation_error_message='Fill in: nickname.'),
        ),
        migrations.AddConstraint(
            model_name='pupil',
            constraint=models.CheckConstraint(condition=models.Q(('pin_sha256__regex', '^[0-9a-f]{64}$')), name='perspectives_pupil_pin_is_hashed', violation_error_message='Give a SHA-256 in hexadecimal.'),
        ),
        migrations.AddConstraint(
            model_name='pupil',
            constraint=models.UniqueConstraint(fields=('classroom', 'nickname'), name='perspectives_pupil_nickname_is_taken_once', violation_error_message='Somebody of the class has this nickname.'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['planned', 'writing', 'revealed', 'before', 'between', 'after', 'preparing', 'presenting', 'reversing', 'seeking', 'ended']), ('phase__isnull', False)), name='perspectives_contribution_phase_is_known', violation_error_message='Choose one of: planned, writing, revealed, before, between, after, preparing, presenting, reversing, seeking, ended.'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('activity', 'pupil', 'phase'), name='perspectives_contribution_is_one_a_phase'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 2000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('feedback'), 2000)), name='perspectives_contribution_is_short', violation_error_message='Write at most 2000 characters.'),
        ),
    ]
