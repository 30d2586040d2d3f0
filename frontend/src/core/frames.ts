// Frames of the protocol `hemicycle.1` as the client receives them, and what the page is told when it loads.

import type {
  ChairsEvent,
  ChairsState,
  PlenaryEvent,
  PlenaryState,
  RoomEvent,
  RoomState,
  SittingEvent,
  SittingState,
  TextEvent,
  TextState,
} from "./protocol";

/** Words as a screen gets them: a text, its language, and for a translation the original it stands for. */
export type Shown = { readonly text: string; readonly lang: string; readonly of?: string };
export type WordsByKey = Readonly<Record<string, Shown>>;

export type StreamState = RoomState | TextState | PlenaryState | SittingState | ChairsState;
export type StreamEvent = RoomEvent | TextEvent | PlenaryEvent | SittingEvent | ChairsEvent;

export type Hello = {
  readonly type: "hello";
  readonly protocol: number;
  readonly member: string;
  readonly now: number;
  readonly rate: number;
  readonly ack_bytes: number;
};
export type Snapshot = {
  readonly type: "snapshot";
  readonly stream: string;
  readonly seq: number;
  readonly at: number;
  readonly state: StreamState;
  readonly words: WordsByKey;
};
export type EventFrame = StreamEvent & {
  readonly type: "event";
  readonly stream: string;
  readonly seq: number;
  readonly at: number;
  readonly by: string | null;
  readonly words: WordsByKey;
};
export type SignalFrame = {
  readonly type: "signal";
  readonly stream: string;
  readonly by: string | null;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
};
export type Gone = { readonly type: "gone"; readonly stream: string; readonly code: string };
export type Done = { readonly type: "done"; readonly ref: string; readonly seq: number | null };
export type RefusedFrame = {
  readonly type: "refused";
  readonly ref?: string | null;
  readonly stream?: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};
export type ClockFrame = { readonly type: "clock"; readonly ref: string | null; readonly now: number; readonly rate: number };

/** The server is about to close the line and says when to come back. */
export type Bye = { readonly type: "bye"; readonly retry_ms: number };

/** About a document: the answer to who opens it (`known` bytes of state vector, then what they lack), or an update. */
export type Opened = { readonly type: "document.opened"; readonly seq: number; readonly known: number; readonly payload: Uint8Array };
export type Changed = { readonly type: "document.changed"; readonly seq: number; readonly by: string; readonly payload: Uint8Array };
export type DocumentFrame = Opened | Changed | Done | Gone | (RefusedFrame & { readonly ref: string });

/** What changes what a screen knows. */
export type StreamFrame = Snapshot | EventFrame | SignalFrame | Gone;
export type ServerFrame = StreamFrame | Hello | Done | RefusedFrame | ClockFrame | Bye;

export type BootLanguage = {
  readonly code: string;
  readonly endonym: string;
  readonly direction: "ltr" | "rtl";
  /** Address of the interface texts in this language; absent where the interface does not speak it. */
  readonly catalogue?: string | null;
};
export type BootRoom = {
  readonly stream: string;
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Whether the reader leads it. */
  readonly leads?: boolean;
  /** Whether the plenary debates in it. */
  readonly is_hall?: boolean;
};

/** The JSON in `<script id="boot">`. */
export type Boot = {
  readonly page: "room" | "facilitator" | "plenary";
  readonly member: {
    readonly key: string;
    readonly name: string;
    readonly role: string;
    readonly chamber?: string | null;
    readonly speaks: readonly string[];
    readonly reads: string;
  };
  /** By which the plenary knows its reader where nobody else may: at objections and amendments. */
  readonly mask?: string | null;
  readonly assembly: { readonly slug: string; readonly title: string; readonly languages: readonly string[] };
  readonly rooms: readonly BootRoom[];
  readonly plenary: string | null;
  readonly sitting: string | null;
  readonly chairs: string | null;
  readonly socket: string;
  readonly base: string;
  /** Where it is told what terms mean; null where nothing is explained. */
  readonly glossary?: string | null;
  /** The page of what was published to read; null where there is nothing. */
  readonly materials?: string | null;
  readonly csrf: string;
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly languages: readonly BootLanguage[];
  readonly catalogue: string | null;
};

/** The kind of a stream by its name: `room.12.text.ca` is a text feed. */
export function kindOf(stream: string): "room" | "plenary" | "sitting" | "chairs" | "text" {
  if (stream.includes(".text.")) return "text";
  if (stream.startsWith("sitting.")) return "sitting";
  if (stream.startsWith("chairs.")) return "chairs";
  return stream.startsWith("plenary.") ? "plenary" : "room";
}

/** The common text of a draft. */
export function draftText(stream: string, draft: string): string {
  return `${stream}.draft.${draft}`;
}

export function textFeed(stream: string, lang: string): string {
  return `${stream}.text.${lang}`;
}
