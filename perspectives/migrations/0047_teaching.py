"""What editors tell teachers of a topic, and what they ask a class about its cruxes."""

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0046_classes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CruxPrompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('text', models.TextField()),
            ],
            options={
                'ordering': ('order',),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='topic',
            name='teaching_aim',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='topic',
            name='teaching_note',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('teaching_note', ''), ('teaching_aim__regex', '\\S'), _connector='OR'), name='perspectives_topic_teaching_note_has_an_aim', violation_error_message='Fill in: teaching_aim, or remove the note for teachers.'),
        ),
        migrations.AddField(
            model_name='cruxprompt',
            name='crux',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prompts', to='perspectives.crux'),
        ),
        migrations.AddConstraint(
            model_name='cruxprompt',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('crux', 'order'), name='perspectives_cruxprompt_order_is_unique', nulls_distinct=False, violation_error_message='Another item stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='cruxprompt',
            constraint=models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='perspectives_cruxprompt_is_not_blank', violation_error_message='Fill in: text.'),
        ),
    ]
