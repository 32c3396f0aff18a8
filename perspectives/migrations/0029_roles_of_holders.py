"""Who holds a perspective may have a role: an office, funding or part in the events."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0028_quotation_states'),
    ]

    operations = [
        migrations.AddField(
            model_name='holding',
            name='role',
            field=models.TextField(blank=True, default=''),
        ),
    ]
