"""By which guards all was linked; and pairs found by their weight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """By which guards all was linked; and pairs found by their weight."""

    dependencies = [
        ('store', '0026_link_samples'),
    ]

    operations = [
        migrations.AddField(
            model_name='linkrun',
            name='guards',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['run', 'weight'], name='pair_weight'),
        ),
    ]
