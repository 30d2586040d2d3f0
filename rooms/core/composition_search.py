"""Composing rooms by swaps with falling tolerance (methods, section 2), several rounds at once.

First the musts of each round by themselves, then the wishes of all rounds together while no must gives way. Costs
are whole numbers, tries are counted, chance is an argument: the same question has the same answer on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rooms.core.composition import Chance, Composed, Composition, Person, Question, Table, Wishes, chance_of, check
from rooms.core.composition_costs import MUST, Hall, Round

STEPS = 100
"""In how many steps the tolerance falls, and progress is told."""
WARM_MUST, WARM_WISH = 1_500 * MUST, 400
"""Tolerance at the beginning, in thousandths of a cost."""
BEGINNINGS = 8
"""How often the search for a seating that breaks no must begins anew."""
GUIDES_EVERY = 16
"""One try in so many exchanges facilitators."""
TRIES = 400
"""Tries per person and round: 200 people and five rounds take a few seconds."""

Tell = Callable[[int], None]
"""Told how many hundredths of the work are done: the musts are the first half, and mostly soon met."""


def tries_for(people: int, rounds: int) -> int:
    """How many tries are worth their time; part of what makes a composition repeatable."""
    return TRIES * max(100, people * rounds)


def answer_to(question: Question, tell: Tell = lambda percent: None) -> Composed:
    """The rooms that follow from a question."""
    chance = chance_of(question.seed)
    return Composed(
        compose(
            question.people, question.wishes, chance=chance, tries=question.tries, guides=question.guides, tell=tell
        )
    )


def compose(
    people: Sequence[Person], wishes: Wishes, *, chance: Chance, tries: int, guides: Sequence[Person] = (),
    tell: Tell = lambda percent: None,
) -> Composition:  # fmt: skip
    """Rooms for these people in each round, after `tries` swaps; refused where the wishes contradict one another."""
    check(people, wishes)
    if not people:
        return ((),) * wishes.rounds
    tell = _rising(tell)
    tell(0)
    hall, musts, share = Hall(people, guides, wishes), _part(tell, 0, 2), tries // wishes.rounds
    rounds = [_begun(hall, chance, share, _part(musts, number, wishes.rounds)) for number in range(wishes.rounds)]
    for each in rounds:
        each.book_meetings()
    _grant_wishes(rounds, chance, tries, _part(tell, 1, 2))
    return tuple(tuple(_table(each, room, people, guides) for room in range(hall.rooms)) for each in rounds)


def _table(each: Round, room: int, people: Sequence[Person], guides: Sequence[Person]) -> Table:
    guide = each.guides[room]
    keys = tuple(people[place].key for place in sorted(each.rooms[room]))
    return Table(keys, guides[guide].key if guide < len(guides) else None)


def _rising(tell: Tell) -> Tell:
    """Tells each hundredth once."""
    told = -1

    def tell_more(percent: int) -> None:
        nonlocal told
        if percent > told:
            told = percent
            tell(percent)

    return tell_more


def _part(tell: Tell, number: int, of: int) -> Tell:
    """Tells how far one of several equal parts of the work is, as hundredths of it all."""
    return lambda percent: tell((100 * number + percent) // of)


def _begun(hall: Hall, chance: Chance, tries: int, tell: Tell) -> Round:
    """A seating that breaks no must, or as few as several beginnings lead to."""
    found: list[tuple[int, Round]] = []
    for beginning in range(BEGINNINGS):
        people, guides = _shuffled(hall.people, chance), _shuffled(hall.places, chance)
        each = Round(hall, people, guides, clustered=not beginning % 2)
        part = _part(tell, beginning, BEGINNINGS)
        found.append((_meet_musts(each, chance, tries // BEGINNINGS, part), each))
        if not found[-1][0]:
            break
    return min(found, key=lambda one: one[0])[1]


def _shuffled(count: int, chance: Chance) -> list[int]:
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = chance(last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def _meet_musts(each: Round, chance: Chance, tries: int, tell: Tell) -> int:
    """Until no must is broken and sizes are even, or the tries are used up; what is left."""
    musts = each.musts()
    for step in range(STEPS):
        tell(100 * step // STEPS)
        tolerance = WARM_MUST * (STEPS - step) // STEPS
        for _ in range(tries // STEPS):
            if not musts:
                return 0
            musts += _try_must(each, chance, tolerance)
    return musts


def _try_must(each: Round, chance: Chance, tolerance: int) -> int:
    """One try; how the cost changed."""
    if each.has_guides and not chance(GUIDES_EVERY):
        one, other = _two_of(len(each.guides), chance)
        worse = each.worse_by_guides(one, other)[0]
        if _is_tolerated(worse, tolerance, chance):
            each.exchange_guides(one, other)
            return worse
        return 0
    move = each.drawn(chance)
    if move is None:
        return 0
    worse = each.worse_musts(*move)
    if _is_tolerated(worse, tolerance, chance):
        each.exchange(*move)
        return worse
    return 0


def _grant_wishes(rounds: Sequence[Round], chance: Chance, tries: int, tell: Tell) -> None:
    """Evenness, new company and facilitators who know the languages, as far as the musts allow."""
    cooling = STEPS * 9 // 10
    for step in range(STEPS):
        tell(100 * step // STEPS)
        tolerance = max(0, WARM_WISH * (cooling - step) // cooling)
        for _ in range(tries // STEPS):
            _try_wish(rounds[chance(len(rounds))], chance, tolerance)


def _try_wish(each: Round, chance: Chance, tolerance: int) -> None:
    if each.has_guides and not chance(GUIDES_EVERY):
        one, other = _two_of(len(each.guides), chance)
        musts, wishes = each.worse_by_guides(one, other)
        if musts <= 0 and _is_tolerated(musts + wishes, tolerance, chance):
            each.exchange_guides(one, other)
        return
    move = each.drawn(chance)
    if move is None:
        return
    musts = each.worse_musts(*move)
    if musts <= 0 and _is_tolerated(musts + each.worse_wishes(*move), tolerance, chance):
        each.book_move(*move)


def _is_tolerated(worse: int, tolerance: int, chance: Chance) -> bool:
    """Each further `tolerance` thousandths of cost are accepted half as often."""
    return worse <= 0 or (tolerance > 0 and worse * 1000 <= tolerance * (16 - chance(1 << 16).bit_length()))


def _two_of(count: int, chance: Chance) -> tuple[int, int]:
    one = chance(count)
    return one, (one + 1 + chance(count - 1)) % count
