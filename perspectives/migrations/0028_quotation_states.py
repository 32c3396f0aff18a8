"""A quotation tells how an editor saw its words, where and when.

Of `verified`, seen in print or in a reproduction, the weaker is taken.
"""

from django.db import migrations, models

AT_ONCE = migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE")
"""What was updated leaves no check for later, so that the table can be altered in the same transaction."""


def tell_more(apps, _editor):
    """Write the old states as the new."""
    citations = apps.get_model("perspectives", "Citation").objects
    citations.filter(quote_status="verified").update(quote_status="reproduction")
    citations.filter(quote_status="unverified").update(quote_status="not-checked")


def tell_less(apps, _editor):
    """Write the new states as the old: who translated unseen words is lost."""
    citations = apps.get_model("perspectives", "Citation").objects
    citations.filter(quote_status="translated", translation="").update(translator="")
    citations.filter(quote_status__in=["own-text", "reproduction"]).update(quote_status="verified")
    citations.exclude(quote_status__in=["", "verified"]).update(quote_status="unverified")


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0027_authors_side'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='citation',
            name='perspectives_citation_quote_status_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='citation',
            name='perspectives_citation_translation_has_a_translator',
        ),
        migrations.AddField(
            model_name='citation',
            name='quote_seen_in',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='citation',
            name='quote_seen_on',
            field=models.CharField(blank=True, default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='citation',
            name='quote_status',
            field=models.CharField(blank=True, choices=[('own-text', 'Own text seen'), ('reproduction', 'Reproduction seen'), ('translated', 'Translation seen'), ('description', 'From a description'), ('second-hand', 'Second-hand'), ('not-checked', 'Not checked')], default='', max_length=20),
        ),
        AT_ONCE,
        migrations.RunPython(tell_more, tell_less),
        AT_ONCE,
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('quote_status__in', ['own-text', 'reproduction', 'translated', 'description', 'second-hand', 'not-checked', '']), ('quote_status__isnull', False)), name='perspectives_citation_quote_status_is_known', violation_error_message='Choose one of: own-text, reproduction, translated, description, second-hand, not-checked.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quote_seen_in', ''), ('quote_seen_on', '')), models.Q(('quote_status__in', ['', 'not-checked']), _negated=True), _connector='OR'), name='perspectives_citation_quote_was_seen', violation_error_message='Words that nobody saw were seen nowhere; give another state or no place.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quote_status', 'second-hand'), _negated=True), models.Q(('quote_seen_in', ''), _negated=True), _connector='OR'), name='perspectives_citation_second_hand_names_a_work', violation_error_message='Name the work that quotes these words.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('translation', ''), ('translator', ''), models.Q(('quote_status', 'translated'), _negated=True)), models.Q(models.Q(models.Q(('translation', ''), _negated=True), ('quote_status', 'translated'), _connector='OR'), models.Q(('translator', ''), _negated=True)), _connector='OR'), name='perspectives_citation_translation_has_a_translator', violation_error_message='Words that are translated need their translator, and others have none.'),
        ),
    ]
