"""What happened to recommendations: dated facts, every row only ever added."""

from django.db import models


class RecommendationFact(models.Model):
    """One thing that happened to one recommendation.

    Shape:   `sequence` counts from 1 within a number, so that of two who act at once on what they saw one is told; the time
             of a fact known only to the day runs from `happened_from` to `happened_to`.
    """

    number = models.CharField(max_length=40)
    sequence = models.IntegerField()
    deed = models.CharField(max_length=20)
    happened_from = models.DateTimeField()
    happened_to = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    party = models.CharField(max_length=20)
    said = models.JSONField()

    class Meta:
        db_table = "recommendation_fact"
        constraints = [models.UniqueConstraint(fields=["number", "sequence"], name="recommendation_fact_next")]
