// A plenary as one immutable value, folded from its events. Twin of `evolve` in `plenary.core.machine`.

import type { MotionState, PlenaryEvent, PlenaryState } from "./protocol";

/** The plenary after `event`, which happened at `at`. */
export function evolvePlenary(plenary: PlenaryState, event: PlenaryEvent, at: number): PlenaryState {
  switch (event.kind) {
    case "member.arrived":
      return { ...plenary, present: [...plenary.present, event.data.member] };
    case "member.left":
      return { ...plenary, present: plenary.present.filter((key) => key !== event.data.member) };
    case "motion.added":
      return { ...plenary, motions: { ...plenary.motions, [event.data.motion]: newMotion(event.data) } };
    case "motion.opened":
    case "motion.prolonged":
    case "motion.closed":
    case "motion.settled":
    case "motion.explained":
    case "motion.certified":
    case "motion.voided":
    case "objection.raised":
    case "objection.answered": {
      const motion = plenary.motions[event.data.motion];
      if (!motion) return plenary;
      return { ...plenary, motions: { ...plenary.motions, [motion.motion]: movedOn(motion, event, at) } };
    }
    default:
      return event satisfies never;
  }
}

function newMotion(added: Extract<PlenaryEvent, { kind: "motion.added" }>["data"]): MotionState {
  const empty = { opened_at: null, closes_at: null, is_prolonged: false, rolls: {}, versions: {}, outcome: null, certified_by: [], lot: null, departure: null, objections: [], wrong: null, voided: null };
  return { ...added, phase: "draft", ...empty };
}

type Step = Extract<PlenaryEvent, { kind: "motion.opened" | "motion.prolonged" | "motion.closed" | "motion.settled" | "motion.explained" | "motion.certified" | "motion.voided" | "objection.raised" | "objection.answered" }>;

function movedOn(motion: MotionState, event: Step, at: number): MotionState {
  switch (event.kind) {
    case "motion.opened": {
      const { closes_at, rolls, versions, lot } = event.data;
      return { ...motion, phase: "open", opened_at: at, closes_at, rolls, versions, lot };
    }
    case "motion.prolonged":
      return { ...motion, closes_at: event.data.closes_at, is_prolonged: true };
    case "motion.closed":
      return { ...motion, phase: "closed", outcome: event.data.outcome, lot: event.data.seed };
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
    case "motion.certified":
      return certified(motion, event.data.member);
    default:
      return event satisfies never;
  }
}

/** The result stands when as many people as the rule asks for have confirmed the count. */
function certified(motion: MotionState, member: string): MotionState {
  const certified_by = [...motion.certified_by, member];
  return { ...motion, certified_by, phase: certified_by.length >= motion.rule.certifiers ? "certified" : "closed" };
}
