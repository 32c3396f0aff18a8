"""What claims, topics and sources are searched and filtered by, and the table of words.

The generated columns stand before their indexes here: `makemigrations` would write them after.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

INLINE = "ALTER TABLE perspectives_publishedclaim ALTER COLUMN search SET STORAGE MAIN;"
"""Ranking reads this column of every candidate; the long record beside it moves out of the row in its stead."""


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0008_search_configurations'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedWord',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
                ('claims', models.PositiveIntegerField()),
                ('stems', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('word', config='perspectives_stemmed'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'ordering': ('word',),
            },
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='answered_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='categories',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='claim_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='holders',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=80), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='notes_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='perspective_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='sources_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=80), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='years',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedsource',
            name='line',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='positions_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='question',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('claim_text', config='perspectives_stemmed', weight='A'), '||', django.contrib.postgres.search.SearchVector('perspective_text', config='perspectives_stemmed', weight='B'), django.contrib.postgres.search.SearchConfig('perspectives_stemmed')), '||', django.contrib.postgres.search.SearchVector('sources_text', config='perspectives_stemmed', weight='C'), django.contrib.postgres.search.SearchConfig('perspectives_stemmed')), '||', django.contrib.postgres.search.SearchVector('notes_text', config='perspectives_stemmed', weight='D'), django.contrib.postgres.search.SearchConfig('perspectives_stemmed')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddField(
            model_name='publishedsource',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('line', config='perspectives_stemmed', weight='A'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='perspectives_stemmed', weight='A'), '||', django.contrib.postgres.search.SearchVector('question', config='perspectives_stemmed', weight='B'), django.contrib.postgres.search.SearchConfig('perspectives_stemmed')), '||', django.contrib.postgres.search.SearchVector('positions_text', config='perspectives_stemmed', weight='C'), django.contrib.postgres.search.SearchConfig('perspectives_stemmed')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.RunSQL(INLINE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(fields=['holders'], name='publishedclaim_holders'),
        ),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='publishedclaim_tags'),
        ),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(fields=['years'], name='publishedclaim_years'),
        ),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('stance', 'author')), fastupdate=False, fields=['search'], name='publishedclaim_search_author'),
        ),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('stance', 'opposing')), fastupdate=False, fields=['search'], name='publishedclaim_search_opposing'),
        ),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('stance', 'neutral')), fastupdate=False, fields=['search'], name='publishedclaim_search_neutral'),
        ),
        migrations.AddIndex(
            model_name='publishedsource',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='publishedsource_search'),
        ),
        migrations.AddIndex(
            model_name='publishedtopic',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='publishedtopic_search'),
        ),
        migrations.AddIndex(
            model_name='publishedword',
            index=django.contrib.postgres.indexes.GinIndex(fields=['stems'], name='publishedword_stems'),
        ),
        migrations.AddIndex(
            model_name='publishedword',
            index=django.contrib.postgres.indexes.GistIndex(fields=['word'], name='publishedword_trigrams', opclasses=['gist_trgm_ops(siglen=32)']),
        ),
        migrations.AddConstraint(
            model_name='publishedword',
            constraint=models.CheckConstraint(condition=models.Q(('claims__gt', 0)), name='perspectives_publishedword_is_used', violation_error_message='A word that no claim uses is not kept.'),
        ),
    ]
