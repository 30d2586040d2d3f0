// Voting from this screen: who may, under which rule in plain words, and the door that takes the ballot.

import type { Boot } from "./frames";
import { listed, n, t, type Parameters } from "./i18n";
import type { Refusal } from "./outbox";
import type { Electorate, MotionState, Verdict } from "./protocol";

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
export async function castBallot(boot: Boot, motion: string, electorate: string, choice: Choice): Promise<Cast> {
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
  return t("Secret vote: the server sees your choice for a moment and keeps it without your name. It is final.");
}

/** The rule of one electorate in one or two sentences. */
export function ruleSentences(electorate: Electorate): string[] {
  return [thresholdSentence(electorate), quorumSentence(electorate)];
}

function thresholdSentence({ threshold, base }: Electorate): string {
  const of = BASES[base]();
  if (threshold.at_least !== null) return t("It passes with at least {percent} % {of}.", { percent: percent(threshold.at_least), of });
  if (threshold.over === "1/2") return t("It passes with more than half {of}.", { of });
  return t("It passes with more than {percent} % {of}.", { percent: percent(threshold.over ?? "1/2"), of });
}

const BASES: Readonly<Record<Electorate["base"], () => string>> = {
  yes_no: () => t("of the votes for yes and no"),
  yes_no_abstain: () => t("of all votes, abstentions included"),
  cast: () => t("of all votes, abstentions included"),
  present: () => t("of those present"),
  entitled: () => t("of all who may vote"),
};

function quorumSentence({ quorum }: Electorate): string {
  const share = percent(quorum.at_least);
  if (quorum.of === "present") return t("At least {percent} % of those present must vote.", { percent: share });
  return t("At least {percent} % of all who may vote must take part.", { percent: share });
}

/** The outcome in one sentence, from the electorate that decides first. */
export function outcomeSentence({ outcome }: MotionState): string {
  const verdict = outcome?.verdicts.find(({ effect }) => effect === "deciding");
  if (!outcome || !verdict) return "";
  const { count, quorum, threshold } = verdict;
  if (!quorum.holds) {
    return t("Not adopted: only {cast} of {entitled} voted, too few to decide.", { cast: castOf(count), entitled: count.entitled });
  }
  const share = shareOf(threshold.part, threshold.whole);
  const numbers = { yes: count.yes, whole: threshold.whole, share, needed: percent(threshold.fraction) };
  return threshold.relation === "over" ? overSentence(outcome.adopted, numbers) : leastSentence(outcome.adopted, numbers);
}

function leastSentence(isAdopted: boolean, numbers: Parameters): string {
  if (isAdopted) return t("Adopted: {yes} of {whole} said yes ({share} %); {needed} % was needed.", numbers);
  return t("Not adopted: {yes} of {whole} said yes ({share} %); {needed} % was needed.", numbers);
}

function overSentence(isAdopted: boolean, numbers: Parameters): string {
  if (isAdopted) return t("Adopted: {yes} of {whole} said yes ({share} %); more than {needed} % was needed.", numbers);
  return t("Not adopted: {yes} of {whole} said yes ({share} %); more than {needed} % was needed.", numbers);
}

export function castOf({ yes, no, abstain }: Verdict["count"]): number {
  return yes + no + abstain;
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
