// What only those who lead rooms know, folded from events: twin of `facilitation/core/chairs.py`.

import type { Call, ChairsEvent, ChairsState } from "./protocol";

const CLOSED_KEPT = 50;
const MEMOS_KEPT = 100;

/** The state after `event`, which happened at `at`. */
export function evolveChairs(chairs: ChairsState, event: ChairsEvent, at: number): ChairsState {
  switch (event.kind) {
    case "member.arrived":
      return { ...chairs, present: [...chairs.present, event.data.member] };
    case "member.left":
      return { ...chairs, present: chairs.present.filter((key) => key !== event.data.member) };
    case "help.called": {
      const { call, member, room, words } = event.data;
      const made = { call, member, room, words: words?.key ?? null, at, answered_by: null, answered_at: null, closed_at: null };
      return { ...chairs, calls: [...chairs.calls, made] };
    }
    case "help.answered": {
      const { call, member } = event.data;
      return { ...chairs, calls: changed(chairs.calls, call, { answered_by: member, answered_at: at }) };
    }
    case "help.closed":
      return { ...chairs, calls: kept(changed(chairs.calls, event.data.call, { closed_at: at })) };
    case "memo.written": {
      const { words, member, room } = event.data;
      return { ...chairs, memos: [...chairs.memos, { words: words.key, member, room, at }].slice(-MEMOS_KEPT) };
    }
    case "room.taken": {
      const { room, member, seated } = event.data;
      return { ...chairs, taken: [...chairs.taken.filter((each) => each.room !== room), { room, member, at, seated }] };
    }
    case "room.returned":
      return { ...chairs, taken: chairs.taken.filter(({ room }) => room !== event.data.room) };
    default:
      return event satisfies never;
  }
}

function changed(calls: readonly Call[], key: string, change: Partial<Call>): Call[] {
  return calls.map((call) => (call.call === key ? { ...call, ...change } : call));
}

/** All that wait, and the last of those that are done. */
function kept(calls: readonly Call[]): Call[] {
  const done = calls.filter(({ closed_at }) => closed_at !== null);
  const dropped = new Set(done.slice(0, -CLOSED_KEPT).map(({ call }) => call));
  return calls.filter(({ call }) => !dropped.has(call));
}
