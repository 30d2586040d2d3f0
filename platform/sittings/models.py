"""Which sittings an assembly has had, as a table: a projection of its stream `sitting.<assembly>`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assemblies.models import Assembly


class Sitting(models.Model):
    """One sitting of an assembly that has begun."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="sittings")
    number = models.PositiveIntegerField()
    began_at = models.BigIntegerField()
    """Civic milliseconds."""
    ended_at = models.BigIntegerField(null=True)
    began_seq = models.BigIntegerField()
    told_seq = models.BigIntegerField(default=0)
    """Number of the event that rooms were last to hear of."""

    class Meta:
        ordering = ["assembly", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "number"], name="sittings_one_number_a_sitting"),
            models.UniqueConstraint(
                fields=["assembly"], condition=Q(ended_at__isnull=True), name="sittings_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"sitting {self.number} of {self.assembly_id}"
