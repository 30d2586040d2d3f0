"""Beginning a practice, and entering it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from assemblies.models import Member
from assemblies.services import Joined, sign_in
from kernel.errors import Refused
from rehearsal.core.cast import Minutes
from rehearsal.models import Practice
from rehearsal.practice import keeper
from rehearsal.practice.staging import set_stage


@dataclass(frozen=True, slots=True)
class Person:
    """Who practises: a member, or an organiser's account; `home` is where their page of practices is."""

    member: Member | None
    account: User | None
    home: str

    @property
    def key(self) -> str:
        """Who asks, for limits of rate."""
        return self.member.key if self.member else f"account.{self.account_key}"

    @property
    def account_key(self) -> int:
        """Of whoever practises with an account."""
        return self.account.pk if self.account else 0

    def hold(self) -> None:
        """Whoever begins twice at once begins once: the second waits for the first."""
        mine = Member.objects.filter(pk=self.member.pk) if self.member else User.objects.filter(pk=self.account_key)
        list(mine.select_for_update())

    @property
    def practices(self) -> Q:
        """Their own practices and nobody else's."""
        return Q(member=self.member) if self.member else Q(account=self.account, member=None)


@transaction.atomic
def begin(person: Person, *, name: str, reads: str, minutes: Minutes) -> Practice:
    """A new practice for this person, or the one that goes on. Refused while too many go on here."""
    person.hold()
    going_on = Practice.objects.exclude(stage="ended")
    mine = going_on.filter(person.practices).first()
    if mine is not None:
        return mine
    if going_on.count() >= settings.PRACTICES_AT_ONCE:
        raise Refused("practice.too_many", limit=settings.PRACTICES_AT_ONCE)
    practice = Practice(member=person.member, account=person.account, minutes=minutes)
    staged = set_stage(name=name, reads=reads, minutes=minutes, back=f"{person.home}{practice.key}/")
    practice.assembly, practice.guide, practice.room = staged.assembly, staged.guide.key, staged.room.stream
    practice.cast = [{"part": each.part, "key": each.key, "name": each.name, "lang": each.lang} for each in staged.cast]
    practice.save()
    transaction.on_commit(keeper.wake)
    return practice


def enter(practice: Practice, *, device_label: str) -> Joined:
    """This browser plays the facilitator of a practice. Each call makes another device."""
    guide = Member.objects.filter(key=practice.guide, assembly=practice.assembly_id).first()
    if guide is None:
        raise Refused("practice.over")
    return Joined(guide, sign_in(guide, device_label))
