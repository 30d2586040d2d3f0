"""Texts that are read in other languages: which are wanted, where, and what came of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from translation.core.queue import Urgency


class FeedLanguage(models.Model):
    """Somebody reads stream `root` in `lang`."""

    root = models.CharField(max_length=40)
    lang = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "lang"], name="translation_one_feed_a_language")]

    def __str__(self) -> str:
        return f"{self.root} in {self.lang}"


class Passage(models.Model):
    """Words of a stream that are read in other languages too. Their text stands with `live`, once."""

    root = models.CharField(max_length=40)
    words = models.CharField(max_length=40, db_index=True)
    lang = models.CharField(max_length=12)
    scope = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "words"], name="translation_one_passage_a_stream")]

    def __str__(self) -> str:
        return f"{self.words} in {self.root}"


class Translation(models.Model):
    """One text in one other language, made once in an assembly and shown to everybody."""

    scope = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    recipe = models.CharField(max_length=250)
    text = models.TextField()
    doubts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "digest", "source", "target", "recipe"], name="translation_one_a_recipe"
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.source}-{self.target}"


def by_person(words: str) -> str:
    """The recipe of a translation that a person wrote, under this key of words."""
    return f"person {words}"


class Status(models.TextChoices):
    """What became of a text in one language. `wanted` is work that is left to do, whoever crashed meanwhile."""

    WANTED = "wanted"
    MACHINE = "machine"
    HUMAN = "human"
    SIGNED = "signed"
    MISSING = "missing"
    FAILED = "failed"


BY_PEOPLE = (Status.HUMAN, Status.SIGNED)


class Rendering(models.Model):
    """A passage in one reading language; points at exactly one translation, which nothing replaces silently."""

    key = models.CharField(max_length=40, unique=True)
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="renderings", db_index=False)
    target = models.CharField(max_length=12)
    translation = models.ForeignKey(Translation, on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WANTED)
    label = models.JSONField(null=True)
    urgency = models.PositiveSmallIntegerField(default=Urgency.LIVE)
    tries = models.PositiveSmallIntegerField(default=0)
    again = models.BooleanField(default=False, db_default=False)
    """Another version that people had reviewed was changed since: whoever reviewed this one looks at it again."""
    leased_until = models.BigIntegerField(default=0)
    """Real milliseconds since 1970 until which a dispatcher works on it. Below 0: nobody has yet, and it has been
    wanted since that moment, negated so that it may be claimed whatever the clocks of two machines say."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "target"], name="translation_one_rendering_a_language")
        ]
        indexes = [
            models.Index(fields=["urgency", "id"], condition=Q(status="wanted"), name="translation_wanted"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class FormerText(models.Model):
    """What a rendering pointed at before a person's translation took its place, under the key it had then."""

    key = models.CharField(max_length=40, unique=True)
    rendering = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="former")
    translation = models.ForeignKey(Translation, on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8, choices=Status.choices)
    label = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class KeptName(models.Model):
    """A name that translations in this scope leave as it is: of a member, of a place."""

    scope = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "name"], name="translation_one_name_a_scope")]

    def __str__(self) -> str:
        return self.name


class AgreedTerm(models.Model):
    """What one thing is called in one language of a scope, and what it means; `number` joins the languages."""

    scope = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    lang = models.CharField(max_length=12)
    forms = models.JSONField()
    """Singular first; empty where only the meaning is told."""
    meaning = models.TextField(blank=True)

    class Meta:
        ordering = ["number", "lang"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "number", "lang"], name="translation_one_term_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.lang}"


class Delay(models.Model):
    """How many live texts of one pair in a scope reached their readers within about so long; nothing of any one."""

    scope = models.CharField(max_length=40)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    at_most_ms = models.PositiveIntegerField()
    texts = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "source", "target", "at_most_ms"], name="translation_one_delay_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}-{self.target} within {self.at_most_ms} ms: {self.texts}"
