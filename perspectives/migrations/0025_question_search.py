"""What a question is read by: groups of synonyms, and more of each topic in the published index."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import perspectives.models.synonyms

FORWARD = """
CREATE FUNCTION perspectives_term_conditions(terms text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT coalesce(array_agg(DISTINCT condition), '{}') FROM (
    SELECT CASE WHEN term LIKE '%*' AND query <> '' THEN (query || ':*')::tsquery::text ELSE query END AS condition
    FROM unnest(terms) AS term,
        LATERAL (SELECT phraseto_tsquery('public.perspectives_stemmed'::regconfig, rtrim(term, '*'))::text AS query) AS read
) AS each WHERE condition <> ''
$$;
"""
RECOUNT = """
TRUNCATE perspectives_publishedword;
INSERT INTO perspectives_publishedword (word, claims)
SELECT word, count(*) FROM (
    SELECT concat_ws(E'\\n', claim_text, perspective_text, sources_text, notes_text) AS text FROM perspectives_publishedclaim
    UNION ALL SELECT concat_ws(E'\\n', title, question, positions_text) FROM perspectives_publishedtopic
) AS texts, unnest(tsvector_to_array(to_tsvector('perspectives_exact', text))) AS word
WHERE word ~ '^([[:alpha:]]{3,40}|[0-9]{4})$' GROUP BY word;
"""
"""Words of topics and years count from now on; the start that follows cuts the topics' further texts and counts these."""
BACKWARD = "DROP FUNCTION perspectives_term_conditions(text[]);"


def search_vector(**weights):
    """Write the expression of the generated column as it was written at this time."""
    search = django.contrib.postgres.search
    vectors = [search.SearchVector(column, weight=weight, config="perspectives_stemmed") for column, weight in weights.items()]
    expression = vectors[0]
    for vector in vectors[1:]:
        expression = expression + vector
    return models.GeneratedField(db_persist=True, expression=expression, output_field=search.SearchVectorField())


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0024_stated_by'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=80, unique=True)),
                ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('conditions', models.GeneratedField(db_persist=True, expression=perspectives.models.synonyms.TermConditions('terms'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.AddIndex(
            model_name='synonymgroup',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['conditions'], name='synonymgroup_conditions'),
        ),
        migrations.AddConstraint(
            model_name='synonymgroup',
            constraint=models.CheckConstraint(condition=models.Q(('terms__len__gt', 1)), name='perspectives_synonymgroup_has_two_terms', violation_error_message='A group has at least two terms: one is no other word for anything.'),
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='asked_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='summaries_text',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='details_text',
            field=models.TextField(default=''),
        ),
        migrations.RemoveIndex(
            model_name='publishedtopic',
            name='publishedtopic_search',
        ),
        migrations.RemoveField(
            model_name='publishedtopic',
            name='search',
        ),
        migrations.AddField(
            model_name='publishedtopic',
            name='search',
            field=search_vector(title='A', question='A', asked_text='A', positions_text='B', summaries_text='C', details_text='D'),
        ),
        migrations.AddIndex(
            model_name='publishedtopic',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='publishedtopic_search'),
        ),
        migrations.AlterConstraint(
            model_name='publishedword',
            name='perspectives_publishedword_is_used',
            constraint=models.CheckConstraint(condition=models.Q(('claims__gt', 0)), name='perspectives_publishedword_is_used', violation_error_message='A word that nothing uses is not kept.'),
        ),
        migrations.RunSQL(RECOUNT, migrations.RunSQL.noop),
    ]
