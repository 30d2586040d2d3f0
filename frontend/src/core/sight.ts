// Everything this browser knows, as one immutable value folded from frames.

import { evolvePlenary, evolveRoom, evolveText } from "./fold";
import { kindOf, type EventFrame, type Snapshot, type StreamFrame, type WordsByKey } from "./frames";
import type { PlenaryEvent, PlenaryState, RoomEvent, RoomState, SittingEvent, SittingState, TextEvent, TextState } from "./protocol";
import { evolveSitting } from "./sitting";

/** A stream's state, the number of its last event and when that was. */
export type Known<State> = { readonly state: State; readonly seq: number; readonly at: number };
type ByStream<State> = Readonly<Record<string, Known<State>>>;
/** What somebody is typing: finished sentences, not yet sent. */
export type Typing = { readonly text: string; readonly lang: string };

export type Sight = {
  readonly rooms: ByStream<RoomState>;
  readonly plenaries: ByStream<PlenaryState>;
  readonly sittings: ByStream<SittingState>;
  readonly texts: ByStream<TextState>;
  readonly words: WordsByKey;
  /** By stream and member. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, Typing>>>>;
  /** How many have voted, by motion and electorate; a signal, not a fact. */
  readonly turnout: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Streams that may no longer be read, and why. */
  readonly gone: Readonly<Record<string, string>>;
};

export const NOTHING: Sight = { rooms: {}, plenaries: {}, sittings: {}, texts: {}, words: {}, typing: {}, turnout: {}, gone: {} };

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
    case "text":
      return { ...known, texts: { ...sight.texts, [stream]: { state: frame.state as TextState, seq, at } } };
  }
}

function afterEvent(sight: Sight, frame: EventFrame): Sight {
  const words = Object.keys(frame.words).length ? { ...sight.words, ...frame.words } : sight.words;
  switch (kindOf(frame.stream)) {
    case "room": {
      const rooms = moved(sight.rooms, frame, (state) => evolveRoom(state, frame as unknown as RoomEvent, frame.at));
      return { ...sight, words, rooms, typing: hushed(sight.typing, frame) };
    }
    case "plenary": {
      const evolve = (state: PlenaryState) => evolvePlenary(state, frame as unknown as PlenaryEvent, frame.at);
      return { ...sight, words, plenaries: moved(sight.plenaries, frame, evolve) };
    }
    case "sitting": {
      const { seq, by } = frame;
      const evolve = (state: SittingState) => evolveSitting(state, { ...(frame as unknown as SittingEvent), seq, by }, frame.at);
      return { ...sight, words, sittings: moved(sight.sittings, frame, evolve) };
    }
    case "text":
      return { ...sight, words, texts: moved(sight.texts, frame, (state) => evolveText(state, frame as unknown as TextEvent)) };
  }
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
    const line = { text: String(data["text"] ?? ""), lang: String(data["lang"] ?? "") };
    return { ...sight, typing: { ...sight.typing, [stream]: { ...sight.typing[stream], [by]: line } } };
  }
  if (frame.name === "turnout" && typeof data["motion"] === "string") {
    const cast = (data["cast"] ?? {}) as Record<string, number>;
    return { ...sight, turnout: { ...sight.turnout, [data["motion"]]: cast } };
  }
  return sight;
}
