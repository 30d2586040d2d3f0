// Motions and verdicts for tests: five citizens, a simple majority, a quorum of half.

import type { Electorate, MotionState, Outcome, Rule, Verdict } from "../src/core/protocol";

export function anElectorate(change: Partial<Electorate> = {}): Electorate {
  return {
    name: "citizens",
    chamber: null,
    level: "public",
    effect: "deciding",
    quorum: { of: "entitled", at_least: "1/2" },
    base: "yes_no",
    threshold: { over: "1/2", at_least: null },
    ...change,
  };
}

export function aMotion(rule: Partial<Rule> = {}, change: Partial<MotionState> = {}): MotionState {
  return {
    motion: "m1",
    number: 1,
    phase: "draft",
    source: "rec1",
    lang: "ca",
    title: "t1",
    recommendation: "r1",
    reasons: null,
    rule: { electorates: [anElectorate()], kind: "yes_no", combine: "all", tie: "rejected", departure: "free", objections: "none", statement_hours: 0, signatures: 1, versions: "any", certifiers: 1, amendments: null, ...rule },
    opened_at: null,
    closes_at: null,
    is_prolonged: false,
    rolls: {},
    versions: {},
    keys: {},
    outcome: null,
    certified_by: [],
    lot: null,
    departure: null,
    objections: [],
    statements: {},
    statements_until: null,
    options: [],
    wrong: null,
    voided: null,
    repeats: null,
    amends: null,
    amendments: [],
    is_arranged: false,
    former: [],
    ...change,
  };
}

export function aVerdict(yes: number, no: number, abstain: number): Verdict {
  const entitled = 5;
  const cast = yes + no + abstain;
  const quorum = { what: "quorum", part: cast, whole: entitled, fraction: "1/2", relation: "at_least" } as const;
  const threshold = { what: "threshold", part: yes, whole: yes + no, fraction: "1/2", relation: "over" } as const;
  return {
    electorate: "citizens",
    effect: "deciding",
    count: { electorate: "citizens", entitled, present: 0, yes, no, abstain, assisted: 0, marked: 0, blank: 0 },
    quorum: { ...quorum, left: cast * 2, right: entitled, holds: cast * 2 >= entitled },
    threshold: { ...threshold, left: yes * 2, right: yes + no, holds: yes > no },
    passed: cast * 2 >= entitled && yes > no,
  };
}

export function anOutcome(adopted: boolean, ...verdicts: readonly Verdict[]): Outcome {
  return { adopted, verdicts, settled: "count", together: null, departs_from: [], chosen: null, tied: [], tables: [] };
}
