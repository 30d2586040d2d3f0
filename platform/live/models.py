"""The log: streams, their events, erasable words, and who is present where."""

from __future__ import annotations

from django.db import models


class Stream(models.Model):
    """One append-only log with the folded state as a snapshot. The log is the truth."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    last_seq = models.BigIntegerField(default=0)
    last_at = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    deadline = models.BigIntegerField(null=True)
    snapshot = models.TextField(default="")
    """JSON. A database's own type for it may forget the order of keys, which states rely on."""
    snapshot_seq = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["deadline"], condition=models.Q(deadline__isnull=False), name="live_due")]

    def __str__(self) -> str:
        return f"{self.name}@{self.last_seq}"


class Event(models.Model):
    """One fact. Holds ids and salted digests; words and names stand in erasable rows beside it."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.BigIntegerField()
    at = models.BigIntegerField()
    by = models.CharField(max_length=40, default="")
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    data = models.JSONField()
    ref = models.CharField(max_length=64, default="")
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="live_one_event_a_number"),
            models.UniqueConstraint(
                fields=["stream", "by", "ref"], condition=~models.Q(ref=""), name="live_one_effect_a_ref"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.seq} {self.kind}"


class Words(models.Model):
    """What somebody wrote. Erasing the row leaves every log valid: logs hold the salted digest."""

    key = models.CharField(max_length=40, primary_key=True)
    stream = models.CharField(max_length=80)
    lang = models.CharField(max_length=12)
    text = models.TextField()
    salt = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key


class Withheld(models.Model):
    """Words that are shown to nobody for now; the row in `Words` stays."""

    key = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.key


class Service(models.Model):
    """A stretch of time in which some process served without a break; between two of them none did."""

    began_at = models.BigIntegerField()
    """Milliseconds of the real clock, as `lasted_until`."""
    lasted_until = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.began_at}-{self.lasted_until}"


class Presence(models.Model):
    """A member's open sockets on a stream in one process, renewed every 10 s by that process."""

    stream = models.CharField(max_length=80)
    member = models.CharField(max_length=40)
    process = models.CharField(max_length=40)
    open = models.BooleanField(default=True)
    renewed_at = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "member", "process"], name="live_one_presence_a_process")
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.stream}"
