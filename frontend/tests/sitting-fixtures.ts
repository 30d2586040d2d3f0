// A sitting of three steps for tests, at the second.

import type { AgendaStep, SittingState } from "../src/core/protocol";

export const MINUTE = 60_000;

export function aStep(key: string, minutes: number, began_at: number | null = null, ended_at: number | null = null): AgendaStep {
  return { key, plan: { kind: "discussion", planned_ms: minutes * MINUTE, mode: null, turn_ms: null, screen: null }, title: null, text: null, began_at, ended_at };
}

export function aSitting(changes: Partial<SittingState> = {}): SittingState {
  return {
    number: 1,
    phase: "running",
    agenda: [aStep("a", 5, 0, 5 * MINUTE), aStep("b", 10, 5 * MINUTE), aStep("c", 20)],
    by_itself: false,
    ends_at: 15 * MINUTE,
    closes_at: null,
    ready: [],
    open_rooms: 0,
    messages: [],
    rooms: [1],
    began_seq: 1,
    told_seq: 4,
    told_by: null,
    is_early: false,
    ...changes,
  };
}
