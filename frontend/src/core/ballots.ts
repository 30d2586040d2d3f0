// Voting from this screen: who may, under which rule in plain words, and the door that takes the ballot.

import type { Boot } from "./frames";
import { n, t } from "./i18n";
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
export function percent(fraction: string): string {
  const [part = 0, whole = 1] = fraction.split("/").map(Number);
  return String(Math.round((part / whole) * 1000) / 10);
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
export function outcomeSentence(motion: MotionState): string {
  const { outcome } = motion;
  const verdict = outcome?.verdicts.find(({ effect }) => effect === "deciding");
  if (!outcome || !verdict) return "";
  const { count, quorum } = verdict;
  const numbers = { yes: count.yes, cast: count.yes + count.no + count.abstain, needed: percent(verdict.threshold.fraction) };
  if (outcome.adopted) return t("Adopted: {yes} of {cast} voted yes; {needed} % was needed.", numbers);
  if (!quorum.holds) return t("Not adopted: too few took part.");
  return t("Not adopted: {yes} of {cast} voted yes; {needed} % was needed.", numbers);
}

/** Seats of a result from left to right: yes, abstained, did not vote, no. */
export function seatsOf({ count }: Verdict): ("for" | "abstain" | "absent" | "against")[] {
  const absent = Math.max(0, count.entitled - count.yes - count.no - count.abstain);
  const of = <Kind extends string>(kind: Kind, number: number) => Array.from({ length: number }, () => kind);
  return [...of("for", count.yes), ...of("abstain", count.abstain), ...of("absent", absent), ...of("against", count.no)];
}

export function votesSentence({ count }: Verdict): string {
  const { yes, no, abstain } = count;
  return [n("{count} yes", "{count} yes", yes), n("{count} no", "{count} no", no), n("{count} abstention", "{count} abstentions", abstain)].join(", ");
}
