"""Who may sign in, and in which roles."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """An account with its roles, officer number, teams and areas."""

    display_name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    officer = models.CharField(max_length=40, blank=True)
    teams = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    email = models.EmailField(blank=True)

    class Meta:
        db_table = "account"
