// Voting from this screen: who may, under which rule in plain words, and the door that takes the ballot.

import type { Boot } from "./frames";
import { listed, n, t, type Parameters } from "./i18n";
import type { Refusal } from "./outbox";
import type { Amending, Electorate, MotionState, Outcome, Rule, Verdict } from "./protocol";

export type Choice = "yes" | "no" | "abstain";
export type Cast = { readonly is: "cast"; readonly at: number; readonly tracker: string | null } | ({ readonly is: "refused" } & Refusal);

/** Electorates of a motion in which this member may vote, as far as the screen can know; the door decides. */
export function electoratesOf(motion: MotionState, member: Boot["member"]): Electorate[] {
  return motion.rule.electorates.filter(({ chamber }) => {
    if (chamber !== null) return member.chamber === undefined || member.chamber === chamber;
    return member.role === "citizen";
  });
}

/** Send a ballot through the one door, which answers in JSON. */
export async function castBallot(boot: Boot, motion: string, electorate: string, choice: string): Promise<Cast> {
  try {
    const response = await fetch(`${boot.base}motions/${motion}/ballot`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": boot.csrf },
      body: JSON.stringify({ electorate, choice }),
    });
    return answerOf((await response.json()) as Record<string, unknown>);
  } catch {
    return { is: "refused", code: "offline", params: {} };
  }
}

function answerOf(data: Record<string, unknown>): Cast {
  if (data["done"] === true) {
    return { is: "cast", at: Number(data["cast_at"]), tracker: typeof data["tracker"] === "string" ? data["tracker"] : null };
  }
  return { is: "refused", code: String(data["refused"] ?? ""), params: (data["params"] ?? {}) as Refusal["params"] };
}

/** `7/10` → 70; whole or with one decimal. */
export function percent(fraction: string): number {
  const [part = 0, whole = 1] = fraction.split("/").map(Number);
  return shareOf(part, whole);
}

function shareOf(part: number, whole: number): number {
  return whole ? Math.round((part / whole) * 1000) / 10 : 0;
}

/** The usual electorates have names in the reader's language. */
export function electorateName(name: string): string {
  switch (name) {
    case "citizens":
      return t("Citizens");
    case "parliament":
      return t("Parliament");
    case "council":
      return t("Council");
    default:
      return name;
  }
}

/** What a ballot of this level keeps secret from whom. */
export function trustSentence(level: Electorate["level"]): string {
  if (level === "public") return t("Public vote: your name and your choice are published. You can change it until closing.");
  if (level === "sealed") return t("Sealed vote: your name and your choice are never recorded together. You can change it until closing.");
  return t("Secret vote: the server sees your choice for a moment and keeps it without your name. It is final.");
}

/** The rule of one electorate in one or two sentences. */
export function ruleSentences(electorate: Electorate): string[] {
  const advice = electorate.effect === "advisory" ? [t("This vote is advice; it does not decide.")] : [];
  return [thresholdSentence(electorate), quorumSentence(electorate), ...advice];
}

/** How the electorates' votes combine, what ends a tie, and what a departure from advice needs. */
export function togetherSentences(rule: Rule): string[] {
  const deciding = rule.electorates.filter(({ effect }) => effect === "deciding");
  const canTie = rule.combine === "double_majority" || deciding.some(({ threshold }) => threshold.over !== null);
  return [
    ...(deciding.length > 1 ? [COMBINATIONS[rule.combine]()] : []),
    ...(canTie ? [TIES[rule.tie]()] : []),
    ...(rule.departure === "with_reasons" ? [t("A decision that departs from the advice is published with the reasons for it.")] : []),
    ...(rule.objections === "heard" ? [t("Objections are heard before the vote opens; one that is upheld stops the motion.")] : []),
    ...(rule.amendments ? amendingSentences(rule.amendments) : []),
    ...statementSentences(rule),
  ];
}

/** Until when minority statements are taken, and how many must sign one; nothing where none are. */
export function statementSentences({ statement_hours, signatures }: Rule): string[] {
  if (!statement_hours) return [];
  return [
    n("Whoever may vote may write or sign a minority statement until {count} hour after the vote has closed.", "Whoever may vote may write or sign a minority statement until {count} hours after the vote has closed.", statement_hours),
    n("It is published with the result if at least {count} person signs it.", "It is published with the result if at least {count} people sign it.", signatures),
  ];
}

function amendingSentences({ order, supporters }: Amending): string[] {
  return [
    ORDERS[order](),
    t("Of several on one paragraph the one that goes furthest comes first; adopted, it settles the others."),
    ...(supporters > 1 ? [n("An amendment needs {count} person behind it.", "An amendment needs {count} people behind it.", supporters)] : []),
  ];
}

const ORDERS: Readonly<Record<Amending["order"], () => string>> = {
  text: () => t("Amendments are voted on first, one by one, in the order of the text."),
  furthest_first: () => t("Amendments are voted on first, one by one, beginning with the paragraph in which one goes furthest."),
};

const COMBINATIONS: Readonly<Record<Rule["combine"], () => string>> = {
  all: () => t("The motion is adopted when it passes everywhere."),
  first_deciding: () => t("The first of these votes in which enough take part decides."),
  majority_of_electorates: () => t("The motion is adopted when most of these votes pass it."),
  double_majority: () => t("The motion is adopted when most of these votes pass it and, counted together, there are more yes than no."),
};

const TIES: Readonly<Record<Rule["tie"], () => string>> = {
  rejected: () => t("Where it is exactly even, the motion is not adopted."),
  chair: () => t("Where it is exactly even, the chair decides."),
  lot: () => t("Where it is exactly even, a lot decides; what it is drawn from is sealed when the vote opens."),
};

function thresholdSentence({ threshold, base, effect }: Electorate): string {
  const of = BASES[base]();
  if (effect === "veto") return vetoSentence(threshold, of);
  if (threshold.at_least !== null) return t("It passes with at least {percent} % {of}.", { percent: percent(threshold.at_least), of });
  if (threshold.over === "1/2") return t("It passes with more than half {of}.", { of });
  return t("It passes with more than {percent} % {of}.", { percent: percent(threshold.over ?? "1/2"), of });
}

function vetoSentence({ over, at_least }: Electorate["threshold"], of: string): string {
  const share = percent(over ?? at_least ?? "1/1");
  if (over !== null) return t("It stops the motion with more than {percent} % {of} against.", { percent: share, of });
  return t("It stops the motion with at least {percent} % {of} against.", { percent: share, of });
}

const BASES: Readonly<Record<Electorate["base"], () => string>> = {
  yes_no: () => t("of the votes for yes and no"),
  yes_no_abstain: () => t("of all votes, abstentions included"),
  valid: () => t("of the valid votes, abstentions included"),
  cast: () => t("of all votes, abstentions included"),
  present: () => t("of those present"),
  entitled: () => t("of all who may vote"),
};

function quorumSentence({ quorum }: Electorate): string {
  const share = percent(quorum.at_least);
  if (quorum.of === "present") return t("At least {percent} % of those present must vote.", { percent: share });
  return t("At least {percent} % of all who may vote must take part.", { percent: share });
}

/** The outcome in one sentence, from the electorate that settled it. */
export function outcomeSentence({ outcome }: MotionState): string {
  if (!outcome) return "";
  if (outcome.tables.length) return choiceSentence(outcome);
  if (outcome.settled !== "count") return settledSentence(outcome);
  const veto = outcome.verdicts.find(({ effect, passed }) => effect === "veto" && !passed);
  if (veto) return t("Not adopted: {who} stopped it with {no} votes against.", { who: electorateName(veto.electorate), no: veto.count.no });
  const { together } = outcome;
  if (together && !together.holds) return t("Not adopted: of all votes together, {yes} of {whole} said yes.", { yes: together.part, whole: together.whole });
  const deciding = outcome.verdicts.filter(({ effect }) => effect === "deciding");
  const said = deciding.filter(({ passed }) => passed === outcome.adopted);
  if (deciding.length > 1) {
    const who = listed(said.map(({ electorate }) => electorateName(electorate)));
    return outcome.adopted ? t("Adopted. It passed in: {who}.", { who }) : t("Not adopted. It failed in: {who}.", { who });
  }
  const [verdict] = said;
  return verdict ? verdictSentence(outcome.adopted, verdict) : "";
}

function choiceSentence(outcome: Outcome): string {
  const verdict = outcome.verdicts.find(({ effect }) => effect === "deciding");
  if (!verdict) return "";
  const { part, whole, fraction, relation } = verdict.threshold;
  const values = { number: outcome.chosen ?? 0, part, whole, share: shareOf(part, whole), needed: percent(fraction) };
  if (outcome.chosen === null && (outcome.settled !== "count" || !verdict.quorum.holds)) return outcome.settled === "count" ? verdictSentence(false, verdict) : settledSentence(outcome);
  if (outcome.chosen === null && !whole) return t("None is chosen: all ballots are empty.");
  if (outcome.chosen === null && relation === "over") return t("None is chosen: the highest has {part} of {whole} ({share} %); more than {needed} % was needed.", values);
  if (outcome.chosen === null) return t("None is chosen: the highest has {part} of {whole} ({share} %); {needed} % was needed.", values);
  if (outcome.settled === "chair") return t("Option {number} is chosen by the chair: it was exactly even.", values);
  if (outcome.settled === "lot") return t("Option {number} is chosen by lot: it was exactly even.", values);
  return t("Option {number} is chosen, with {part} of {whole} ({share} %).", values);
}

function settledSentence({ settled, adopted }: Outcome): string {
  if (settled === "tie_open") return t("Exactly even. The chair decides.");
  if (settled === "chair") return adopted ? t("Adopted by the chair's vote: it was exactly even.") : t("Not adopted, by the chair's vote: it was exactly even.");
  if (settled === "lot") return adopted ? t("Adopted by lot: it was exactly even.") : t("Not adopted, by lot: it was exactly even.");
  if (settled === "objection") return t("Not adopted: an objection was upheld.");
  return t("Not adopted: it was exactly even.");
}

function verdictSentence(isAdopted: boolean, { count, quorum, threshold }: Verdict): string {
  if (!quorum.holds) {
    return t("Not adopted: only {cast} of {entitled} voted, too few to decide.", { cast: castOf(count), entitled: count.entitled });
  }
  const share = shareOf(threshold.part, threshold.whole);
  const numbers = { yes: count.yes, whole: threshold.whole, share, needed: percent(threshold.fraction) };
  return threshold.relation === "over" ? overSentence(isAdopted, numbers) : leastSentence(isAdopted, numbers);
}

function leastSentence(isAdopted: boolean, numbers: Parameters): string {
  if (isAdopted) return t("Adopted: {yes} of {whole} said yes ({share} %); {needed} % was needed.", numbers);
  return t("Not adopted: {yes} of {whole} said yes ({share} %); {needed} % was needed.", numbers);
}

function overSentence(isAdopted: boolean, numbers: Parameters): string {
  if (isAdopted) return t("Adopted: {yes} of {whole} said yes ({share} %); more than {needed} % was needed.", numbers);
  return t("Not adopted: {yes} of {whole} said yes ({share} %); more than {needed} % was needed.", numbers);
}

export function castOf({ yes, no, abstain, marked, blank }: Verdict["count"]): number {
  return yes + no + abstain + marked + blank;
}

/** Seats of a result from left to right: yes, abstained, did not vote, no. */
export function seatsOf({ count }: Verdict): ("for" | "abstain" | "absent" | "against")[] {
  const absent = Math.max(0, count.entitled - castOf(count));
  const of = <Kind extends string>(kind: Kind, number: number) => Array.from({ length: number }, () => kind);
  return [...of("for", count.yes), ...of("abstain", count.abstain), ...of("absent", absent), ...of("against", count.no)];
}

export function votesSentence({ count }: Verdict): string {
  const { yes, no, abstain } = count;
  return listed([
    n("{count} voted yes", "{count} voted yes", yes),
    n("{count} voted no", "{count} voted no", no),
    n("{count} abstained", "{count} abstained", abstain),
  ]);
}
