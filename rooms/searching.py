"""Working a proposal out in a process of its own: in a thread the search would take the interpreter from those who
talk."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import closing
from typing import Any

import structlog
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone

from kernel import wire
from rooms.core.composition import Composed, Question
from rooms.models import Proposal

log = structlog.get_logger(__name__)
COMMAND = [sys.executable, "-m", "rooms.composer"]
KEEP_TRIES = 5
"""How often an answer is written where the database is busy, a second apart."""
_waited_for = threading.Lock()


class SearchFailed(Exception):
    """The process ended without an answer."""


def search_now(question: Question) -> Composed | None:
    """The rooms that follow from a question, waited for; one such search at a time in this process. None: it failed."""
    try:
        with _waited_for, closing(_searching(wire.encode(question))) as heard:
            return wire.decode(Composed, next(data for data in heard if not isinstance(data, int)))
    except Exception:
        log.exception("composition failed")
        return None


def begin(proposal: Proposal) -> None:
    """Work this proposal out beside everything else; ends when it is discarded or another one takes its place."""
    threading.Thread(target=_work_out, args=(proposal,), name="composition", daemon=True).start()


def _work_out(proposal: Proposal) -> None:
    try:
        with closing(_searching(proposal.question)) as heard:
            for data in heard:
                if not isinstance(data, int):
                    _keep(proposal, data)
                elif not _is_wanted(proposal, data):
                    return
    except Exception:
        log.exception("composition failed", proposal=proposal.pk)
        _unanswered(proposal).update(heard_at=None)
    finally:
        connection.close()


def _searching(question: Any) -> Generator[Any]:
    """Hundredths of the work as they are done, then the answer. The process ends when nobody listens any more."""
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, text=True) as child:  # noqa: S603 (our own module)
        try:
            if child.stdin and child.stdout:
                child.stdin.write(json.dumps(question))
                child.stdin.close()
                yield from map(json.loads, child.stdout)
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise SearchFailed(f"exit status {child.returncode}")


def _is_wanted(proposal: Proposal, percent: int) -> bool:
    """Keeps how far it is; false where the proposal is gone. A busy database is no reason to give up."""
    try:
        return bool(_unanswered(proposal).update(percent=percent, heard_at=timezone.now()))
    except OperationalError:
        log.warning("progress of a composition is not kept", proposal=proposal.pk)
        return True


def _keep(proposal: Proposal, answer: Any) -> None:
    for further in reversed(range(KEEP_TRIES)):
        try:
            _unanswered(proposal).update(answer=answer, percent=100, heard_at=timezone.now())
        except OperationalError:
            if not further:
                raise
            time.sleep(1)
        else:
            return


def _unanswered(proposal: Proposal) -> QuerySet[Proposal]:
    return Proposal.objects.filter(pk=proposal.pk, answer__isnull=True)
