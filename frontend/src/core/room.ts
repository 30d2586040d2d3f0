// A room as one immutable value, folded from its events. Twin of `evolve` in `rooms.core`.

import { evolveFloor, type FloorEvent } from "./floor";
import { addPerson, beginItem, mapValues } from "./ledger";
import type {
  DraftState,
  Finding,
  Mark,
  RoomEvent,
  RoomState,
  Said,
  Seat,
} from "./protocol";

type Of<Kind extends RoomEvent["kind"]> = Extract<RoomEvent, { kind: Kind }>;
const SPEAKING_ROLES: readonly string[] = ["citizen"];
const SAID_KEPT = 200;
const POLLS_KEPT = 10;
const UNMARKED: Mark = { hidden: null, withdrawn: false };

/** The room after `event`, which happened at `at`. */
export function evolveRoom(room: RoomState, event: RoomEvent, at: number): RoomState {
  switch (event.kind) {
    case "seat.given":
      return seatGiven(room, event.data);
    case "time.brought": {
      const { member, time } = event.data;
      const account = room.floor.people[member];
      const people = account ? { ...room.floor.people, [member]: { ...account, ...time } } : room.floor.people;
      return { ...room, floor: { ...room.floor, people } };
    }
    case "hand.brought":
      return { ...room, floor: handBrought(room.floor, event.data.hand, at) };
    case "poll.opened":
    case "option.offered":
    case "poll.closed":
    case "poll.prolonged":
      return { ...room, polls: evolvePolls(room.polls, event) };
    case "exclusion.allowed":
      return { ...room, exclusion_rule: event.data.rule };
    case "exclusion.forbidden":
      return { ...room, exclusion_rule: null };
    case "exclusion.proposed": {
      const { member, proposer, reason, heard_until, until } = event.data;
      const exclusion = { member, reason: reason.key, heard_until, until, supporters: [proposer], answer: null };
      return { ...room, exclusion, proposed: [...room.proposed, member] };
    }
    case "exclusion.answered":
      return { ...room, exclusion: room.exclusion && { ...room.exclusion, answer: event.data.answer.key } };
    case "exclusion.supported": {
      const { exclusion } = room;
      return { ...room, exclusion: exclusion && { ...exclusion, supporters: [...exclusion.supporters, event.data.member] } };
    }
    case "exclusion.prolonged":
      return { ...room, exclusion: room.exclusion && { ...room.exclusion, ...event.data } };
    case "exclusion.ended":
      return { ...room, exclusion: null };
    case "room.locked":
      return { ...room, inside: event.data.inside };
    case "room.unlocked":
      return { ...room, inside: null };
    case "contribution.hidden":
      return marked(unasked(room, event.data.words), event.data.words, { hidden: event.data.reason, withdrawn: false });
    case "contribution.restored":
      return marked(room, event.data.words, UNMARKED);
    case "contribution.withdrawn":
      return marked(unasked(room, event.data.words), event.data.words, { hidden: null, withdrawn: true });
    case "contribution.corrected":
    case "suggestion.made":
    case "suggestion.accepted":
    case "suggestion.declined":
    case "translation.flagged":
      return evolveWordings(room, event);
    case "seat.taken": {
      const { [event.data.member]: _, ...seats } = room.seats;
      return without({ ...room, seats }, event.data.member);
    }
    case "member.removed":
      return without(seatChanged(room, event.data.member, { removed: true, rule: event.data.rule, present: false }), event.data.member);
    case "member.readmitted":
      return readmitted(room, event.data.member);
    case "room.opened":
      return { ...room, phase: "open", opened_at: room.opened_at ?? at, final_at: null };
    case "room.closed":
      return { ...room, phase: "closed", final_at: event.data.final_at, exclusion: null };
    case "reopening.prolonged":
      return { ...room, final_at: event.data.final_at };
    case "item.opened": {
      const { number, title, motion, point } = event.data;
      const item = { item: number, item_title: title?.key ?? null, item_motion: motion, agenda: withoutPoint(room, point) };
      return { ...room, ...item, floor: beginItem(room.floor, at), proposed: [] };
    }
    case "point.added": {
      const { point, title, motion } = event.data;
      return { ...room, agenda: [...room.agenda, { key: point, title: title?.key ?? null, motion }] };
    }
    case "point.moved": {
      const { point, to } = event.data;
      const others = withoutPoint(room, point);
      return { ...room, agenda: [...others.slice(0, to), ...room.agenda.filter(({ key }) => key === point), ...others.slice(to)] };
    }
    case "point.dropped":
      return { ...room, agenda: withoutPoint(room, event.data.point) };
    case "contribution.made": {
      const { words, member, turn, scribe } = event.data;
      const floor = addPerson(room.floor, member, words.lang);
      return keep({ ...room, floor }, { words: words.key, member, kind: "contribution", at, lang: words.lang, turn, scribe });
    }
    case "note.made": {
      const { words, member, scribe } = event.data;
      const turn = room.floor.people[member]?.turn ?? 0;
      return keep(room, { words: words.key, member, kind: "note", at, lang: words.lang, turn, scribe });
    }
    case "finding.written":
    case "finding.dropped":
    case "finding.accepted":
    case "finding.released":
    case "finding.agreed":
      return { ...room, findings: evolveFindings(room.findings, event) };
    case "draft.begun":
    case "draft.written":
    case "draft.accepted":
    case "draft.released":
    case "draft.submitted":
    case "dissent.raised":
    case "dissent.shared":
    case "dissent.left":
      return { ...room, drafts: evolveDrafts(room.drafts, event, at) };
    case "step.taken": {
      const { seq, step: key, ...given } = event.data;
      return { ...room, step: { key, ...given, extra_ms: 0, ready: [], is_done: false }, step_seq: seq };
    }
    case "step.left":
      return { ...room, step: null, step_seq: event.data.seq };
    case "step.timed":
      return { ...stepChanged(room, () => ({ ends_at: event.data.ends_at })), step_seq: event.data.seq };
    case "step.extended":
      return stepChanged(room, ({ extra_ms }) => ({ extra_ms: extra_ms + 1000 * event.data.seconds }));
    case "step.done":
      return stepChanged(room, () => ({ is_done: true }));
    case "ready.declared":
      return stepChanged(room, ({ ready }) => ({ ready: [...ready, event.data.member] }));
    case "ready.withdrawn":
      return stepChanged(room, ({ ready }) => ({ ready: ready.filter((key) => key !== event.data.member) }));
    case "member.arrived":
    case "member.left": {
      const floor = evolveFloor(room.floor, event, at);
      return seatChanged({ ...room, floor }, event.data.member, { present: event.kind === "member.arrived" });
    }
    default:
      return { ...room, floor: evolveFloor(room.floor, event satisfies FloorEvent, at) };
  }
}

function seatGiven(room: RoomState, { member, role, speaks, reads, scribe }: Of<"seat.given">["data"]): RoomState {
  const before = room.seats[member] ?? { present: false, removed: false, rule: null };
  const seats = { ...room.seats, [member]: { ...before, role, speaks, reads, scribe } };
  const inside = room.seats[member] ? room.inside : letIn(room, member);
  return { ...room, seats, inside, floor: SPEAKING_ROLES.includes(role) ? addPerson(room.floor, member, spoken(room, member, speaks)) : room.floor };
}

/** The language that turns are measured in: what somebody said something in last, else what they speak first. */
function spoken({ floor }: RoomState, member: string, speaks: readonly string[]): string | undefined {
  const lang = floor.people[member]?.lang;
  return lang !== undefined && speaks.includes(lang) ? lang : speaks[0];
}

/** Whoever is seated or readmitted while a room is locked belongs to those inside. */
function letIn({ inside }: RoomState, member: string): RoomState["inside"] {
  return inside === null || inside.includes(member) ? inside : [...inside, member];
}

/** Kept as that of somebody who is away, until they come. */
function handBrought(floor: RoomState["floor"], hand: Of<"hand.brought">["data"]["hand"], at: number): RoomState["floor"] {
  const account = floor.people[hand.member];
  const people = account ? { ...floor.people, [hand.member]: { ...account, left_at: at } } : floor.people;
  return { ...floor, people, queue: [...floor.queue, hand] };
}

function seatChanged(room: RoomState, member: string, change: Partial<Seat>): RoomState {
  const seat = room.seats[member];
  return seat ? { ...room, seats: { ...room.seats, [member]: { ...seat, ...change } } } : room;
}

type StepHere = NonNullable<RoomState["step"]>;

function stepChanged(room: RoomState, change: (step: StepHere) => Partial<StepHere>): RoomState {
  return room.step ? { ...room, step: { ...room.step, ...change(room.step) } } : room;
}

/** Who is gone anyway need not be sent out. */
function without(room: RoomState, member: string): RoomState {
  return room.exclusion?.member === member ? { ...room, exclusion: null } : room;
}

/** Who is let in again may come in even while the room is locked. */
function readmitted(room: RoomState, member: string): RoomState {
  return { ...seatChanged(room, member, { removed: false, rule: null }), inside: letIn(room, member) };
}

type WordingEvent = Of<"contribution.corrected" | "suggestion.made" | "suggestion.accepted" | "suggestion.declined" | "translation.flagged">;

function evolveWordings(room: RoomState, event: WordingEvent): RoomState {
  switch (event.kind) {
    case "contribution.corrected": {
      const { words, wording } = event.data;
      const change = (said: Said) => ({ ...said, corrections: [...said.corrections, wording.key], lang: wording.lang, flags: {} });
      const drafts = requoted(room.drafts, words, wording.key);
      return saidChanged({ ...unasked(room, words), drafts }, words, change);
    }
    case "suggestion.made": {
      const { suggestion, words, of, text, member } = event.data;
      return { ...room, suggestions: { ...room.suggestions, [suggestion]: { words, of, text: text.key, lang: text.lang, member } } };
    }
    case "suggestion.accepted": {
      const { suggestion, words, lang } = event.data;
      return saidChanged(decided(room, suggestion), words, (said) => ({ ...said, flags: counted(said.flags, lang, 0) }));
    }
    case "suggestion.declined":
      return decided(room, event.data.suggestion);
    case "translation.flagged": {
      const { words, lang, flags } = event.data;
      return saidChanged(room, words, (said) => ({ ...said, flags: counted(said.flags, lang, flags) }));
    }
    default:
      return event satisfies never;
  }
}

function saidChanged(room: RoomState, words: string, change: (said: Said) => Said): RoomState {
  return { ...room, said: room.said.map((each) => (each.words === words ? change(each) : each)) };
}

function counted(flags: Said["flags"], lang: string, count: number): Said["flags"] {
  const { [lang]: _, ...others } = flags;
  return count ? { ...others, [lang]: count } : others;
}

function decided(room: RoomState, suggestion: string): RoomState {
  const { [suggestion]: _, ...suggestions } = room.suggestions;
  return { ...room, suggestions };
}

/** Nobody is asked about a translation of these words any more. */
function unasked(room: RoomState, words: string): RoomState {
  const kept = Object.entries(room.suggestions).filter(([, each]) => each.words !== words);
  return { ...room, suggestions: Object.fromEntries(kept) };
}

function keep(room: RoomState, said: Omit<Said, "hidden" | "withdrawn" | "corrections" | "flags">): RoomState {
  const kept: Said[] = [...room.said, { ...said, ...UNMARKED, corrections: [], flags: {} }];
  const gone = kept.slice(0, -SAID_KEPT).filter(({ hidden, withdrawn }) => hidden !== null || withdrawn);
  const after: RoomState = { ...room, said: kept.slice(-SAID_KEPT) };
  return gone.reduce((state, { words, hidden, withdrawn }) => marked(state, words, { hidden, withdrawn }), after);
}

/** What became of words; of those said too long ago to stand in the state, only that is kept. */
function marked(room: RoomState, words: string, mark: Mark): RoomState {
  if (room.said.some((each) => each.words === words)) {
    return { ...room, said: room.said.map((each) => (each.words === words ? { ...each, ...mark } : each)) };
  }
  const marks = Object.entries({ ...room.marks, [words]: mark }).sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...room, marks: Object.fromEntries(marks.slice(-SAID_KEPT)) };
}

type FindingEvent = Extract<RoomEvent, { kind: `finding.${string}` }>;

function evolveFindings(findings: RoomState["findings"], event: FindingEvent): RoomState["findings"] {
  const { finding: key } = event.data;
  if (event.kind === "finding.written") {
    const { kind, words } = event.data;
    return { ...findings, [key]: { kind, words: words.key, lang: words.lang, accepted: [], is_agreed: false } };
  }
  const { [key]: found, ...others } = findings;
  if (!found || event.kind === "finding.dropped") return others;
  return { ...findings, [key]: agreedTo(found, event) };
}

function agreedTo(finding: Finding, event: Exclude<FindingEvent, { kind: "finding.written" | "finding.dropped" }>): Finding {
  switch (event.kind) {
    case "finding.accepted":
      return { ...finding, accepted: [...finding.accepted, event.data.member] };
    case "finding.released":
      return { ...finding, accepted: finding.accepted.filter((member) => member !== event.data.member) };
    case "finding.agreed":
      return { ...finding, is_agreed: true };
    default:
      return event satisfies never;
  }
}

type Polls = RoomState["polls"];

function evolvePolls(polls: Polls, event: Of<"poll.opened" | "option.offered" | "poll.closed" | "poll.prolonged">): Polls {
  const { poll: key } = event.data;
  if (event.kind === "poll.opened") {
    const kept = Object.fromEntries(Object.entries(polls).slice(1 - POLLS_KEPT));
    const { question, draft, version, closes_at } = event.data;
    return { ...kept, [key]: { key, question: question?.key ?? null, options: [], draft, version, closes_at, is_open: true, answers: 0, counts: null } };
  }
  const poll = polls[key];
  if (!poll) return polls;
  if (event.kind === "option.offered") return { ...polls, [key]: { ...poll, options: [...poll.options, event.data.option.key] } };
  if (event.kind === "poll.prolonged") return { ...polls, [key]: { ...poll, closes_at: event.data.closes_at } };
  const { answers, counts } = event.data;
  return { ...polls, [key]: { ...poll, is_open: false, answers, counts } };
}

type DissentEvent = Of<"dissent.raised" | "dissent.shared" | "dissent.left">;
type DraftEvent = DissentEvent | Of<"draft.begun" | "draft.written" | "draft.accepted" | "draft.released" | "draft.submitted">;
type Drafts = RoomState["drafts"];

function evolveDrafts(drafts: Drafts, event: DraftEvent, at: number): Drafts {
  if (event.kind === "draft.begun") {
    const key = event.data.draft;
    return { ...drafts, [key]: { key, version: 0, versions: [], accepted: [], submitted: false, dissents: {} } };
  }
  if (event.kind === "draft.written") {
    return { ...drafts, [event.data.draft]: writtenDown(drafts[event.data.draft], event.data, at) };
  }
  const draft = drafts[event.data.draft];
  return draft ? { ...drafts, [draft.key]: stamped(draft, event) } : drafts;
}

function writtenDown(before: DraftState | undefined, data: Of<"draft.written">["data"], at: number): DraftState {
  const version = {
    n: data.version,
    member: data.member,
    at,
    title: data.title?.key ?? null,
    recommendation: data.recommendation.key,
    reasons: data.reasons?.key ?? null,
    lang: data.recommendation.lang,
    quotes: data.quotes,
  };
  const versions = [...(before?.versions ?? []), version];
  const dissents = before?.dissents ?? {};
  return { key: data.draft, version: data.version, versions, accepted: [], submitted: false, dissents };
}

/** Whoever quoted these words has quoted what stood before. */
function requoted(drafts: Drafts, words: string, later: string): Drafts {
  const flagged = (draft: DraftState): DraftState => ({
    ...draft,
    versions: draft.versions.map((version) => ({ ...version, quotes: version.quotes.map((each) => (each.words === words ? { ...each, later } : each)) })),
  });
  return mapValues(drafts, flagged);
}

function stamped(draft: DraftState, event: Exclude<DraftEvent, { kind: "draft.begun" | "draft.written" }>): DraftState {
  switch (event.kind) {
    case "draft.accepted":
      return { ...draft, accepted: [...draft.accepted, event.data.member] };
    case "draft.released":
      return { ...draft, accepted: draft.accepted.filter((member) => member !== event.data.member) };
    case "draft.submitted":
      return { ...draft, submitted: true, dissents: mapValues(draft.dissents, (each) => ({ ...each, fate: each.fate ?? ("upheld" as const) })) };
    default:
      return { ...draft, dissents: dissented(draft.dissents, event) };
  }
}

function dissented(dissents: DraftState["dissents"], event: DissentEvent): DraftState["dissents"] {
  const { member } = event.data;
  if (event.kind === "dissent.raised") {
    const { version, words } = event.data;
    return { ...dissents, [words.key]: { words: words.key, version, lang: words.lang, members: [member], fate: null } };
  }
  const { dissent: key } = event.data;
  const found = dissents[key];
  if (!found) return dissents;
  if (event.kind === "dissent.shared") return { ...dissents, [key]: { ...found, members: [...found.members, member] } };
  const members = found.members.filter((each) => each !== member);
  return { ...dissents, [key]: members.length ? { ...found, members } : { ...found, fate: event.data.reason } };
}

function withoutPoint({ agenda }: RoomState, point: string | null): RoomState["agenda"] {
  return agenda.filter(({ key }) => key !== point);
}
