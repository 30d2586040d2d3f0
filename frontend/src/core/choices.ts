// Choosing among options: the rule in sentences, and a ballot as the text that is sent. Twin of `plenary.choosing`.

import { electorateName, percent, statementSentences } from "./ballots";
import { t } from "./i18n";
import type { Electorate, MotionState, Rule } from "./protocol";

export const HIGHEST_SCORE = 5;
/** Of each option, in their order: whether it is approved, its points, or its place from 1; null where nothing is marked. */
export type Marks = readonly (number | null)[];

/** The text of a ballot, or null as long as it is not one yet. */
export function paperOf(kind: Rule["kind"], marks: Marks): string | null {
  const marked = marks.flatMap((mark, index) => (mark === null ? [] : [{ number: index + 1, mark }]));
  if (!marked.length) return null;
  if (kind === "score") return marked.length === marks.length ? marks.join(" ") : null;
  if (kind === "approval") return marked.map(({ number }) => number).join(" ");
  return [...marked].sort((a, b) => a.mark - b.mark).map(({ number }) => number).join(" ");
}

/** Ticked or not; or, where options are put in order, last of all or out, and the others close up. */
export function toggled(kind: Rule["kind"], marks: Marks, index: number): Marks {
  const mark = marks[index] ?? null;
  if (kind === "approval") return marks.with(index, mark === null ? 1 : null);
  if (mark === null) return marks.with(index, marks.filter((each) => each !== null).length + 1);
  return marks.map((each, other) => (other === index || each === null ? null : each > mark ? each - 1 : each)).with(index, null);
}

/** One place up. */
export function raised(marks: Marks, index: number): Marks {
  const mark = marks[index] ?? null;
  if (mark === null || mark === 1) return marks;
  return marks.map((each, other) => (other === index ? mark - 1 : each === mark - 1 ? mark : each));
}

/** What one does with the ballot. */
export function instruction(kind: Rule["kind"]): string {
  if (kind === "approval") return t("Mark every option that you approve of.");
  if (kind === "score") return t("Give each option 0 to 5 points.");
  return t("Put the options in your order, as many as you like.");
}

const METHODS: Readonly<Record<Rule["kind"], () => string>> = {
  yes_no: () => "",
  approval: () => t("The option that most approve of stands highest."),
  score: () => t("The option with most points stands highest; of several, the one with the higher median."),
  runoff: () => t("Round by round the option with fewest votes goes out, and its ballots go to the next in their order, until one has more than half. Options that share the last place go out together."),
  schulze: () => t("Each pair of options is compared on all ballots. Highest stands the option that none beats, directly or along a chain of wins."),
};

const SUPPORTS: Readonly<Record<Rule["kind"], () => string>> = {
  yes_no: () => "",
  approval: () => t("The support of an option: on how many ballots it is approved."),
  score: () => t("The support of an option: its points, of 5 for each ballot."),
  runoff: () => t("The support of an option: its votes in its last round."),
  schulze: () => t("The support of an option: how many ballots prefer it, in the pair in which they are fewest."),
};

const TIES: Readonly<Record<Rule["tie"], () => string>> = {
  rejected: () => t("Where options are exactly even, none is chosen."),
  chair: () => t("Where options are exactly even, the chair chooses among them."),
  lot: () => t("Where options are exactly even, a lot chooses among them; what it is drawn from is sealed when the vote opens."),
};

const BASES: Readonly<Record<Electorate["base"], () => string>> = {
  yes_no: () => t("the ballots that are not empty"),
  valid: () => t("the ballots that are not empty"),
  yes_no_abstain: () => t("all ballots"),
  cast: () => t("all ballots"),
  present: () => t("those present"),
  entitled: () => t("those entitled"),
};

/** The rule of a choice: how one marks, how it is counted, what each electorate takes, what ends a tie. */
export function choiceRule({ rule }: MotionState): string[] {
  return [
    `${instruction(rule.kind)} ${METHODS[rule.kind]()}`,
    ...rule.electorates.map(electorateSentence),
    SUPPORTS[rule.kind](),
    t("An empty ballot takes part and supports no option."),
    TIES[rule.tie](),
    ...(rule.departure === "with_reasons" ? [t("A decision that departs from the advice is published with the reasons for it.")] : []),
    ...statementSentences(rule),
  ];
}

function electorateSentence({ name, threshold, base, quorum, effect }: Electorate): string {
  const share = percent(threshold.over ?? threshold.at_least ?? "1/1");
  const values = { who: electorateName(name), share, base: BASES[base](), quorum: percent(quorum.at_least) };
  const advice = effect === "advisory" ? ` ${t("This vote is advice; it does not decide.")}` : "";
  if (threshold.over !== null) return t("{who}: the highest is chosen if its support is more than {share} % of {base}, and at least {quorum} % vote.", values) + advice;
  if (!share) return t("{who}: the highest is chosen, if at least {quorum} % vote.", values) + advice;
  return t("{who}: the highest is chosen if its support is at least {share} % of {base}, and at least {quorum} % vote.", values) + advice;
}
