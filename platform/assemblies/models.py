"""Assemblies, their phases and members, and the rows behind personal links and devices."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from assemblies.core.roles import PhaseKind, Role
from kernel.ids import new_key
from translation.core.glossary import Term
from translation.queries import glossaries

DISSENT_MINIMUM = 2
"""Where an assembly says nothing else."""


def scope_of(assembly: int) -> str:
    """Where the texts of an assembly are translated: by one glossary, with one memory."""
    return f"assembly.{assembly}"


class Assembly(models.Model):
    """One assembly. Texts stand in its own language `lang`; `languages` are those it works in."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    question = models.TextField()
    mandate = models.TextField(blank=True)
    lang = models.CharField(max_length=12)
    languages = models.JSONField(default=list)
    chambers = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    public = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    organisers = models.ManyToManyField("accounts.User", related_name="assemblies")

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> str:
        """Where its texts are translated."""
        return scope_of(self.pk)

    @property
    def dissent_minimum(self) -> int:
        """How many people have to be behind a dissent that was not settled, for it to be published."""
        return int(self.settings.get("dissent_minimum", DISSENT_MINIMUM))

    @property
    def supporters_minimum(self) -> int:
        """How many members have to support a recommendation before it can be put to the vote; 0: nobody is asked."""
        return int(self.settings.get("supporters_minimum", 0))

    @cached_property
    def terms(self) -> Sequence[Term]:
        """What it agreed to call things, read once; one query."""
        return glossaries([self.scope]).get(self.scope, ())


class Phase(models.Model):
    """A stretch of the assembly's time with one purpose."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in PhaseKind])
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="phase_has_length")]

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """A person in an assembly. Logs know only `key`; erasing name and contact leaves them valid."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="members")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    name = models.CharField(max_length=60)
    skeleton = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    chamber = models.CharField(max_length=40, blank=True)
    speaks = models.JSONField(default=list)
    reads = models.CharField(max_length=12)
    traits = models.JSONField(default=dict)
    """What the organisers' list says of this person beside the usual: column to value, for mixing rooms."""
    scribe = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    """Who types for this person, who has no device."""
    joined_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "skeleton"], condition=Q(removed_at__isnull=True), name="one_name_looks_like_one"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A personal link: 128-bit code kept as a digest. It lets its member in, on any device, until revoked."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.member_id}"


class OrganiserLink(models.Model):
    """A one-time link that lets one more person organise an assembly; only its digest is kept.

    `name` is what the inviting organiser calls that person, to tell links apart.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="organiser_links")
    name = models.CharField(max_length=60)
    code_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A browser that a member's link was used in; its secret stands in a cookie for that member's address only."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="devices")
    secret_digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return self.label
