"""Rooms, who sits in them, and what was said there, as tables: projections of the rooms' streams."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assemblies.models import Assembly, Member
from live.names import stream_name


class Room(models.Model):
    """A small group of an assembly; its talk is the stream `room.<pk>`."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="rooms")
    number = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField(default=0)
    """The round it was composed for; 0: it was made by hand."""
    title = models.CharField(max_length=120, blank=True)
    title_lang = models.CharField(max_length=12, blank=True)
    opens_at = models.BigIntegerField(null=True)
    """Planned opening, civic milliseconds."""
    stage = models.CharField(max_length=10, default="waiting")
    final_at = models.BigIntegerField(null=True)
    """Until when it may be opened again, civic milliseconds; None: it is not closed."""
    step = models.CharField(max_length=16, blank=True)
    """Key of the step of the programme it is at."""
    step_seq = models.BigIntegerField(default=0)
    """Number of the last thing the programme said to it."""
    is_step_done = models.BooleanField(default=False)
    step_until = models.BigIntegerField(default=0)
    """Until when it stays at a step that its facilitator made longer, civic milliseconds."""
    is_hall = models.BooleanField(default=False)
    """The plenary debates here: everybody's room, beside their small one."""

    class Meta:
        ordering = ["assembly", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "number"], name="rooms_one_number_a_room"),
            models.CheckConstraint(condition=Q(stage__in=["waiting", "open", "closed"]), name="rooms_known_stage"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.number}"

    @property
    def stream(self) -> str:
        """The name of its stream."""
        return stream_name("room", self.pk)


class Proposal(models.Model):
    """Rooms somebody asked for: the question, and, once it is worked out, the answer. `applied` rounds were made.

    Both are data of `rooms.core.composition`; the same question always has the same answer.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="proposals")
    made_at = models.DateTimeField(default=timezone.now)
    question = models.JSONField()
    answer = models.JSONField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(default=timezone.now, null=True)
    """When the search last told how far it is; none: it failed."""
    traits = models.JSONField(default=list)
    everybody = models.BooleanField(default=False)
    mode = models.CharField(max_length=20, default="balanced")
    limits = models.JSONField(default=dict)
    """`floor.core.types.Limits` of the rooms to be made."""
    latecomers = models.CharField(max_length=4, default="rule")
    applied = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(latecomers__in=["rule", "hand"]), name="rooms_known_latecomers")
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class Seat(models.Model):
    """A member's place in a room; `member_id` is the member's key."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, to_field="key", related_name="seats")
    role = models.CharField(max_length=20)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["room", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "member"], name="rooms_one_seat_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.room_id}"


class Contribution(models.Model):
    """Something said or noted; its text stands under `words` among the erasable words of the log."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="contributions", db_index=False)
    member = models.CharField(max_length=16, db_index=True)
    words = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12)
    lang = models.CharField(max_length=12)
    at = models.BigIntegerField()
    seq = models.BigIntegerField()
    turn = models.PositiveIntegerField(default=0)
    item = models.PositiveIntegerField(default=0)
    hidden = models.CharField(max_length=12, blank=True)
    """Why the facilitator hid it from everybody else, if so."""
    withdrawn = models.BooleanField(default=False)
    """Its author took it back."""
    wording = models.CharField(max_length=40)
    """Key of the words as they stand now, `lang` their language: the first ones, or the author's last correction."""

    class Meta:
        ordering = ["room", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="rooms_one_contribution_an_event"),
            models.CheckConstraint(condition=Q(kind__in=["contribution", "note"]), name="rooms_known_kind"),
        ]

    def __str__(self) -> str:
        return self.words


class FurtherWords(models.Model):
    """What was written about something said, and goes where it goes: a correction, or a suggested translation."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="further")
    words = models.CharField(max_length=40, unique=True)
    is_correction = models.BooleanField()
    at = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class FlagMark(models.Model):
    """This member does not understand the translation of these words into this language; told to nobody else."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="flags")
    wording = models.CharField(max_length=40)
    lang = models.CharField(max_length=12)
    member = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wording", "lang", "member"], name="rooms_one_flag_a_reader")]

    def __str__(self) -> str:
        return f"{self.wording} in {self.lang}"


class PollMark(models.Model):
    """This member has answered this poll; what, stands nowhere. Deleted when the poll is closed."""

    poll = models.CharField(max_length=16)
    member = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="rooms_one_answer_a_member")]

    def __str__(self) -> str:
        return f"{self.member} in {self.poll}"


class PollCount(models.Model):
    """How many have chosen this answer; who, stands nowhere. Deleted when the poll is closed."""

    poll = models.CharField(max_length=16)
    choice = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "choice"], name="rooms_one_count_a_choice")]

    def __str__(self) -> str:
        return f"{self.choice} in {self.poll}"


class Accommodation(models.Model):
    """Somebody gets more time to speak than an equal part, because they need it. Private; those that ended stay, as a
    ledger."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="accommodations")
    percent = models.PositiveSmallIntegerField()
    """Of an equal part."""
    set_by = models.CharField(max_length=40)
    set_at = models.BigIntegerField()
    """Civic milliseconds, as `ended_at`."""
    ended_by = models.CharField(max_length=40, default="")
    ended_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at__isnull=True), name="rooms_one_accommodation_a_member"
            ),
            models.CheckConstraint(condition=Q(percent__in=[125, 150]), name="rooms_known_accommodation"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % for {self.member_id}"
