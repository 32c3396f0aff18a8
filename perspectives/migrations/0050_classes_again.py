"""The scope of keys that lead classes; keys are few, so that looking at each of them stops nobody."""

import django.contrib.postgres.fields
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0049_lti_checked'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='apikey',
            name='perspectives_apikey_scopes_are_known',
        ),
        migrations.AlterField(
            model_name='apikey',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('suggest', 'Suggest'), ('subscribe', 'Subscribe'), ('notices', 'Notices'), ('teach', 'Teach'), ('export', 'Export'), ('curate', 'Curate')], max_length=20), size=None),
        ),
        AddConstraintNotValid(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['read', 'suggest', 'subscribe', 'notices', 'teach', 'export', 'curate']), ('scopes__len__gte', 1)), name='perspectives_apikey_scopes_are_known', violation_error_message='Choose one or more of: read, suggest, subscribe, notices, teach, export, curate.'),
        ),
        ValidateConstraint(model_name='apikey', name='perspectives_apikey_scopes_are_known'),
    ]
