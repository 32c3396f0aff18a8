"""Where line items are made, and until when a platform is left alone; groups of courses are not read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0050_classes_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='ltiassignment',
            name='lineitems_url',
            field=models.CharField(blank=True, default='', max_length=2000),
        ),
        migrations.AddField(
            model_name='ltigraderun',
            name='asked_again_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveField(model_name='lticourse', name='groups_url'),
    ]
