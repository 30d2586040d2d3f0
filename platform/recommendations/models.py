"""Drafts and their versions as rows, and the recommendations that submitted drafts became."""

from __future__ import annotations

from django.db import models

from assemblies.models import Assembly, Member
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


class Parent(models.Model):
    """A version of a draft that became part of a merged recommendation, and what its room is called. That draft, up to
    this version, is put to the vote no more; what its room writes afterwards is a text of its own."""

    merged = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="parents")
    stream = models.CharField(max_length=80)
    draft = models.CharField(max_length=40, db_index=True)
    version = models.PositiveIntegerField()
    label = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["merged", "draft"], name="one_parent_a_draft")]

    def __str__(self) -> str:
        return f"{self.draft} v{self.version} in {self.merged_id}"


class Supporter(models.Model):
    """This member wants the recommendation to be put to the vote. How many is told, who is not."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="supporters")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "member"], name="supports_once")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.recommendation_id}"


class Apart(models.Model):
    """Somebody who leads rooms said that these two drafts are not the same, though their words are alike."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="+")
    one = models.CharField(max_length=40)
    other = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="apart_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


class DraftText(models.Model):
    """The text of a draft that several people write at once: a Yjs document, whose first updates are folded into
    `state`. Erasable, and beside every log."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="draft_texts")
    stream = models.CharField(max_length=80)
    draft = models.CharField(max_length=40, unique=True)
    seq = models.BigIntegerField(default=0)
    """Number of the last update."""
    state = models.BinaryField(default=b"")
    state_seq = models.BigIntegerField(default=0)
    """Up to which number updates are in `state`, and their rows gone."""

    def __str__(self) -> str:
        return f"{self.draft}@{self.seq}"


class TextUpdate(models.Model):
    """One update of a draft's text, stored before anybody is told of it."""

    text = models.ForeignKey(DraftText, on_delete=models.CASCADE, related_name="updates", db_index=False)
    seq = models.BigIntegerField()
    member = models.CharField(max_length=16, blank=True)
    at = models.BigIntegerField()
    update = models.BinaryField()

    class Meta:
        ordering = ["text", "seq"]
        constraints = [models.UniqueConstraint(fields=["text", "seq"], name="one_text_update_a_number")]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.seq}"


class Pen(models.Model):
    """Who wrote with a Yjs client: every character of a text names its client. Without a member: somebody erased."""

    text = models.ForeignKey(DraftText, on_delete=models.CASCADE, related_name="pens", db_index=False)
    client = models.BigIntegerField()
    member = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "client"], name="one_member_a_pen")]

    def __str__(self) -> str:
        return f"{self.client} of {self.member}"
