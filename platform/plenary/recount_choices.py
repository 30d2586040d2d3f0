#!/usr/bin/env python3
"""Count a published Hemicycle choice among options again: recount_choices.py FILE

Needs nothing but Python. Exit status 0 and the word "identical" when everything agrees; 1 and each
difference otherwise; 2 when the file cannot be read; 3 and the reason when the vote was voided.
"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

OPENED = ("motion", "rule", "rolls", "versions", "lot", "keys", "options")
HIGHEST = 5


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


def is_paper(marks, kind, options):
    """Whether these numbers are a ballot: a score for each option, options approved, or options in order."""
    if kind == "score":
        return len(marks) == options and all(0 <= mark <= HIGHEST for mark in marks)
    once = len(set(marks)) == len(marks) and all(1 <= mark <= options for mark in marks)
    return once and (kind != "approval" or marks == sorted(marks))


def best_of(standing, papers):
    """Numbers of the options that stand highest, from 1."""
    return [number for number, each in enumerate(standing, 1) if papers and each == max(standing)]


def approvals(papers, options):
    """Who is approved most often."""
    support = [sum(option in paper for paper in papers) for option in options]
    return {"support": support, "best": best_of(support, papers)}


def scores(papers, options):
    """Who has most points; of several the one with the highest lower median."""
    columns = [sorted(paper[option - 1] for paper in papers) for option in options]
    support = [sum(column) for column in columns]
    medians = [column[(len(column) - 1) // 2] if column else 0 for column in columns]
    return {"support": support, "medians": medians, "best": best_of(list(zip(support, medians, strict=True)), papers)}


def preferred(papers, options):
    """How many ballots prefer the option of the row to that of the column."""

    def prefers(paper, one, other):
        return one in paper and (other not in paper or paper.index(one) < paper.index(other))

    return [[sum(prefers(paper, one, other) for paper in papers) if one != other else 0 for other in options]
            for one in options]  # fmt: skip


def runoff(papers, options):
    """Rounds until one has more than half or all are equal; who shares the last place goes out together."""
    left, rounds, stood = list(options), [], {}
    while True:
        tops = [next((option for option in paper if option in left), None) for paper in papers]
        votes = {option: tops.count(option) for option in left}
        rounds.append([votes.get(option) for option in options])
        stood.update(votes)
        if 2 * max(votes.values()) > sum(votes.values()) or len(set(votes.values())) == 1:
            break
        left = [option for option in left if votes[option] > min(votes.values())]
    standing = [votes.get(option, -1) for option in options]
    return {"support": [stood[option] for option in options], "rounds": rounds, "best": best_of(standing, papers),
            "pairs": preferred(papers, options)}  # fmt: skip


def schulze(papers, options):
    """Who is beaten by nobody along the strongest chains of wins."""
    pairs = preferred(papers, options)
    span = range(len(pairs))
    paths = [[pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for b in span] for a in span]
    for via in span:
        for a in span:
            for b in span:
                if a != b:
                    paths[a][b] = max(paths[a][b], min(paths[a][via], paths[via][b]))
    unbeaten = [all(paths[a][b] >= paths[b][a] for b in span) for a in span]
    support = [min(pairs[a][b] for b in span if b != a) for a in span]
    return {"support": support, "pairs": pairs, "paths": paths, "best": best_of(unbeaten, papers)}


METHODS = {"approval": approvals, "score": scores, "runoff": runoff, "schulze": schulze}


def in_electorate(electorate, document):
    """What one electorate comes to, and every sentence about it that does not agree."""
    name, kind, options = electorate["name"], document["rule"]["kind"], range(1, len(document["options"]) + 1)
    ballots = [ballot for ballot in document["ballots"] if ballot["electorate"] == name]
    voters = [ballot.get("voter") or ballot["token"] for ballot in ballots]
    papers = [[int(mark) for mark in ballot["choice"].split(" ")] for ballot in ballots if ballot["choice"] != "blank"]
    entitled, present, cast, valid = document["rolls"][name], document["present"][name], len(ballots), len(papers)
    fits = all(is_paper(paper, kind, len(options)) for paper in papers)
    table = METHODS[kind](papers, options) if fits else {"support": [], "best": []}
    said = next(each for each in document["result"]["tables"] if each["electorate"] == name)
    base = {"present": present, "entitled": entitled, "cast": cast, "yes_no_abstain": cast}
    whole = base.get(electorate["base"], valid) * (HIGHEST if kind == "score" else 1)
    limit, quorum = electorate["threshold"], electorate["quorum"]
    met = cast >= Fraction(quorum["at_least"]) * (entitled if quorum["of"] == "entitled" else present)
    share, enough = Fraction(limit.get("over") or limit["at_least"]) * whole, []
    for option in table["best"] if whole and met else []:
        support = table["support"][option - 1]
        if support > share or (support == share and not limit.get("over")):
            enough.append(option)
    verdict = next(each for each in document["result"]["verdicts"] if each["electorate"] == name)
    checks = [
        (fits, "a ballot marks what cannot be marked"),
        (voters == sorted(set(voters)), "ballots are doubled or out of order"),
        (cast <= entitled, f"{cast} ballots, but only {entitled} people entitled"),
        (head(document, ballots) == document["heads"][name], "the ballots do not lead to the published head"),
        (verdict["quorum"]["holds"] == met, f"quorum published as {not met}, counted {met}"),
        (verdict["passed"] == bool(enough), f"passed published as {verdict['passed']}, counted {bool(enough)}"),
        (said["valid"] == valid, f"valid published as {said['valid']}, counted {valid}"),
        *((said[key] == table[key], f"{key} published as {said[key]}, counted {table[key]}") for key in table),
    ]
    found = [f"{name}: {sentence}" for agrees, sentence in checks if not agrees]
    return {"name": name, "effect": electorate["effect"], "best": table["best"], "enough": enough, "met": met}, found


def decision(document, tied):
    """What the count rests on, and the option that is chosen, if any."""
    rule, published = document["rule"], document["result"]
    if rule["objections"] == "heard" and document["objections"].get("upheld"):
        return "objection", None
    if len(tied) < 2:
        return "count", (tied or [None])[0]
    if rule["tie"] == "chair":
        return "chair", published["chosen"] if published["chosen"] in tied else None
    if rule["tie"] == "lot":
        return "lot", min(tied, key=lambda option: hashlib.sha256(f"{document['seed']} {option}".encode()).digest())
    return "tie_rejected", None


def differences(document):
    """Every sentence that says what does not agree."""
    is_result = document.get("schema") == "hemicycle-result/1" and not document.get("voided")
    if not is_result or document["rule"]["kind"] not in METHODS:
        return ["this is not a result file of schema hemicycle-result/1 with options"]
    found, counted, result = [], [], document["result"]
    if document["lot"] and hashlib.sha256(document["seed"].encode()).hexdigest() != document["lot"]:
        found.append("the seed of the lot is not the one that was announced at the opening")
    for electorate in document["rule"]["electorates"]:
        each, sentences = in_electorate(electorate, document)
        counted.append(each)
        found += sentences
    if {ballot["electorate"] for ballot in document["ballots"]} - {each["name"] for each in counted}:
        found.append("there are ballots of an electorate that the rule does not know")
    tied = next(each["enough"] for each in counted if each["effect"] == "deciding")
    settled, chosen = decision(document, tied)
    departs = [each["name"] for each in counted if each["effect"] == "advisory" and each["met"]
               and (bool(each["enough"]) != (chosen is not None) or chosen not in (None, *each["best"]))]  # fmt: skip
    for name, value in (("settled", settled), ("chosen", chosen), ("adopted", chosen is not None),
                        ("tied", tied if len(tied) > 1 else []),
                        ("departs_from", departs)):  # fmt: skip
        if result[name] != value:
            found.append(f"{name} published as {result[name]}, counted {value}")
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
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration) as error:
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    print("\n".join(found) if found else "identical")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
