// A draft's common text as reactive values: its passages in my language, who writes where, how it stands.

import { draftText, textFeed } from "../core/frames";
import { nameOf } from "../core/passages";
import { paragraphs, type Paragraph } from "../core/writing/paragraphs";
import { CommonText, FIELDS, type Field } from "../core/writing/sync";
import type { Live } from "./live.svelte";

/** How long somebody who wrote is said to be writing. */
const WRITES_MS = 4000;

type Writer = { readonly member: string; readonly field: Field; readonly place: number; readonly at: number };
/** A paragraph; `shown` is its translation into my language: null until it has come, empty where there is no way. */
export type Passage = Paragraph & { readonly shown: string | null; readonly isMine: boolean; readonly writers: readonly string[] };

export function openCommon(live: Live, stream: string, draft: string, lang: () => string) {
  let beat = $state(0);
  let writers = $state.raw<readonly Writer[]>([]);
  let translated = $state.raw<Readonly<Record<string, string>>>({});
  const name = draftText(stream, draft);
  const text = new CommonText(live.line, name, { own: live.boot.member.key, me: live.me, place: live.place(name), lang }, {
    changed: () => void (beat += 1),
    wrote: (member, field, at) => void (writers = [...writers.filter((each) => each.member !== member), { member, field, place: at, at: performance.now() }]),
  });
  const timer = setInterval(() => (writers = writers.filter(({ at }) => performance.now() - at < WRITES_MS)), 1000);
  const deaf = live.onFrame((frame) => {
    if (frame.type !== "signal" || frame.name !== "passage" || frame.by !== draft || frame.stream !== textFeed(stream, live.reads)) return;
    translated = { ...translated, [String(frame.data["of"])]: String(frame.data["text"]) };
  });
  const fields = $derived.by(() => {
    void beat;
    return Object.fromEntries(FIELDS.map((field) => [field, paragraphs(text.runs(field))])) as Record<Field, Paragraph[]>;
  });
  const languages = $derived([...new Set(FIELDS.flatMap((field) => fields[field].map(({ lang }) => lang)))]);

  // Another reading language: what was translated is in the other one.
  let reads = live.reads;
  $effect(() => {
    if (reads === live.reads) return;
    reads = live.reads;
    translated = {};
    text.ask();
  });

  return {
    text,
    get languages() {
      return languages;
    },
    /** How it stands with the server. */
    get state(): "opening" | "kept" | "saving" | "offline" | "gone" {
      void beat;
      if (text.isGone) return "gone";
      if (live.status.is === "lost" || live.status.is === "ended") return "offline";
      return text.isOpen ? (text.isSaved ? "kept" : "saving") : "opening";
    },
    get refusal() {
      void beat;
      return text.refusal;
    },
    plain(field: Field): string {
      void beat;
      return text.field(field).toString();
    },
    /** What stands in the language that one writes in. */
    own: (field: Field) => fields[field].filter((each) => each.lang === lang()).map((each) => each.text).join(" "),
    passages(field: Field): Passage[] {
      return fields[field].map((each) => ({
        ...each,
        isMine: each.lang.split("-", 1)[0] === live.reads.split("-", 1)[0],
        shown: translated[each.text] ?? null,
        writers: writers.filter((who) => who.field === field && who.place >= each.start && who.place <= each.end).map(({ member }) => nameOf(live.sight, member)),
      }));
    },
    /** Names of those who write at this moment. */
    get writing(): string[] {
      return writers.map(({ member }) => nameOf(live.sight, member));
    },
    close(): void {
      clearInterval(timer);
      deaf();
      void text.close();
    },
  };
}

export type Common = ReturnType<typeof openCommon>;
