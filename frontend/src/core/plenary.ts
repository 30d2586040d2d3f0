// A plenary as one immutable value, folded from its events. Twin of `evolve` in `plenary.core.machine`.

import type { Amendment, MotionState, PlenaryEvent, PlenaryState } from "./protocol";

const HOUR_MS = 3_600_000;

/** The plenary after `event`, which happened at `at`. */
export function evolvePlenary(plenary: PlenaryState, event: PlenaryEvent, at: number): PlenaryState {
  switch (event.kind) {
    case "member.arrived":
      return { ...plenary, present: [...plenary.present, event.data.member] };
    case "member.left":
      return { ...plenary, present: plenary.present.filter((key) => key !== event.data.member) };
    case "motion.added":
      return { ...plenary, motions: { ...called(plenary.motions, event.data), [event.data.motion]: newMotion(event.data, plenary.motions[event.data.repeats ?? ""]) } };
    case "amendment.offered":
    case "amendment.supported":
    case "amendment.withdrawn":
    case "amendment.arranged":
    case "amendment.decided": {
      const motion = plenary.motions[event.data.motion];
      if (!motion) return plenary;
      return { ...plenary, motions: { ...plenary.motions, [motion.motion]: amended(motion, event) } };
    }
    case "motion.opened":
    case "motion.prolonged":
    case "motion.closed":
    case "motion.settled":
    case "motion.explained":
    case "motion.certified":
    case "motion.voided":
    case "objection.raised":
    case "objection.answered":
    case "statement.written":
    case "statement.signed":
    case "statement.left":
    case "statements.prolonged": {
      const motion = plenary.motions[event.data.motion];
      if (!motion) return plenary;
      return { ...plenary, motions: { ...plenary.motions, [motion.motion]: movedOn(motion, event, at) } };
    }
    default:
      return event satisfies never;
  }
}

function newMotion(added: Added, repeated: MotionState | undefined): MotionState {
  const empty = { opened_at: null, closes_at: null, is_prolonged: false, rolls: {}, versions: {}, keys: {}, outcome: null, certified_by: [], lot: null, departure: null, objections: [], statements: {}, statements_until: null, wrong: null, voided: null };
  const { amendments = [], former = [] } = repeated ?? {};
  return { ...added, phase: "draft", ...empty, amendments, is_arranged: repeated !== undefined, former };
}

type Added = Extract<PlenaryEvent, { kind: "motion.added" }>["data"];
type Amending = Extract<PlenaryEvent, { kind: `amendment.${string}` }>;

/** The motions with the amendment called whose vote this is. */
function called(motions: PlenaryState["motions"], { motion: vote, amends }: Added): PlenaryState["motions"] {
  const motion = amends && motions[amends.motion];
  if (!motion) return motions;
  const amendments = changed(motion, amends.amendment, (each) => ({ ...each, fate: "called", motion: vote }));
  return { ...motions, [motion.motion]: { ...motion, amendments } };
}

function changed(motion: MotionState, key: string, change: (each: Amendment) => Amendment): readonly Amendment[] {
  return motion.amendments.map((each) => (each.amendment === key ? change(each) : each));
}

/** Twin of `evolve` in `plenary.core.amending`. */
function amended(motion: MotionState, event: Amending): MotionState {
  switch (event.kind) {
    case "amendment.offered": {
      const { member, act, paragraph, words, reasons } = event.data;
      const offered: Amendment = { amendment: words.key, member, act, paragraph, lang: words.lang, reasons: reasons?.key ?? null, supporters: [member], fate: "offered", motion: null };
      return { ...motion, amendments: [...motion.amendments, offered] };
    }
    case "amendment.supported": {
      const { amendment, member, support } = event.data;
      const behind = (each: Amendment) => [...each.supporters.filter((one) => one !== member), ...(support ? [member] : [])];
      return { ...motion, amendments: changed(motion, amendment, (each) => ({ ...each, supporters: behind(each) })) };
    }
    case "amendment.withdrawn":
      return { ...motion, amendments: changed(motion, event.data.amendment, (each) => ({ ...each, fate: "withdrawn" })) };
    case "amendment.arranged":
      return { ...motion, is_arranged: true, amendments: inOrder(motion.amendments, event.data.order) };
    case "amendment.decided":
      return decided(motion, event.data);
    default:
      return event satisfies never;
  }
}

function inOrder(amendments: readonly Amendment[], order: readonly string[]): readonly Amendment[] {
  const called = order.flatMap((key) => amendments.filter(({ amendment }) => amendment === key));
  const others = amendments.filter(({ amendment }) => !order.includes(amendment));
  return [...called, ...others.map((each) => (each.fate === "offered" ? { ...each, fate: "unsupported" as const } : each))];
}

/** What the vote on an amendment does: an adopted one settles the others that would change the same paragraph. */
function decided(motion: MotionState, { amendment, fate, words }: Extract<Amending, { kind: "amendment.decided" }>["data"]): MotionState {
  const voted = motion.amendments.find((each) => each.amendment === amendment);
  const amendments = motion.amendments.map((each) => {
    if (each === voted) return { ...each, fate };
    const settles = voted !== undefined && fate === "adopted" && each.fate === "offered" && samePlace(each, voted);
    return settles ? { ...each, fate: "lapsed" as const } : each;
  });
  if (!words) return { ...motion, amendments };
  return { ...motion, amendments, recommendation: words.key, former: [...motion.former, motion.recommendation] };
}

/** Whether both want to change the same paragraph, so that not both can be adopted. */
export function samePlace(one: Amendment, other: Amendment): boolean {
  return one.paragraph === other.paragraph && one.act !== "insert" && other.act !== "insert";
}

type Step = Extract<PlenaryEvent, { kind: "motion.opened" | "motion.prolonged" | "motion.closed" | "motion.settled" | "motion.explained" | "motion.certified" | "motion.voided" | "objection.raised" | "objection.answered" | "statement.written" | "statement.signed" | "statement.left" | "statements.prolonged" }>;

function movedOn(motion: MotionState, event: Step, at: number): MotionState {
  switch (event.kind) {
    case "motion.opened": {
      const { closes_at, rolls, versions, lot, keys } = event.data;
      return { ...motion, phase: "open", opened_at: at, closes_at, rolls, versions, lot, keys };
    }
    case "motion.prolonged":
      return { ...motion, closes_at: event.data.closes_at, is_prolonged: true };
    case "motion.closed": {
      const hours = motion.rule.statement_hours;
      return { ...motion, phase: "closed", outcome: event.data.outcome, lot: event.data.seed, statements_until: hours ? at + hours * HOUR_MS : null };
    }
    case "motion.settled":
      return { ...motion, outcome: event.data.outcome };
    case "motion.explained":
      return { ...motion, departure: event.data.words.key };
    case "motion.voided":
      return { ...motion, phase: "void", wrong: event.data.wrong, voided: event.data.words.key, outcome: null };
    case "objection.raised":
      return { ...motion, objections: [...motion.objections, { objection: event.data.words.key, member: event.data.member, fate: "open" }] };
    case "objection.answered": {
      const { objection, fate } = event.data;
      return { ...motion, objections: motion.objections.map((each) => (each.objection === objection ? { ...each, fate } : each)) };
    }
    case "statement.written":
    case "statement.signed":
    case "statement.left":
      return { ...motion, statements: evolveStatements(motion.statements, event) };
    case "statements.prolonged":
      return { ...motion, statements_until: event.data.until };
    case "motion.certified":
      return certified(motion, event.data.member);
    default:
      return event satisfies never;
  }
}

type Statements = MotionState["statements"];

function evolveStatements(statements: Statements, event: Extract<Step, { kind: "statement.written" | "statement.signed" | "statement.left" }>): Statements {
  const { member } = event.data;
  if (event.kind === "statement.written") {
    const { key } = event.data.words;
    return { ...statements, [key]: { statement: key, author: member, signed: [member] } };
  }
  const { [event.data.statement]: found, ...others } = statements;
  if (!found) return statements;
  const signed = event.kind === "statement.signed" ? [...found.signed, member] : found.signed.filter((each) => each !== member);
  return signed.length ? { ...statements, [found.statement]: { ...found, signed } } : others;
}

/** Whether minority statements are written and signed at this moment. */
export function takesStatements(motion: MotionState, at: number): boolean {
  if (motion.phase === "closed") return motion.statements_until !== null && at < motion.statements_until;
  return motion.phase === "open" && motion.rule.statement_hours > 0;
}

/** The result stands when as many people as the rule asks for have confirmed the count. */
function certified(motion: MotionState, member: string): MotionState {
  const certified_by = [...motion.certified_by, member];
  return { ...motion, certified_by, phase: certified_by.length >= motion.rule.certifiers ? "certified" : "closed" };
}
