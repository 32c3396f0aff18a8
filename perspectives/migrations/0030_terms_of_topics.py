"""Topics explain the terms of art that their claims use."""

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0029_roles_of_holders'),
    ]

    operations = [
        migrations.CreateModel(
            name='TopicTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('term', models.TextField()),
                ('gloss', models.TextField()),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_topicterm_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'), models.CheckConstraint(condition=models.Q(('term__regex', '\\S'), ('gloss__regex', '\\S')), name='perspectives_topicterm_is_not_blank', violation_error_message='Fill in: term, gloss.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'term'), name='perspectives_topicterm_is_explained_once')],
            },
        ),
    ]
