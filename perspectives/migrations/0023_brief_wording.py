"""What the brief of a topic is made of: plain wordings, phrasings of the question, and what an article is about."""

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0022_cache_table'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='about',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='perspective',
            name='plain',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.CreateModel(
            name='TopicPhrasing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=120)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phrasings', to='perspectives.topic')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'order'), name='perspectives_topicphrasing_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'), models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='perspectives_topicphrasing_is_not_blank', violation_error_message='Fill in: text.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic', 'text'), name='perspectives_topicphrasing_is_given_once')],
            },
        ),
    ]
