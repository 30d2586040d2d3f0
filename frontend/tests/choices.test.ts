import { describe, expect, test } from "vitest";
import { choiceRule, paperOf, raised, toggled, type Marks } from "../src/core/choices";
import { aMotion, anElectorate } from "./plenary-fixtures";

const NONE: Marks = [null, null, null];

describe("a ballot with options", () => {
  test.each([
    ["approval", [1, null, 1], "1 3"],
    ["score", [5, 0, 2], "5 0 2"],
    ["score", [5, null, 2], null],
    ["runoff", [2, null, 1], "3 1"],
    ["schulze", [3, 1, 2], "2 3 1"],
    ["schulze", NONE, null],
  ] as const)("%s %j is sent as %j", (kind, marks, paper) => expect(paperOf(kind, marks)).toBe(paper));

  test("is put in order by tapping; who is taken out leaves no gap", () => {
    const order = [2, 0, 1].reduce<Marks>((marks, index) => toggled("runoff", marks, index), NONE);
    expect(order).toEqual([2, 3, 1]);
    expect(toggled("runoff", order, 0)).toEqual([null, 2, 1]);
    expect(raised(order, 1)).toEqual([3, 2, 1]);
    expect(raised(order, 2)).toEqual(order);
  });

  test("is ticked and unticked", () => {
    const once = toggled("approval", NONE, 1);
    expect([once, toggled("approval", once, 1)]).toEqual([[null, 1, null], NONE]);
  });
});

test("the rule says how one marks, how it is counted, and what it takes", () => {
  const rule = { electorates: [anElectorate({ base: "valid", threshold: { over: null, at_least: "7/10" } })], kind: "approval", tie: "lot" } as const;
  expect(choiceRule(aMotion(rule)).slice(0, 2)).toEqual([
    "Mark every option that you approve of. The option that most approve of stands highest.",
    "Citizens: the highest is chosen if its support is at least 70 % of the ballots that are not empty, and at least 50 % vote.",
  ]);
});
