// The sitting of an assembly as a screen knows it: the twin of `evolve` in Python, and what follows for one room.

import type { AgendaStep, RoomState, SittingEvent, SittingState, StepHere } from "./protocol";

const MESSAGES_KEPT = 20;
/** So long before the rooms close everybody is warned, the longest first. */
export const WARNINGS_MS = [300_000, 60_000] as const;

type Recorded = SittingEvent & { readonly seq: number; readonly by: string | null };
const NEW: SittingState = {
  number: 1,
  phase: "planning",
  agenda: [],
  by_itself: false,
  ends_at: null,
  closes_at: null,
  ready: [],
  open_rooms: 0,
  messages: [],
  rooms: [],
  began_seq: 0,
  told_seq: 0,
  told_by: null,
  is_early: false,
};

/** The sitting after `event`, which happened at `at`. */
export function evolveSitting(sitting: SittingState, event: Recorded, at: number): SittingState {
  const told = { told_seq: event.seq, told_by: event.by };
  switch (event.kind) {
    case "step.added": {
      const { step: key, plan, title, text } = event.data;
      const added = { key, plan, title: title?.key ?? null, text: text?.key ?? null, began_at: null, ended_at: null };
      return { ...sitting, agenda: [...sitting.agenda, added] };
    }
    case "step.changed":
      return changed(sitting, event.data.step, { plan: event.data.plan });
    case "step.titled":
      return changed(sitting, event.data.step, { title: event.data.title?.key ?? null });
    case "step.explained":
      return changed(sitting, event.data.step, { text: event.data.text?.key ?? null });
    case "step.dropped":
      return { ...sitting, agenda: sitting.agenda.filter(({ key }) => key !== event.data.step) };
    case "step.moved": {
      const moved = sitting.agenda.filter(({ key }) => key === event.data.step);
      return { ...sitting, agenda: sitting.agenda.filter(({ key }) => key !== event.data.step).toSpliced(event.data.place, 0, ...moved) };
    }
    case "sitting.begun":
      return { ...sitting, phase: "running", rooms: event.data.rooms, began_seq: event.seq };
    case "step.begun":
      return { ...changed(sitting, event.data.step, { began_at: at }), ends_at: event.data.ends_at, ready: [], ...told };
    case "step.ended":
      return { ...changed(sitting, event.data.step, { ended_at: at }), is_early: sitting.ends_at !== null && at < sitting.ends_at };
    case "sitting.extended":
      return { ...sitting, ends_at: event.data.ends_at, ...told };
    case "closing.announced":
      return { ...sitting, closes_at: event.data.closes_at };
    case "sitting.ended":
      return { ...sitting, phase: "ended", ends_at: null, closes_at: null, ready: [], ...told };
    case "rooms.ready":
      return { ...sitting, ready: event.data.ready, open_rooms: event.data.open_rooms };
    case "sitting.paced":
      return { ...sitting, by_itself: event.data.by_itself };
    case "sitting.prepared": {
      const { messages, by_itself, began_seq, told_seq, told_by } = sitting;
      return { ...NEW, number: event.data.number, messages, by_itself, began_seq, told_seq, told_by };
    }
    case "message.sent": {
      const { words, member } = event.data;
      return { ...sitting, messages: [...sitting.messages, { words: words.key, lang: words.lang, member, at }].slice(-MESSAGES_KEPT) };
    }
    default:
      return event satisfies never;
  }
}

function changed(sitting: SittingState, key: string, change: Partial<AgendaStep>): SittingState {
  return { ...sitting, agenda: sitting.agenda.map((step) => (step.key === key ? { ...step, ...change } : step)) };
}

/** The step that goes on. */
export function currentStep(sitting: SittingState): AgendaStep | null {
  return sitting.agenda.find(({ began_at, ended_at }) => began_at !== null && ended_at === null) ?? null;
}

/** A step as a header shows it: which of how many, and when it ends. */
export type Place = { readonly step: AgendaStep; readonly number: number; readonly of: number; readonly endsAt: number };

/** The step of the sitting. */
export function placeOfAll(sitting: SittingState): Place | null {
  const step = currentStep(sitting);
  return step && sitting.ends_at !== null ? placed(sitting, step, sitting.ends_at) : null;
}

/** The step this room is at: that of the sitting, or the one before while its facilitator gave it more time. */
export function placeOf(sitting: SittingState, here: StepHere | null): Place | null {
  const step = sitting.agenda.find(({ key }) => key === here?.key);
  return sitting.phase === "running" && here && step ? placed(sitting, step, here.ends_at + here.extra_ms) : null;
}

function placed(sitting: SittingState, step: AgendaStep, endsAt: number): Place {
  return { step, number: sitting.agenda.indexOf(step) + 1, of: sitting.agenda.length, endsAt };
}

/** When all rooms close, as far as it is known: as announced, or at the planned end of the last step. */
export function closingAt(sitting: SittingState): number | null {
  if (sitting.phase !== "running" || sitting.closes_at !== null || sitting.ends_at === null) return sitting.closes_at;
  const left = sitting.agenda.reduce((sum, { plan, began_at }) => sum + (began_at === null ? plan.planned_ms : 0), 0);
  return sitting.by_itself || left === 0 ? sitting.ends_at + left : null;
}

/** The warning that is due: how long before the end it was to come, or null. Each is due until the next one is. */
export function warningDue(sitting: SittingState, now: number): number | null {
  const end = closingAt(sitting);
  if (end === null || now >= end) return null;
  return WARNINGS_MS.findLast((before) => end - now <= before) ?? null;
}

/** How the vote to move on stands in a room. */
export type MovingOn = { readonly willing: number; readonly needed: number; readonly present: number; readonly isMine: boolean };

/** The vote to move on, where there is one: at a step that asks for it, or while no facilitator is present. */
export function movingOn(room: RoomState, me: string): MovingOn | null {
  const here = room.step;
  if (!here || here.is_done || (here.kind !== "vote" && isGuided(room))) return null;
  const present = Object.entries(room.seats).filter(([, { role, present }]) => present && (role === "citizen" || role === "scribe"));
  if (!present.some(([key]) => key === me)) return null;
  const willing = present.filter(([key]) => here.ready.includes(key)).length;
  return { willing, needed: Math.max(1, Math.ceil(present.length / 2)), present: present.length, isMine: here.ready.includes(me) };
}

/** Whether a facilitator is in the room. */
export function isGuided(room: RoomState): boolean {
  return Object.values(room.seats).some(({ role, present }) => role === "facilitator" && present);
}

/** Whether there is anything of a sitting to show: a plan, a message, or its end. */
export function isPlanned(sitting: SittingState | undefined): boolean {
  return sitting !== undefined && (sitting.agenda.length > 0 || sitting.messages.length > 0 || sitting.phase !== "planning");
}
