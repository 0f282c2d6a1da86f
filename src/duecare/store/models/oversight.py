"""What those who oversee asked, what was answered, and what meetings decided: dated, and only ever added to."""

from django.db import models


class OversightEntry(models.Model):
    """One dated entry: a meeting, a question, an answer, a minute, an action, or that it was done.

    Shape:   `deed` and `body` as `recommendation.oversight_register` names them; `meeting` and `of` are the numbers of others.
    """

    deed = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    words = models.TextField()
    body = models.CharField(max_length=16, blank=True)
    meeting = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    owner = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        db_table = "oversight_entry"
