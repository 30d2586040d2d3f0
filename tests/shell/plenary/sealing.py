"""The browser's half of a sealed vote: a token, its permit, and the ballot that goes in without a name."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.test import Client

from assemblies.models import Member
from assemblies.queries import actor_of
from kernel.ids import digest
from plenary import services
from plenary.core.blind import PREFIX_BYTES, as_text, octets_of
from plenary.core.passport import wording
from plenary.services import Cast, SealedPaper
from tests.blinding import blind, finalize
from tests.shell.plenary.voting import Vote


class Sealer:
    """One voter with one device."""

    def __init__(self, vote: Vote, member: Member, electorate: str = "citizens") -> None:
        self.vote, self.member, self.electorate = vote, member, electorate
        self.public = octets_of(vote.state.keys[electorate])
        self.token, self.prefix = as_text(secrets.token_bytes(32)), secrets.token_bytes(PREFIX_BYTES)
        self.hash = digest(vote.key, electorate, self.token)
        self.blinded = blind(self.public, self.prefix + bytes.fromhex(self.hash))
        self.signature = b""

    @property
    def sent(self) -> str:
        """The blinded token as it travels."""
        return as_text(self.blinded.sent)

    def permit(self, *, envelope: str = "") -> Sealer:
        """Have the token signed."""
        signed = services.issue_permit(
            self.vote.key, actor=actor_of(self.member), electorate=self.electorate, blinded=self.sent, envelope=envelope
        )
        return self.finish(signed)

    def finish(self, signed: str) -> Sealer:
        """Take the blinding off."""
        self.signature = finalize(self.public, octets_of(signed), self.blinded.inverse)
        return self

    def paper(self, choice: str = "yes", **changed: str) -> SealedPaper:
        """The ballot as it travels."""
        fields = {
            "electorate": self.electorate, "choice": choice, "wording": wording(self.vote.state.versions),
            "token": self.token, "prefix": as_text(self.prefix), "signature": as_text(self.signature),
        }  # fmt: skip
        return SealedPaper(**(fields | changed))

    def cast(self, choice: str = "yes", **changed: str) -> Cast:
        """Hand the ballot in."""
        return services.cast_sealed(self.vote.key, self.paper(choice, **changed))


def post(client: Client, address: str, **body: str) -> Any:
    """Status and data of an answer."""
    answer = client.post(
        address, json.dumps(body), content_type="application/json", headers={"Accept": "application/json"}
    )
    return answer.status_code, answer.json()
