"""The constraints of the migration before hold for every row; checked without stopping writers."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0043_archiving'),
    ]

    operations = [
        ValidateConstraint(model_name='apikey', name='perspectives_apikey_scopes_are_known'),
        ValidateConstraint(model_name='logentry', name='perspectives_logentry_code_is_known'),
    ]
