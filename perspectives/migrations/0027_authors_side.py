"""The stance of the article's author is called the author's side, on pages and at the desk alike; nothing in the tables changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('perspectives', '0026_thesaurus_changed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='gap',
            name='stance',
            field=models.CharField(choices=[('author', 'Author’s side'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20),
        ),
        migrations.AlterField(
            model_name='perspective',
            name='stance',
            field=models.CharField(choices=[('author', 'Author’s side'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20),
        ),
        migrations.AlterField(
            model_name='publishedclaim',
            name='stance',
            field=models.CharField(choices=[('author', 'Author’s side'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20),
        ),
        migrations.AlterField(
            model_name='publishedresponse',
            name='from_stance',
            field=models.CharField(choices=[('author', 'Author’s side'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20),
        ),
        migrations.AlterField(
            model_name='publishedresponse',
            name='to_stance',
            field=models.CharField(choices=[('author', 'Author’s side'), ('opposing', 'Opposing'), ('neutral', 'Neutral')], max_length=20),
        ),
    ]
