// Everything this browser knows, as one immutable value folded from frames.

import { kindOf, type EventFrame, type Snapshot, type StreamFrame, type WordsByKey } from "./frames";
import type {
  ChairsEvent,
  ChairsState,
  PlenaryEvent,
  PlenaryState,
  RoomEvent,
  RoomState,
  RoomSummary,
  SittingEvent,
  SittingState,
  TextEvent,
  TextState,
} from "./protocol";
import { evolveSitting } from "./sitting";
import { evolveText } from "./texts";

/** A stream's state, the number of its last event and when that was. */
export type Known<State> = { readonly state: State; readonly seq: number; readonly at: number };
type ByStream<State> = Readonly<Record<string, Known<State>>>;
/** What somebody is typing: finished sentences, not yet sent. `of`: the words that this is a machine translation of. */
export type Typing = { readonly text: string; readonly lang: string; readonly of?: string };

export type Sight = {
  readonly rooms: ByStream<RoomState>;
  readonly plenaries: ByStream<PlenaryState>;
  readonly sittings: ByStream<SittingState>;
  readonly texts: ByStream<TextState>;
  readonly chairs: ByStream<ChairsState>;
  readonly words: WordsByKey;
  /** Rooms in a few figures, by number of their stream; a signal, not a fact. */
  readonly overview: Readonly<Record<number, RoomSummary>>;
  /** Names of people in the overview whose rooms are not read. */
  readonly names: Readonly<Record<string, string>>;
  /** My own calls for help as last told. */
  readonly calls: readonly OwnCall[];
  /** By stream and member; in a language feed, as far as it is translated. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, Typing>>>>;
  /** How many have voted, by motion and electorate; a signal, not a fact. */
  readonly turnout: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Streams that may no longer be read, and why. */
  readonly gone: Readonly<Record<string, string>>;
};

/** A call for help as its caller sees it; `by` is the name of who looks after it. */
export type OwnCall = {
  readonly call: string;
  readonly room: number | null;
  readonly at: number;
  readonly answered_at: number | null;
  readonly by: string | null;
  readonly closed_at: number | null;
};

export const NOTHING: Sight = {
  rooms: {},
  plenaries: {},
  sittings: {},
  texts: {},
  chairs: {},
  words: {},
  overview: {},
  names: {},
  calls: [],
  typing: {},
  turnout: {},
  gone: {},
};

type Fold<State, Event> = (state: State, event: Event, at: number) => State;
type Folds = { room: Fold<RoomState, RoomEvent>; plenary: Fold<PlenaryState, PlenaryEvent>; chairs: Fold<ChairsState, ChairsEvent> };
let folds: Partial<Folds> = {};

/** A page says how the streams change that it reads, so that no page loads what only others need. */
export function folding(more: Partial<Folds>): void {
  folds = { ...folds, ...more };
}

function foldOf<Kind extends keyof Folds>(kind: Kind): Folds[Kind] {
  const fold = folds[kind];
  if (!fold) throw new Error(`this page does not read a ${kind}`);
  return fold;
}

/** Nothing is known of a stream that is no longer read. */
export function without(sight: Sight, stream: string): Sight {
  const { [stream]: _, ...rooms } = sight.rooms;
  return { ...sight, rooms };
}

export function afterFrame(sight: Sight, frame: StreamFrame): Sight {
  switch (frame.type) {
    case "snapshot":
      return afterSnapshot(sight, frame);
    case "event":
      return afterEvent(sight, frame);
    case "signal":
      return afterSignal(sight, frame);
    case "gone":
      return { ...sight, gone: { ...sight.gone, [frame.stream]: frame.code } };
    default:
      return frame satisfies never;
  }
}

function afterSnapshot(sight: Sight, frame: Snapshot): Sight {
  const { stream, seq, at } = frame;
  const words = { ...sight.words, ...frame.words };
  const { [stream]: _, ...gone } = sight.gone;
  const known = { ...sight, words, gone };
  switch (kindOf(stream)) {
    case "room":
      return { ...known, rooms: { ...sight.rooms, [stream]: { state: frame.state as RoomState, seq, at } } };
    case "plenary":
      return { ...known, plenaries: { ...sight.plenaries, [stream]: { state: frame.state as PlenaryState, seq, at } } };
    case "sitting":
      return { ...known, sittings: { ...sight.sittings, [stream]: { state: frame.state as SittingState, seq, at } } };
    case "chairs":
      return { ...known, chairs: { ...sight.chairs, [stream]: { state: frame.state as ChairsState, seq, at } } };
    case "text":
      return { ...known, texts: { ...sight.texts, [stream]: { state: frame.state as TextState, seq, at } } };
  }
}

function afterEvent(sight: Sight, frame: EventFrame): Sight {
  const words = Object.keys(frame.words).length ? { ...sight.words, ...frame.words } : sight.words;
  switch (kindOf(frame.stream)) {
    case "room": {
      const rooms = moved(sight.rooms, frame, (state) => foldOf("room")(state, frame as unknown as RoomEvent, frame.at));
      return { ...sight, words: withoutSilenced(sight, words, frame), rooms, typing: hushed(sight.typing, frame) };
    }
    case "plenary": {
      const evolve = (state: PlenaryState) => foldOf("plenary")(state, frame as unknown as PlenaryEvent, frame.at);
      return { ...sight, words, plenaries: moved(sight.plenaries, frame, evolve) };
    }
    case "sitting": {
      const { seq, by } = frame;
      const evolve = (state: SittingState) => evolveSitting(state, { ...(frame as unknown as SittingEvent), seq, by }, frame.at);
      return { ...sight, words, sittings: moved(sight.sittings, frame, evolve) };
    }
    case "chairs": {
      const evolve = (state: ChairsState) => foldOf("chairs")(state, frame as unknown as ChairsEvent, frame.at);
      return { ...sight, words, chairs: moved(sight.chairs, frame, evolve) };
    }
    case "text":
      return { ...sight, words, texts: moved(sight.texts, frame, (state) => evolveText(state, frame as unknown as TextEvent)) };
  }
}

/** Words that were hidden or taken back are forgotten here, in every language. */
function withoutSilenced(sight: Sight, words: WordsByKey, frame: EventFrame): WordsByKey {
  if (frame.kind !== "contribution.hidden" && frame.kind !== "contribution.withdrawn") return words;
  const key = frame.data.words;
  const feeds = Object.entries(sight.texts).filter(([name]) => name.startsWith(`${frame.stream}.text.`));
  const gone = new Set([key, ...feeds.map(([, { state }]) => state.rendered[key]?.key)]);
  return Object.fromEntries(Object.entries(words).filter(([each]) => !gone.has(each)));
}

function moved<State>(all: ByStream<State>, frame: EventFrame, evolve: (state: State) => State): ByStream<State> {
  const known = all[frame.stream];
  if (!known) return all;
  return { ...all, [frame.stream]: { state: evolve(known.state), seq: frame.seq, at: frame.at } };
}

/** What was being typed is over when it has been said, or when the turn is. */
function hushed(typing: Sight["typing"], frame: EventFrame): Sight["typing"] {
  const ends = frame.kind === "contribution.made" || frame.kind === "turn.ended" || frame.kind === "speech.stopped";
  const here = typing[frame.stream];
  if (!ends || !here) return typing;
  const { [frame.data.member]: _, ...rest } = here;
  return { ...typing, [frame.stream]: rest };
}

function afterSignal(sight: Sight, frame: Extract<StreamFrame, { type: "signal" }>): Sight {
  const { stream, by, data } = frame;
  if (frame.name === "typing" && by !== null) {
    const original = typeof data["of"] === "string" ? { of: data["of"] } : {};
    const line = { text: String(data["text"] ?? ""), lang: String(data["lang"] ?? ""), ...original };
    return { ...sight, typing: { ...sight.typing, [stream]: { ...sight.typing[stream], [by]: line } } };
  }
  if (frame.name === "turnout" && typeof data["motion"] === "string") {
    const cast = (data["cast"] ?? {}) as Record<string, number>;
    return { ...sight, turnout: { ...sight.turnout, [data["motion"]]: cast } };
  }
  if (frame.name === "rooms") return afterOverview(sight, data as unknown as Overview);
  if (frame.name === "help" && Array.isArray(data["calls"])) return { ...sight, calls: data["calls"] as OwnCall[] };
  return sight;
}

type Overview = { readonly rooms: readonly RoomSummary[]; readonly names: Readonly<Record<string, string>> };

function afterOverview(sight: Sight, told: Overview): Sight {
  const overview = { ...sight.overview, ...Object.fromEntries(told.rooms.map((line) => [line.room, line])) };
  return { ...sight, overview, names: { ...sight.names, ...told.names } };
}
