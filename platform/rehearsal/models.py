"""Practices: a facilitator alone with simulated people, and the report that is left of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from assemblies.models import Assembly, Member
from kernel.ids import new_key


class Practice(models.Model):
    """One practice of one person, who is either a member or an account. Its assembly is erased soon after the end."""

    key = models.CharField(max_length=16, unique=True, default=new_key)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="practices")
    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="practices")
    assembly = models.OneToOneField(Assembly, on_delete=models.SET_NULL, null=True, related_name="practice")
    """The simulated one; none any more once it is erased."""
    guide = models.CharField(max_length=16)
    """Key of the member whom the person plays there."""
    room = models.CharField(max_length=80)
    """Name of the room's stream."""
    minutes = models.PositiveSmallIntegerField()
    cast = models.JSONField()
    """`rehearsal.core.cast.Role` of each simulated person."""
    stage = models.CharField(max_length=10, default="waiting")
    ending = models.CharField(max_length=10, blank=True)
    """Why it ended."""
    process = models.CharField(max_length=40, blank=True)
    """The web process that plays the others."""
    renewed_at = models.BigIntegerField(default=0)
    """When that process last said so, real milliseconds."""
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    report = models.JSONField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(account__isnull=True), name="rehearsal_one_person_practises"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["waiting", "running", "ended"]), name="rehearsal_known_stage"
            ),
        ]

    def __str__(self) -> str:
        return self.key
