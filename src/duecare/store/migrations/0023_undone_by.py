"""Who took a judgement back, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Who took a judgement back, and why."""

    dependencies = [
        ('store', '0022_shown_before_it_was_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='judgement',
            name='undone_by',
            field=models.CharField(blank=True, default='', max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='judgement',
            name='undone_reason',
            field=models.CharField(blank=True, default='', max_length=500),
            preserve_default=False,
        ),
    ]
