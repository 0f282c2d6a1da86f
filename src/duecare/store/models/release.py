"""Releases: what was drafted, checked, answered and published, every row of it only ever added."""

from django.db import models


class Release(models.Model):
    """One release, by its name in addresses; a correction is a release that says which one it corrects."""

    slug = models.CharField(max_length=60, unique=True)
    period = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)

    class Meta:
        db_table = "release"


class ReleaseVersion(models.Model):
    """What was drafted, as cleared, with the hash of its content; to change it is to add another.

    Shape:   `content` is canonical JSON of what may be printed; `inside` is what the clearance of later releases needs of
             it, true counts among them; `history_hash` says against what was seen outside by then it was cleared; `access` is
             [[account, from when] ...]; `words` are the author's own.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    inside = models.JSONField()
    summary = models.JSONField()
    history_hash = models.CharField(max_length=64)
    publish_at = models.DateTimeField()
    access = models.JSONField(default=list)
    words = models.JSONField(default=list)
    corrects = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=150)
    drafted_at = models.DateTimeField()

    class Meta:
        db_table = "release_version"
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="release_version_number")]


class ReleaseCheck(models.Model):
    """What one person found of a version, bound to the seal that they read."""

    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT)
    account = models.CharField(max_length=150)
    seal = models.CharField(max_length=64)
    passed = models.BooleanField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "release_check"
        constraints = [models.UniqueConstraint(fields=["version", "account"], name="release_check_once")]


class ReleaseAnswer(models.Model):
    """What the force answered, once, for factual accuracy."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT)
    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT)
    account = models.CharField(max_length=150)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "release_answer"


class ReleaseFile(models.Model):
    """One file of a version that two people checked, as everybody gets it."""

    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "release_file"
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="release_file_once")]


class ReleaseShown(models.Model):
    """A version shown before its time to somebody on its list who neither drafts nor checks, and when first."""

    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT)
    account = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        db_table = "release_shown"
        constraints = [models.UniqueConstraint(fields=["version", "account"], name="release_shown_once")]


class ReleasePublished(models.Model):
    """The version that went out, when, and as which release in their order."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT)
    version = models.ForeignKey(ReleaseVersion, on_delete=models.PROTECT)
    number = models.IntegerField(unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "release_published"
