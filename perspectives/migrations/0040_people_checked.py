"""The log's codes hold for every row; checked without stopping writers."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0039_people'),
    ]

    operations = [
        ValidateConstraint(model_name='logentry', name='perspectives_logentry_code_is_known'),
    ]
