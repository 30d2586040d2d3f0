import { afterEach, describe, expect, test, vi } from "vitest";
import { castBallot, electoratesOf, outcomeSentence, percent, ruleSentences, seatsOf, togetherSentences } from "../src/core/ballots";
import type { Boot } from "../src/core/frames";
import { ballotLabels, useCatalogue } from "../src/core/i18n";
import type { Electorate, MotionState, Verdict } from "../src/core/protocol";
import { aMotion, anElectorate, anOutcome, aVerdict } from "./plenary-fixtures";

afterEach(() => vi.unstubAllGlobals());

const BOOT = { base: "/m/nuria/", csrf: "token" } as Boot;
const member = (role: string, chamber: string | null): Boot["member"] => ({ key: "k", name: "K", role, chamber, speaks: [], reads: "ca" });

function answers(status: number, body: object) {
  const door = vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal("fetch", door);
  return door;
}

describe("a ballot", () => {
  test("is labelled in the words of the reader's language, a variant in those of its language", () => {
    const said = ["ca", "pt-BR", "xx"].map((lang) => {
      useCatalogue(null, lang, "ltr");
      return ballotLabels().abstain;
    });
    useCatalogue(null, "en", "ltr");
    expect(said).toEqual(["Abstenció", "Abstenção", "I abstain"]);
  });

  test("goes to its door with the token against forgery", async () => {
    const door = answers(200, { done: true, cast_at: 5000, tracker: null });
    expect(await castBallot(BOOT, "m1", "citizens", "yes")).toEqual({ is: "cast", at: 5000, tracker: null });
    const [address, request] = door.mock.calls[0] as unknown as [string, RequestInit];
    expect(address).toBe("/m/nuria/motions/m1/ballot");
    expect(request.headers).toMatchObject({ "X-CSRFToken": "token", Accept: "application/json" });
    expect(JSON.parse(String(request.body))).toEqual({ electorate: "citizens", choice: "yes" });
  });

  test("that is refused says why", async () => {
    answers(409, { refused: "motion.closed", params: {} });
    expect(await castBallot(BOOT, "m1", "citizens", "no")).toEqual({ is: "refused", code: "motion.closed", params: {} });
  });

  test("without a line is not sent, and that is said", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    expect(await castBallot(BOOT, "m1", "citizens", "no")).toEqual({ is: "refused", code: "offline", params: {} });
  });
});

describe("who votes", () => {
  const motion = aMotion({ electorates: [anElectorate({ name: "parliament", chamber: "parliament" }), anElectorate({ name: "everybody" })] });

  test.each([
    ["citizen", "citizens", ["everybody"]],
    ["citizen", "parliament", ["parliament", "everybody"]],
    ["scribe", "citizens", []],
    ["facilitator", null, []],
  ])("a %s of %s: %j", (role, chamber, expected) => {
    expect(electoratesOf(motion, member(role, chamber)).map(({ name }) => name)).toEqual(expected);
  });
});

describe("in words", () => {
  const rule = (change: Partial<Electorate>) => ruleSentences(anElectorate(change))[0];

  test("more than half, or a share", () => {
    expect(rule({})).toBe("It passes with more than half of the votes for yes and no.");
    expect(rule({ threshold: { over: null, at_least: "7/10" } })).toBe("It passes with at least 70 % of the votes for yes and no.");
    expect(rule({ threshold: { over: "2/3", at_least: null }, base: "entitled" })).toBe("It passes with more than 66.7 % of all who may vote.");
  });

  test("the outcome says what was reached and what was needed", () => {
    const said = (adopted: boolean, verdict: Verdict) => outcomeSentence({ ...aMotion(), outcome: anOutcome(adopted, verdict) });
    expect(said(true, aVerdict(2, 1, 0))).toBe("Adopted: 2 of 3 said yes (66.7 %); more than 50 % was needed.");
    expect(said(false, aVerdict(1, 2, 0))).toBe("Not adopted: 1 of 3 said yes (33.3 %); more than 50 % was needed.");
    expect(said(false, aVerdict(1, 0, 0))).toBe("Not adopted: only 1 of 5 voted, too few to decide.");
  });

  test("a veto is counted in votes against, and says so", () => {
    expect(rule({ effect: "veto" })).toBe("It stops the motion with more than 50 % of the votes for yes and no against.");
    const veto: Verdict = { ...aVerdict(1, 3, 0), electorate: "council", effect: "veto", passed: false };
    const outcome = anOutcome(false, { ...aVerdict(4, 1, 0), passed: true }, veto);
    expect(outcomeSentence({ ...aMotion(), outcome })).toBe("Not adopted: Council stopped it with 3 votes against.");
  });

  test("what several electorates come to together, and what ends a tie", () => {
    const electorates = [anElectorate(), anElectorate({ name: "council" }), anElectorate({ name: "press", effect: "advisory" })];
    const said = togetherSentences(aMotion({ electorates, combine: "double_majority", tie: "lot", departure: "with_reasons" }).rule);
    expect(said.map((sentence) => sentence.split(" ").slice(0, 3).join(" "))).toEqual(["The motion is", "Where it is", "A decision that"]);
    expect(togetherSentences(aMotion({ electorates: [anElectorate({ threshold: { over: null, at_least: "7/10" } })] }).rule)).toEqual([]);
  });

  test.each([
    ["tie_open", false, "Exactly even. The chair decides."],
    ["chair", true, "Adopted by the chair's vote: it was exactly even."],
    ["lot", false, "Not adopted, by lot: it was exactly even."],
    ["tie_rejected", false, "Not adopted: it was exactly even."],
  ] as const)("a tie ended by %s (%s)", (settled, adopted, sentence) => {
    expect(outcomeSentence({ ...aMotion(), outcome: { ...anOutcome(adopted, aVerdict(2, 2, 0)), settled } })).toBe(sentence);
  });

  test("several electorates are named", () => {
    const council: Verdict = { ...aVerdict(1, 3, 0), electorate: "council" };
    expect(outcomeSentence({ ...aMotion(), outcome: anOutcome(false, aVerdict(3, 1, 0), council) })).toBe("Not adopted. It failed in: Council.");
  });

  test("votes that fail only when they are counted together", () => {
    const together = { what: "together", part: 10, whole: 21, fraction: "1/2", relation: "over", left: 20, right: 21, holds: false } as const;
    const outcome = { ...anOutcome(false, { ...aVerdict(3, 1, 0), passed: true }), together };
    expect(outcomeSentence({ ...aMotion(), outcome })).toBe("Not adopted: of all votes together, 10 of 21 said yes.");
  });

  test.each([
    ["1/2", 50],
    ["7/10", 70],
    ["2/3", 66.7],
  ])("%s is %d %%", (fraction, number) => expect(percent(fraction)).toBe(number));
});

test("a result has a seat for everybody who was entitled, absent ones included", () => {
  expect(seatsOf(aVerdict(2, 1, 1))).toEqual(["for", "for", "abstain", "absent", "against"]);
});

test("a motion that nobody counted has no outcome to tell", () => {
  expect(outcomeSentence(aMotion() as MotionState)).toBe("");
});
