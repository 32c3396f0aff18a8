"""The constraint of the migration before holds for every row; checked without stopping writers."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0048_lti'),
    ]

    operations = [
        ValidateConstraint(model_name='logentry', name='perspectives_logentry_code_is_known'),
    ]
