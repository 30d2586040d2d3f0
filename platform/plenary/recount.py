#!/usr/bin/env python3
"""Count a published Hemicycle result again: recount.py FILE

Needs nothing but Python. Exit status 0 and the word "identical" when everything agrees; 1 and each
difference otherwise; 2 when the file cannot be read; 3 and the reason when the vote was voided.
"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

CHOICES = ("yes", "no", "abstain")
OPENED = ("motion", "rule", "rolls", "versions", "lot", "keys", "options")


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
    """Counts of one electorate; whether its quorum is met, whether it lets the motion pass, whether it is divided."""
    count = {choice: sum(ballot["choice"] == choice for ballot in ballots) for choice in CHOICES}
    cast, veto = sum(count.values()), electorate["effect"] == "veto"
    quorum, limit = electorate["quorum"], electorate["threshold"]
    base = {"yes_no": count["yes"] + count["no"], "yes_no_abstain": cast, "valid": cast, "cast": cast,
            "present": present, "entitled": entitled}[electorate["base"]]  # fmt: skip
    met = cast >= Fraction(quorum["at_least"]) * (entitled if quorum["of"] == "entitled" else present)
    part, share = count["no" if veto else "yes"], Fraction(limit.get("over") or limit["at_least"]) * base
    divided = met and base > 0 and bool(limit.get("over")) and part == share
    reached = met and base > 0 and (part > share if limit.get("over") else part >= share)
    return {"name": electorate["name"], "effect": electorate["effect"], "count": count, "met": met,
            "passes": reached != veto, "divided": divided}  # fmt: skip


def in_electorate(electorate, document):
    """The verdict of an electorate, and every sentence about it that does not agree."""
    name = electorate["name"]
    said = next(each for each in document["result"]["verdicts"] if each["electorate"] == name)
    ballots = [ballot for ballot in document["ballots"] if ballot["electorate"] == name]
    voters = [ballot.get("voter") or ballot["token"] for ballot in ballots]
    entitled, present = document["rolls"][name], document["present"][name]
    found = verdict(electorate, ballots, entitled, present)
    checks = [
        (all(ballot["choice"] in CHOICES for ballot in ballots), "a ballot says neither yes, no nor abstain"),
        (voters == sorted(set(voters)), "ballots are doubled or out of order"),
        (len(ballots) <= entitled, f"{len(ballots)} ballots, but only {entitled} people entitled"),
        (head(document, ballots) == document["heads"][name], "the ballots do not lead to the published head"),
    ]
    for what, published, counted in (("quorum", said["quorum"]["holds"], found["met"]),
                                     ("passed", said["passed"], found["passes"])):  # fmt: skip
        checks.append((published == counted, f"{what} published as {published}, counted {counted}"))
    for choice in CHOICES:
        published, counted = said["count"][choice], found["count"][choice]
        checks.append((published == counted, f"{choice} published as {published}, counted {counted}"))
    return found, [f"{name}: {sentence}" for agrees, sentence in checks if not agrees]


def passes(combine, verdicts, ties_pass):
    """Whether the motion is adopted, when a tie counts as `ties_pass` says."""
    if any(each["effect"] == "veto" and not each["passes"] for each in verdicts):
        return False
    deciding = [each for each in verdicts if each["effect"] == "deciding"]
    said = [each["passes"] or (ties_pass and each["divided"]) for each in deciding]
    yes, no = (sum(each["count"][choice] for each in deciding) for choice in ("yes", "no"))
    most = sum(said) * 2 > len(said)
    return {
        "all": all(said),
        "first_deciding": next((one for one, each in zip(said, deciding, strict=True) if each["met"]), False),
        "majority_of_electorates": most,
        "double_majority": most and (yes > no or (ties_pass and yes == no > 0)),
    }[combine]


def decision(document, verdicts):
    """What the count comes to: what it rests on, and whether the motion is adopted."""
    rule, published = document["rule"], document["result"]
    if rule["objections"] == "heard" and document["objections"].get("upheld"):
        return "objection", False
    if passes(rule["combine"], verdicts, False):
        return "count", True
    if not passes(rule["combine"], verdicts, True):
        return "count", False
    if rule["tie"] == "chair":
        return "chair", published["adopted"]
    if rule["tie"] == "lot":
        return "lot", hashlib.sha256(document["seed"].encode()).digest()[-1] % 2 == 0
    return "tie_rejected", False


def differences(document):
    """Every sentence that says what does not agree."""
    if document.get("schema") != "hemicycle-result/1" or document.get("voided"):
        return ["this is not a result file of schema hemicycle-result/1"]
    if document["rule"]["kind"] != "yes_no":
        return ["this is a choice among options, which recount_choices.py counts"]
    found, verdicts, result = [], [], document["result"]
    names = {electorate["name"] for electorate in document["rule"]["electorates"]}
    if not names >= {ballot["electorate"] for ballot in document["ballots"]}:
        found.append("there are ballots of an electorate that the rule does not know")
    if document["lot"] and hashlib.sha256(document["seed"].encode()).hexdigest() != document["lot"]:
        found.append("the seed of the lot is not the one that was announced at the opening")
    for electorate in document["rule"]["electorates"]:
        counted, sentences = in_electorate(electorate, document)
        found += sentences
        verdicts.append(counted)
    settled, adopted = decision(document, verdicts)
    departs = [each["name"] for each in verdicts
               if each["effect"] == "advisory" and each["met"] and each["passes"] != adopted]  # fmt: skip
    for name, counted in (("adopted", adopted), ("settled", settled), ("departs_from", departs)):
        if result[name] != counted:
            found.append(f"{name} published as {result[name]}, counted {counted}")
    return found


def main(arguments):
    """Print what the recount found; the exit status says the same."""
    if len(arguments) != 1:
        print(__doc__.strip())
        return 2
    try:
        document = json.loads(Path(arguments[0]).read_text("utf-8"))
        if document.get("voided") and not document["ballots"] and not document["result"]:
            print(f"void, nothing was counted: {document['voided']['reason']['text']}")
            return 3
        found = differences(document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    print("\n".join(found) if found else "identical")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
