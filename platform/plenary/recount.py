#!/usr/bin/env python3
"""Count a published Hemicycle result again: recount.py FILE

Needs nothing but Python. Exit status 0 and the word "identical" when everything agrees; 1 and each
difference otherwise; 2 when the file cannot be read.
"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

CHOICES = ("yes", "no", "abstain")


OPENED = ("motion", "rule", "rolls", "versions")


def digest(value):
    """SHA-256 of a value written as JSON with sorted keys and without blanks."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def head(document, ballots):
    """The chain over the ballots in their order; it begins with rule, rolls and texts as they were at the opening."""
    value = digest({key: document[key] for key in OPENED})
    for ballot in ballots:
        value = digest([value, ballot.get("voter") or ballot["token"], ballot["choice"]])
    return value


def verdict(electorate, ballots, entitled, present):
    """Counts of one electorate, whether its quorum is met, and whether it says yes."""
    count = {choice: sum(ballot["choice"] == choice for ballot in ballots) for choice in CHOICES}
    cast = sum(count.values())
    quorum, limit = electorate["quorum"], electorate["threshold"]
    base = {"yes_no": count["yes"] + count["no"], "yes_no_abstain": cast, "cast": cast, "present": present,
            "entitled": entitled}[electorate["base"]]  # fmt: skip
    met = cast >= Fraction(quorum["at_least"]) * (entitled if quorum["of"] == "entitled" else present)
    if limit.get("over"):
        reached = count["yes"] > Fraction(limit["over"]) * base
    else:
        reached = count["yes"] >= Fraction(limit["at_least"]) * base
    return count, met, met and reached and base > 0


def in_electorate(electorate, document):
    """Whether an electorate says yes, and every sentence about it that does not agree."""
    name = electorate["name"]
    said = next(each for each in document["result"]["verdicts"] if each["electorate"] == name)
    ballots = [ballot for ballot in document["ballots"] if ballot["electorate"] == name]
    voters = [ballot.get("voter") or ballot["token"] for ballot in ballots]
    entitled, present = document["rolls"][name], document["present"][name]
    count, met, yes = verdict(electorate, ballots, entitled, present)
    checks = [
        (all(ballot["choice"] in CHOICES for ballot in ballots), "a ballot says neither yes, no nor abstain"),
        (voters == sorted(set(voters)), "ballots are doubled or out of order"),
        (len(ballots) <= entitled, f"{len(ballots)} ballots, but only {entitled} people entitled"),
        (head(document, ballots) == document["heads"][name], "the ballots do not lead to the published head"),
        (met == said["quorum"]["holds"], f"quorum published as {said['quorum']['holds']}, counted {met}"),
        (yes == said["passed"], f"passed published as {said['passed']}, counted {yes}"),
    ]
    for choice in CHOICES:
        published = said["count"][choice]
        checks.append((published == count[choice], f"{choice} published as {published}, counted {count[choice]}"))
    return yes, [f"{name}: {sentence}" for agrees, sentence in checks if not agrees]


def differences(document):
    """Every sentence that says what does not agree."""
    if document.get("schema") != "hemicycle-result/1":
        return ["this is not a result file of schema hemicycle-result/1"]
    found, deciding = [], []
    names = {electorate["name"] for electorate in document["rule"]["electorates"]}
    if not names >= {ballot["electorate"] for ballot in document["ballots"]}:
        found.append("there are ballots of an electorate that the rule does not know")
    for electorate in document["rule"]["electorates"]:
        yes, sentences = in_electorate(electorate, document)
        found += sentences
        if electorate["effect"] == "deciding":
            deciding.append(yes)
    adopted = all(deciding) if document["rule"]["combine"] == "all" else sum(deciding) * 2 > len(deciding)
    if adopted != document["result"]["adopted"]:
        found.append(f"adopted published as {document['result']['adopted']}, counted {adopted}")
    return found


def main(arguments):
    """Print what the recount found; the exit status says the same."""
    if len(arguments) != 1:
        print(__doc__.strip())
        return 2
    try:
        found = differences(json.loads(Path(arguments[0]).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    print("\n".join(found) if found else "identical")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
