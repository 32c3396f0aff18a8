# The tables as they were at first, each with its constraints: that is applied much sooner than one after the other.
# Places in lists are apart, since Django forgets that they are deferrable where they come with their table.

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('reader', 'Reader'), ('moderator', 'Moderator')], default='reader', max_length=20)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['reader', 'moderator']), ('role__isnull', False)), name='perspectives_user_role_is_known', violation_error_message='Choose one of: reader, moderator.')],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='FormattedBibliography',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('style', models.CharField(choices=[('apa', 'APA'), ('modern-language-association', 'MLA'), ('chicago-author-date', 'Chicago'), ('harvard-cite-them-right', 'Harvard'), ('ieee', 'IEEE')], max_length=40)),
                ('entries', models.JSONField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'formatted bibliographies',
                'ordering': ('sha256', 'style'),
                'constraints': [models.CheckConstraint(condition=models.Q(('style__in', ['apa', 'modern-language-association', 'chicago-author-date', 'harvard-cite-them-right', 'ieee']), ('style__isnull', False)), name='perspectives_formattedbibliography_style_is_known', violation_error_message='Choose one of: apa, modern-language-association, chicago-author-date, harvard-cite-them-right, ieee.'), models.UniqueConstraint(fields=('sha256', 'style'), name='perspectives_formattedbibliography_is_made_once')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, unique=True)),
                ('slug', models.SlugField(max_length=120, unique=True)),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('name__regex', '\\S'), ('slug__regex', '\\S')), name='perspectives_person_is_not_blank', violation_error_message='Fill in: name, slug.')],
            },
        ),
        migrations.CreateModel(
            name='PublishedSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('category', models.CharField(choices=[('peer-reviewed', 'Peer-reviewed'), ('university-press', 'University press'), ('scholarly-essay', 'Scholarly essay'), ('trade-book', 'Trade book'), ('primary-document', 'Primary document'), ('official-statement', 'Official statement'), ('think-tank', 'Think tank'), ('journalism', 'Journalism'), ('opinion', 'Opinion'), ('dataset', 'Dataset')], max_length=30)),
                ('year', models.IntegerField(null=True)),
                ('language', models.CharField(max_length=35)),
                ('record', models.JSONField()),
            ],
            options={
                'ordering': ('key',),
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', ['peer-reviewed', 'university-press', 'scholarly-essay', 'trade-book', 'primary-document', 'official-statement', 'think-tank', 'journalism', 'opinion', 'dataset']), ('category__isnull', False)), name='perspectives_publishedsource_category_is_known', violation_error_message='Choose one of: peer-reviewed, university-press, scholarly-essay, trade-book, primary-document, official-statement, think-tank, journalism, opinion, dataset.')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('record', models.JSONField()),
                ('csl_type', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('type', 'record'), output_field=models.TextField())),
                ('title', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('title', 'record'), output_field=models.TextField())),
                ('category', models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('category', 'record'), output_field=models.TextField())),
                ('doi', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(django.db.models.fields.json.KeyTextTransform('DOI', 'record')), output_field=models.TextField(null=True))),
                ('year', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr(django.db.models.fields.json.KeyTextTransform('issued', 'record'), 1, 4), models.IntegerField()), output_field=models.IntegerField(null=True))),
            ],
            options={
                'ordering': ('key',),
                'constraints': [models.CheckConstraint(condition=models.Q(('csl_type__in', ['article', 'article-journal', 'article-magazine', 'article-newspaper', 'bill', 'book', 'broadcast', 'chapter', 'classic', 'collection', 'dataset', 'document', 'entry', 'entry-dictionary', 'entry-encyclopedia', 'event', 'figure', 'graphic', 'hearing', 'interview', 'legal_case', 'legislation', 'manuscript', 'map', 'motion_picture', 'musical_score', 'pamphlet', 'paper-conference', 'patent', 'performance', 'periodical', 'personal_communication', 'post', 'post-weblog', 'regulation', 'report', 'review', 'review-book', 'software', 'song', 'speech', 'standard', 'thesis', 'treaty', 'webpage']), ('csl_type__isnull', False)), name='perspectives_source_csl_type_is_known', violation_error_message='Choose one of: article, article-journal, article-magazine, article-newspaper, bill, book, broadcast, chapter, classic, collection, dataset, document, entry, entry-dictionary, entry-encyclopedia, event, figure, graphic, hearing, interview, legal_case, legislation, manuscript, map, motion_picture, musical_score, pamphlet, paper-conference, patent, performance, periodical, personal_communication, post, post-weblog, regulation, report, review, review-book, software, song, speech, standard, thesis, treaty, webpage.'), models.CheckConstraint(condition=models.Q(('category__in', ['peer-reviewed', 'university-press', 'scholarly-essay', 'trade-book', 'primary-document', 'official-statement', 'think-tank', 'journalism', 'opinion', 'dataset']), ('category__isnull', False)), name='perspectives_source_category_is_known', violation_error_message='Choose one of: peer-reviewed, university-press, scholarly-essay, trade-book, primary-document, official-statement, think-tank, journalism, opinion, dataset.'), models.CheckConstraint(condition=models.Q(('title__isnull', False), ('title__regex', '\\S')), name='perspectives_source_has_a_title', violation_error_message='Give the source a title.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('doi',), name='perspectives_source_doi_is_unique', violation_error_message='Another source has this DOI.')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('author', models.TextField()),
                ('author_short', models.TextField()),
                ('title', models.TextField()),
                ('selector_note', models.TextField()),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='article', to='perspectives.source')),
            ],
            options={
                'ordering': ('slug',),
                'constraints': [models.CheckConstraint(condition=models.Q(('author__regex', '\\S'), ('author_short__regex', '\\S'), ('title__regex', '\\S'), ('selector_note__regex', '\\S')), name='perspectives_article_is_not_blank', violation_error_message='Fill in: author, author_short, title, selector_note.')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('order', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('question', models.TextField()),
                ('background', models.TextField()),
                ('period_start', models.CharField(max_length=10)),
                ('period_end', models.CharField(max_length=10)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='perspectives.article')),
            ],
            options={
                'ordering': ('article', 'order'),
                'constraints': [models.CheckConstraint(condition=models.Q(('title__regex', '\\S'), ('question__regex', '\\S'), ('background__regex', '\\S'), ('period_start__regex', '\\S'), ('period_end__regex', '\\S')), name='perspectives_topic_is_not_blank', violation_error_message='Fill in: title, question, background, period_start, period_end.')],
            },
        ),
        migrations.CreateModel(
            name='ArticleLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('label', models.TextField()),
                ('url', models.URLField(max_length=2000)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='perspectives.article')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('label__regex', '\\S'), ('url__regex', '\\S')), name='perspectives_articlelink_is_not_blank', violation_error_message='Fill in: label, url.')],
            },
        ),
        migrations.CreateModel(
            name='ArticleSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('heading', models.TextField()),
                ('summary', models.TextField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='perspectives.article')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('heading__regex', '\\S'), ('summary__regex', '\\S')), name='perspectives_articlesection_is_not_blank', violation_error_message='Fill in: heading, summary.')],
            },
        ),
        migrations.CreateModel(
            name='Perspective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('identifier', models.SlugField(max_length=80)),
                ('stance', models.CharField(choices=[('author', 'Author'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20)),
                ('label', models.TextField()),
                ('summary', models.TextField()),
                ('held_by_note', models.TextField(blank=True, default='')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='perspectives', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('stance__in', ['author', 'opposing', 'neutral']), ('stance__isnull', False)), name='perspectives_perspective_stance_is_known', violation_error_message='Choose one of: author, opposing, neutral.'), models.CheckConstraint(condition=models.Q(('label__regex', '\\S'), ('summary__regex', '\\S')), name='perspectives_perspective_is_not_blank', violation_error_message='Fill in: label, summary.'), models.UniqueConstraint(fields=('topic', 'identifier'), name='perspectives_perspective_identifier_is_unique', violation_error_message='Another perspective of the topic has this id.')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('identifier', models.SlugField(max_length=80)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('quote', models.TextField()),
                ('quote_by', models.TextField(blank=True, default='')),
                ('paraphrase', models.TextField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='perspectives.article')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='perspectives.articlesection')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('quote__regex', '\\S'), ('paraphrase__regex', '\\S')), name='perspectives_passage_is_not_blank', violation_error_message='Fill in: quote, paraphrase.'), models.UniqueConstraint(fields=('article', 'identifier'), name='perspectives_passage_identifier_is_unique', violation_error_message='Another passage of the article has this id.'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='perspectives_passage_ends_after_it_starts', violation_error_message='The passage must end after it starts.')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('open', 'Open'), ('approved', 'Approved'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn')], default='open', max_length=20)),
                ('body', models.BinaryField()),
                ('note', models.TextField(blank=True, default='')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='perspectives.article')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='perspectives.topic')),
            ],
            options={
                'ordering': ('-proposed_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', True), ('topic__isnull', False)), models.Q(('article__isnull', False), ('topic__isnull', True)), _connector='OR'), name='perspectives_proposal_has_one_owner', violation_error_message='Set exactly one of: topic, article.'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'approved', 'returned', 'withdrawn']), ('status__isnull', False)), name='perspectives_proposal_status_is_known', violation_error_message='Choose one of: open, approved, returned, withdrawn.'), models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('topic',), name='perspectives_proposal_one_is_open_a_topic', violation_error_message='This topic has an open proposal already.'), models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('article',), name='perspectives_proposal_one_is_open_an_article', violation_error_message='This article guide has an open proposal already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='perspectives_proposal_decision_is_whole', violation_error_message='A decision needs its time and its person; an open proposal has neither.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['approved', 'returned']), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='perspectives_proposal_is_decided_by_another', violation_error_message='Another person than the proposer must decide.')],
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('account.created', 'Account made')], max_length=40)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True, default='')),
                ('detail', models.JSONField(default=dict)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_entries', to='perspectives.article')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_entries', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_entries', to='perspectives.topic')),
            ],
            options={
                'verbose_name_plural': 'log entries',
                'ordering': ('-at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'account.created']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, account.created.')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('date', models.CharField(max_length=10)),
                ('title', models.TextField()),
                ('description', models.TextField()),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('title__regex', '\\S'), ('description__regex', '\\S')), name='perspectives_event_is_not_blank', violation_error_message='Fill in: title, description.'), models.CheckConstraint(condition=models.Q(('date__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$')), name='perspectives_event_date_is_partial_iso', violation_error_message='Write the date as YYYY, YYYY-MM or YYYY-MM-DD.')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('body', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('origin', models.CharField(choices=[('fixture', 'From the fixtures'), ('review', 'Reviewed')], max_length=20)),
                ('note', models.TextField(blank=True, default='')),
                ('proposed_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions_approved', to=settings.AUTH_USER_MODEL)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='perspectives.article')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions_proposed', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='perspectives.topic')),
            ],
            options={
                'ordering': ('-published_at', '-number'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', True), ('topic__isnull', False)), models.Q(('article__isnull', False), ('topic__isnull', True)), _connector='OR'), name='perspectives_edition_has_one_owner', violation_error_message='Set exactly one of: topic, article.'), models.CheckConstraint(condition=models.Q(('origin__in', ['fixture', 'review']), ('origin__isnull', False)), name='perspectives_edition_origin_is_known', violation_error_message='Choose one of: fixture, review.'), models.UniqueConstraint(fields=('topic', 'number'), name='perspectives_edition_topic_number_is_unique'), models.UniqueConstraint(fields=('article', 'number'), name='perspectives_edition_article_number_is_unique'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='perspectives_edition_counts_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by', None), ('number', 1), ('origin', 'fixture'), ('proposed_at', None), ('proposed_by', None)), models.Q(('origin', 'review'), ('approved_by__isnull', False), ('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='perspectives_edition_has_two_people_or_is_a_fixture', violation_error_message='An edition needs a proposer and another person who approved it.')],
            },
        ),
        migrations.CreateModel(
            name='Crux',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('question', models.TextField()),
                ('kind', models.CharField(choices=[('fact', 'Fact'), ('cause', 'Cause'), ('law', 'Law'), ('definition', 'Definition'), ('value', 'Value'), ('forecast', 'Forecast')], max_length=20)),
                ('author', models.TextField()),
                ('opposing', models.TextField()),
                ('neutral', models.TextField()),
                ('would_settle', models.TextField()),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cruxes', to='perspectives.topic')),
            ],
            options={
                'verbose_name_plural': 'cruxes',
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['fact', 'cause', 'law', 'definition', 'value', 'forecast']), ('kind__isnull', False)), name='perspectives_crux_kind_is_known', violation_error_message='Choose one of: fact, cause, law, definition, value, forecast.'), models.CheckConstraint(condition=models.Q(('question__regex', '\\S'), ('author__regex', '\\S'), ('opposing__regex', '\\S'), ('neutral__regex', '\\S'), ('would_settle__regex', '\\S')), name='perspectives_crux_is_not_blank', violation_error_message='Fill in: question, author, opposing, neutral, would_settle.')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='perspectives_agreement_is_not_blank', violation_error_message='Fill in: text.')],
            },
        ),
        migrations.CreateModel(
            name='BibliographyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('argues', models.TextField()),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bibliography', to='perspectives.topic')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bibliography_entries', to='perspectives.source')),
            ],
            options={
                'verbose_name_plural': 'bibliography entries',
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('argues__regex', '\\S')), name='perspectives_bibliographyentry_is_not_blank', violation_error_message='Fill in: argues.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'source'), name='perspectives_bibliographyentry_is_listed_once')],
            },
        ),
        migrations.CreateModel(
            name='TopicTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('tag', models.SlugField(max_length=80)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'tag'), name='perspectives_topictag_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('identifier', models.SlugField(max_length=80)),
                ('text', models.TextField()),
                ('kind', models.CharField(choices=[('factual', 'Factual'), ('causal', 'Causal'), ('legal', 'Legal'), ('normative', 'Normative'), ('predictive', 'Predictive')], max_length=20)),
                ('perspective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='perspectives.perspective')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['factual', 'causal', 'legal', 'normative', 'predictive']), ('kind__isnull', False)), name='perspectives_claim_kind_is_known', violation_error_message='Choose one of: factual, causal, legal, normative, predictive.'), models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='perspectives_claim_is_not_blank', violation_error_message='Fill in: text.'), models.UniqueConstraint(fields=('topic', 'identifier'), name='perspectives_claim_identifier_is_unique', violation_error_message='Another claim of the topic has this id.')],
            },
        ),
        migrations.CreateModel(
            name='PublishedArticle',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='published', serialize=False, to='perspectives.article')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('summary', models.JSONField()),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='current_for_article', to='perspectives.edition')),
            ],
            options={
                'ordering': ('slug',),
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='perspectives.person')),
                ('perspective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='perspectives.perspective')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('perspective', 'person'), name='perspectives_holding_is_stated_once')],
            },
        ),
        migrations.CreateModel(
            name='PublishedTopic',
            fields=[
                ('topic', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='published', serialize=False, to='perspectives.topic')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('order', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=80), size=None)),
                ('summary', models.JSONField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_topics', to='perspectives.article')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='current_for_topic', to='perspectives.edition')),
            ],
            options={
                'ordering': ('article', 'order'),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='publishedtopic_tags')],
            },
        ),
        migrations.CreateModel(
            name='PassageTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topic_links', to='perspectives.passage')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passage_links', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('passage', 'topic'), name='perspectives_passagetopic_is_linked_once')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('finding', models.CharField(choices=[('accurate', 'Accurate'), ('accurate-with-context', 'Accurate, needs context'), ('imprecise', 'Imprecise'), ('contested', 'Contested'), ('unsupported', 'Unsupported'), ('inaccurate', 'Inaccurate')], max_length=30)),
                ('note', models.TextField()),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='perspectives.passage')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('finding__in', ['accurate', 'accurate-with-context', 'imprecise', 'contested', 'unsupported', 'inaccurate']), ('finding__isnull', False)), name='perspectives_finding_finding_is_known', violation_error_message='Choose one of: accurate, accurate-with-context, imprecise, contested, unsupported, inaccurate.'), models.CheckConstraint(condition=models.Q(('note__regex', '\\S')), name='perspectives_finding_is_not_blank', violation_error_message='Fill in: note.')],
            },
        ),
        migrations.CreateModel(
            name='PublishedUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('record', models.JSONField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='perspectives.edition')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='perspectives.publishedsource')),
            ],
            options={
                'ordering': ('edition', 'order'),
            },
        ),
        migrations.CreateModel(
            name='PublishedClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=170, unique=True)),
                ('order', models.PositiveIntegerField()),
                ('stance', models.CharField(choices=[('author', 'Author'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20)),
                ('kind', models.CharField(choices=[('factual', 'Factual'), ('causal', 'Causal'), ('legal', 'Legal'), ('normative', 'Normative'), ('predictive', 'Predictive')], max_length=20)),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('record', models.JSONField()),
                ('published_topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='perspectives.publishedtopic')),
            ],
            options={
                'ordering': ('public_id',),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['sources'], name='publishedclaim_sources')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stance__in', ['author', 'opposing', 'neutral']), ('stance__isnull', False)), name='perspectives_publishedclaim_stance_is_known', violation_error_message='Choose one of: author, opposing, neutral.'), models.CheckConstraint(condition=models.Q(('kind__in', ['factual', 'causal', 'legal', 'normative', 'predictive']), ('kind__isnull', False)), name='perspectives_publishedclaim_kind_is_known', violation_error_message='Choose one of: factual, causal, legal, normative, predictive.')],
            },
        ),
        migrations.CreateModel(
            name='PublishedPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=170, unique=True)),
                ('order', models.PositiveIntegerField()),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=80), size=None)),
                ('record', models.JSONField()),
                ('published_article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='perspectives.publishedarticle')),
            ],
            options={
                'ordering': ('published_article', 'order'),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['topics'], name='publishedpassage_topics')],
            },
        ),
        migrations.CreateModel(
            name='PassageClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passage_links', to='perspectives.claim')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claim_links', to='perspectives.passage')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('passage', 'claim'), name='perspectives_passageclaim_is_linked_once')],
            },
        ),
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('stance', models.CharField(choices=[('author', 'Author'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20)),
                ('note', models.TextField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='perspectives.claim')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('note__regex', '\\S')), name='perspectives_gap_is_not_blank', violation_error_message='Fill in: note.'), models.CheckConstraint(condition=models.Q(('stance__in', ['opposing', 'neutral'])), name='perspectives_gap_is_of_an_answering_stance', violation_error_message='A gap is an answer missing from the opposing or the neutral side.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('claim', 'stance'), name='perspectives_gap_is_stated_once')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('type', models.CharField(choices=[('rebuts', 'rebuts'), ('undercuts', 'undercuts'), ('qualifies', 'qualifies'), ('concedes', 'concedes'), ('corroborates', 'corroborates')], max_length=20)),
                ('note', models.TextField()),
                ('from_claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers_given', to='perspectives.claim')),
                ('to_claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers_received', to='perspectives.claim')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(('type__in', ['rebuts', 'undercuts', 'qualifies', 'concedes', 'corroborates']), ('type__isnull', False)), name='perspectives_response_type_is_known', violation_error_message='Choose one of: rebuts, undercuts, qualifies, concedes, corroborates.'), models.CheckConstraint(condition=models.Q(('note__regex', '\\S')), name='perspectives_response_is_not_blank', violation_error_message='Fill in: note.'), models.CheckConstraint(condition=models.Q(('from_claim', models.F('to_claim')), _negated=True), name='perspectives_response_links_two_claims', violation_error_message='A claim cannot answer itself.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('from_claim', 'to_claim', 'type'), name='perspectives_response_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('relation', models.CharField(choices=[('states', 'states it'), ('supports', 'supports it'), ('disputes', 'disputes it'), ('context', 'gives context')], max_length=20)),
                ('locator', models.TextField(blank=True, default='')),
                ('quote', models.TextField(blank=True, default='')),
                ('quote_status', models.CharField(blank=True, choices=[('verified', 'Seen in print by an editor'), ('unverified', 'Not checked')], default='', max_length=20)),
                ('quote_language', models.CharField(blank=True, default='', max_length=35)),
                ('translation', models.TextField(blank=True, default='')),
                ('translator', models.TextField(blank=True, default='')),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='perspectives.agreement')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='perspectives.claim')),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='perspectives.event')),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='perspectives.finding')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='perspectives.source')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agreement__isnull', True), ('claim__isnull', False), ('event__isnull', True), ('finding__isnull', True)), models.Q(('agreement__isnull', False), ('claim__isnull', True), ('event__isnull', True), ('finding__isnull', True)), models.Q(('agreement__isnull', True), ('claim__isnull', True), ('event__isnull', False), ('finding__isnull', True)), models.Q(('agreement__isnull', True), ('claim__isnull', True), ('event__isnull', True), ('finding__isnull', False)), _connector='OR'), name='perspectives_citation_has_one_owner', violation_error_message='Set exactly one of: claim, agreement, event, finding.'), models.CheckConstraint(condition=models.Q(('relation__in', ['states', 'supports', 'disputes', 'context']), ('relation__isnull', False)), name='perspectives_citation_relation_is_known', violation_error_message='Choose one of: states, supports, disputes, context.'), models.CheckConstraint(condition=models.Q(('quote_status__in', ['verified', 'unverified', '']), ('quote_status__isnull', False)), name='perspectives_citation_quote_status_is_known', violation_error_message='Choose one of: verified, unverified.'), models.CheckConstraint(condition=models.Q(models.Q(('quote', ''), ('quote_language', ''), ('quote_status', ''), ('translation', '')), models.Q(models.Q(('quote', ''), _negated=True), models.Q(('quote_status', ''), _negated=True)), _connector='OR'), name='perspectives_citation_quote_has_a_status', violation_error_message='A quotation needs its state, and a state or a translation needs a quotation.'), models.CheckConstraint(condition=models.Q(models.Q(('translation', ''), ('translator', '')), models.Q(models.Q(('translation', ''), _negated=True), models.Q(('translator', ''), _negated=True)), _connector='OR'), name='perspectives_citation_translation_has_a_translator', violation_error_message='Give the translation and the translator together.')],
            },
        ),
        migrations.AddConstraint(
            model_name='articlelink',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('article', 'order'), name='perspectives_articlelink_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='articlesection',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('article', 'order'), name='perspectives_articlesection_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('article', 'order'), name='perspectives_passage_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='passageclaim',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('passage', 'order'), name='perspectives_passageclaim_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('perspective', 'order'), name='perspectives_holding_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('article', 'order'), name='perspectives_topic_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='perspective',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_perspective_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='passagetopic',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('passage', 'order'), name='perspectives_passagetopic_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_gap_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('passage', 'order'), name='perspectives_finding_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_event_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='crux',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_crux_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('perspective', 'order'), name='perspectives_claim_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_agreement_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_response_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('claim', 'agreement', 'event', 'finding', 'order'), name='perspectives_citation_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='bibliographyentry',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_bibliographyentry_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='topictag',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_topictag_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
    ]
