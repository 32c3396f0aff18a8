"""The log tells of API keys that are made and revoked, and of arguments that are imported."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0006_api_keys'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='logentry',
            name='perspectives_logentry_code_is_known',
        ),
        migrations.AlterField(
            model_name='logentry',
            name='code',
            field=models.CharField(choices=[('pack.loaded', 'Pack loaded'), ('edition.proposed', 'Edition proposed'), ('edition.returned', 'Proposal returned'), ('edition.withdrawn', 'Proposal withdrawn'), ('edition.published', 'Edition published'), ('edition.restored', 'Edition restored'), ('argument.imported', 'Argument imported'), ('account.created', 'Account made'), ('api-key.created', 'API key made'), ('api-key.revoked', 'API key revoked')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['pack.loaded', 'edition.proposed', 'edition.returned', 'edition.withdrawn', 'edition.published', 'edition.restored', 'argument.imported', 'account.created', 'api-key.created', 'api-key.revoked']), ('code__isnull', False)), name='perspectives_logentry_code_is_known', violation_error_message='Choose one of: pack.loaded, edition.proposed, edition.returned, edition.withdrawn, edition.published, edition.restored, argument.imported, account.created, api-key.created, api-key.revoked.'),
        ),
    ]
