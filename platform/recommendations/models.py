"""Drafts and their versions as rows, and the recommendations that submitted drafts became."""

from __future__ import annotations

from django.db import models

from assemblies.models import Assembly
from kernel.ids import new_key


class Revision(models.Model):
    """One version of a draft: who wrote it when, from which version; texts are keys of words."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="revisions")
    stream = models.CharField(max_length=80)
    draft = models.CharField(max_length=40, db_index=True)
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    member = models.CharField(max_length=40)
    at = models.BigIntegerField()
    lang = models.CharField(max_length=12)
    title = models.CharField(max_length=40, blank=True)
    recommendation = models.CharField(max_length=40)
    reasons = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["draft", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.draft} v{self.number}"


class Recommendation(models.Model):
    """A draft that left its room. `origin` names the event that sent it: stream and number, never a foreign key."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="recommendations")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    draft = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    lang = models.CharField(max_length=12)
    title = models.CharField(max_length=40, blank=True)
    recommendation = models.CharField(max_length=40)
    reasons = models.CharField(max_length=40, blank=True)
    origin_stream = models.CharField(max_length=80)
    origin_seq = models.BigIntegerField()
    origin_label = models.CharField(max_length=120)
    accepted = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    at = models.BigIntegerField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["origin_stream", "origin_seq"], name="one_a_submission")]

    def __str__(self) -> str:
        return f"{self.key} from {self.origin_label}"
