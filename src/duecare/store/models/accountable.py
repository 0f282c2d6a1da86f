"""Who was named as accountable for what, and what was signed off: dated, and only ever added to."""

from django.db import models


class AccountableNamed(models.Model):
    """A post named as accountable for a duty, a borough or a recommendation, from a day on.

    Shape:   `over` is duty, area or recommendation, `key` its id, name or number; the post is of this kind and area.
    """

    over = models.CharField(max_length=16)
    key = models.CharField(max_length=120)
    post_kind = models.CharField(max_length=60)
    post_area = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    reason = models.TextField(blank=True)
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=150)

    class Meta:
        db_table = "accountable_named"
        indexes = [models.Index(fields=["over", "key"], name="accountable_named_key")]


class SignedOff(models.Model):
    """A sign-off: which officer signed off what they are accountable for, when, in which words, and how it stood.

    Shape:   `late` and `open` are what was late and open then by the assessment of `as_of`; None for a recommendation.
    """

    over = models.CharField(max_length=16)
    key = models.CharField(max_length=120)
    officer = models.CharField(max_length=80)
    words = models.TextField()
    late = models.BigIntegerField(null=True)
    open = models.BigIntegerField(null=True)
    as_of = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        db_table = "signed_off"
        indexes = [models.Index(fields=["over", "key", "at"], name="signed_off_key")]
