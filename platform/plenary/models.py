"""Motions as rows, the frozen rolls, and ballots: named ones, and ones that nothing links to a person."""

from __future__ import annotations

from django.db import models

from assemblies.models import Assembly


class Motion(models.Model):
    """What casting a ballot has to know of a motion, and the published file of its result."""

    key = models.CharField(max_length=16, primary_key=True)
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField()
    phase = models.CharField(max_length=10)
    closes_at = models.BigIntegerField(null=True)
    recommendation = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, default="yes_no")
    """What is written on a ballot: yes, no or abstention, or marks at so many `options`."""
    options = models.PositiveSmallIntegerField(default=0)
    others = models.JSONField(default=list)
    """Further recommendations that are decided in the same vote."""
    document = models.JSONField(null=True)
    wording = models.CharField(max_length=64, default="")
    """SHA-256 over the language versions that were frozen at the opening; a sealed ballot says it."""
    seed = models.CharField(max_length=16, default="")
    """What a lot is drawn from where the rule ends a tie by lot; told to nobody before closing."""

    class Meta:
        ordering = ["assembly", "number"]
        constraints = [models.UniqueConstraint(fields=["assembly", "number"], name="one_motion_a_number")]

    def __str__(self) -> str:
        return f"motion {self.number}"


class RollEntry(models.Model):
    """A member who may vote on a motion in an electorate, and whether present: both frozen at the opening."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="roll")
    electorate = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    member = models.CharField(max_length=16)
    present = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "electorate", "member"], name="once_on_a_roll")]

    def __str__(self) -> str:
        return f"{self.member} in {self.electorate}"


class NamedBallot(models.Model):
    """A roll-call ballot. The last one before closing counts; an earlier one is overwritten, never kept.

    Its choice is a word, or the marks at options as `plenary.core.options` writes them.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="named_ballots")
    electorate = models.CharField(max_length=40)
    member = models.CharField(max_length=16)
    choice = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "electorate", "member"], name="one_named_ballot")]

    def __str__(self) -> str:
        return f"{self.member}: {self.choice}"


class SealingKey(models.Model):
    """What signs the permits of one electorate in one vote. Gone when the ballot closes."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="sealing_keys")
    electorate = models.CharField(max_length=40)
    public = models.TextField()
    """As it stands in the log: the modulus in base64url."""
    private = models.BinaryField()
    """PKCS #8."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "electorate"], name="one_sealing_key")]

    def __str__(self) -> str:
        return self.electorate


class Permit(models.Model):
    """A member has used the right to one ballot whose choice nothing links to them."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="permits")
    electorate = models.CharField(max_length=40)
    member = models.CharField(max_length=16)
    is_assisted = models.BooleanField(default=True)
    """Whether the server did the browser's half; the ballot was cast with it, then."""
    blinded = models.CharField(max_length=64, default="")
    """SHA-256 of the blinded token that was signed, so that asking again is answered again. Until closing."""
    envelope = models.TextField(default="")
    """What the voter's device keeps, sealed with a code that only the voter has: to go on elsewhere. Until closing."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "electorate", "member"], name="one_permit")]

    def __str__(self) -> str:
        return f"{self.member} in {self.electorate}"


class Ballot(models.Model):
    """A ballot without a name: its key is the hash of a token nobody keeps; no number, no time."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="ballots")
    electorate = models.CharField(max_length=40)
    choice = models.CharField(max_length=40)
    proof = models.TextField(default="")
    """The random prefix and the signature on the token's hash, in base64url; empty where the ballot is assisted."""

    def __str__(self) -> str:
        return self.token_hash[:8]
