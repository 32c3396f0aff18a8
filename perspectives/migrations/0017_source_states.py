"""Sources may be deprecated or superseded; one that was superseded gives its DOI up to its successor.

How a generated column is made cannot be altered, so that of the DOI is made anew.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0016_intake'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='state',
            field=models.CharField(choices=[('current', 'Current'), ('deprecated', 'Deprecated'), ('superseded', 'Superseded')], default='current', max_length=20),
        ),
        migrations.AddField(
            model_name='source',
            name='state_reason',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='source',
            name='superseded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='perspectives.source'),
        ),
        migrations.RemoveConstraint(model_name='source', name='perspectives_source_doi_is_unique'),
        migrations.RemoveField(model_name='source', name='doi'),
        migrations.AddField(
            model_name='source',
            name='doi',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('state', 'superseded'), _negated=True), then=django.db.models.functions.text.Lower(django.db.models.fields.json.KeyTextTransform('DOI', 'record')))), output_field=models.TextField(null=True)),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(deferrable=models.Deferrable['DEFERRED'], fields=('doi',), name='perspectives_source_doi_is_unique', violation_error_message='Another source has this DOI.'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=django.contrib.postgres.indexes.GinIndex(fields=['title'], name='source_title_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['current', 'deprecated', 'superseded']), ('state__isnull', False)), name='perspectives_source_state_is_known', violation_error_message='Choose one of: current, deprecated, superseded.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'current'), ('state_reason', '')), models.Q(models.Q(('state', 'current'), _negated=True), ('state_reason__regex', '\\S')), _connector='OR'), name='perspectives_source_state_has_a_reason', violation_error_message='Say why the source is not to be cited; one that may be cited needs no reason.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'superseded'), ('superseded_by__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('superseded_by__isnull', True)), _connector='OR'), name='perspectives_source_superseded_has_a_successor', violation_error_message='Say which source stands in the place of a superseded one, and of no other.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_by', models.F('id')), _negated=True), name='perspectives_source_is_not_its_own_successor', violation_error_message='A source cannot stand in its own place.'),
        ),
    ]
