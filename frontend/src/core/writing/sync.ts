// A draft's common text in this browser: a Yjs document that says what it wrote until the server has it, and loses
// nothing while there is no line.

import * as Y from "yjs";
import type { DocumentFrame } from "../frames";
import { unsent, type KeptDraft } from "../keep";
import type { Refusal } from "../outbox";
import type { Ear, Line } from "../socket";
import type { Run } from "./paragraphs";

export const FIELDS = ["title", "recommendation", "reasons"] as const;
export type Field = (typeof FIELDS)[number];
export const LIMITS: Readonly<Record<Field, number>> = { title: 200, recommendation: 4000, reasons: 4000 };

/** Updates are gathered for so long: 5 a second at most, within what the server takes from one person. */
const GATHER_MS = 200;
const AGAIN_MS = 1000;
const MAX_UPDATE = 64_000;
const PASSING = new Set(["rate.too_many", "live.try_again", "live.failed"]);
const OPENING = "open";

export type Told = {
  /** Something of the text, or of how it stands, has changed. */
  readonly changed: () => void;
  /** Somebody else wrote in this field, just before this place. */
  readonly wrote: (member: string, field: Field, place: number) => void;
};

export type Writer = {
  /** The member at whose line we are. */
  readonly own: string;
  /** The one who writes, for whom they may type. */
  readonly me: string;
  /** Where what was not sent is kept. */
  readonly place: string;
  /** In which language one writes. */
  readonly lang: () => string;
};

type From = { readonly by: string };
type Sending = { readonly ref: string; readonly update: Uint8Array };

export class CommonText {
  readonly doc = new Y.Doc();
  /** Whether the server has answered since the line was last there. */
  isOpen = false;
  /** Why the server does not take what was written last; it stands here all the same. */
  refusal: Refusal | null = null;
  /** May no longer be read. */
  isGone = false;
  #ear: Ear = { hello: () => this.#greeted(), frame: (frame) => this.#took(frame) };
  #line: Line;
  #name: string;
  #place: string;
  #lang: () => string;
  #me: string;
  #told: Told;
  #own: string;
  #seq = 0;
  #heard = 0;
  #count = 0;
  #waiting: Uint8Array[] = [];
  #sending: Sending | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settled: (() => void)[] = [];

  constructor(line: Line, name: string, { own, me, place, lang }: Writer, told: Told) {
    [this.#line, this.#name, this.#own, this.#me, this.#told] = [line, name, own, me, told];
    [this.#place, this.#lang] = [place, lang];
    this.doc.on("update", (update: Uint8Array, origin: unknown) => this.#updated(update, origin));
    for (const field of FIELDS) this.field(field).observe((event) => this.#observed(field, event));
    this.#takeUp();
    line.attend(name, this.#ear);
  }

  field(field: Field): Y.Text {
    return this.doc.getText(field);
  }

  runs(field: Field): Run[] {
    const delta = this.field(field).toDelta() as { insert: string; attributes?: { lang?: string } }[];
    return delta.map(({ insert, attributes }) => ({ text: insert, lang: attributes?.lang ?? "" }));
  }

  /** Whether the server has all that was written here. */
  get isSaved(): boolean {
    return this.isOpen && !this.#waiting.length && this.#sending === null;
  }

  /** Wait until the server has all that was written here, or refuses it. */
  async settle(): Promise<boolean> {
    this.#flush();
    if (!this.isSaved && !this.refusal) await new Promise<void>((done) => this.#settled.push(done));
    return this.isSaved;
  }

  /** Put a text in the place of another. */
  replace(field: Field, start: number, end: number, text: string, lang: string): void {
    this.doc.transact(() => {
      this.field(field).delete(start, end - start);
      this.field(field).insert(start, text, { lang });
    });
  }

  /** Say of a passage that it stands in this language. */
  retag(field: Field, start: number, end: number, lang: string): void {
    this.field(field).format(start, end - start, { lang });
  }

  /** Ask for all of it once more, for what goes with it: somebody reads another language now. */
  ask(): void {
    if (this.isOpen) this.#ask();
  }

  /** Leave it once the server has what was written here; what it never gets waits in this tab. */
  async close(): Promise<void> {
    await this.settle();
    if (this.#line.forsake(this.#name, this.#ear)) this.#line.sendBytes("document.leave", this.#name, new Uint8Array());
    this.doc.destroy();
  }

  #greeted(): void {
    this.isOpen = false;
    this.#ask();
  }

  #ask(): void {
    this.#line.sendBytes("document.open", this.#name, Y.encodeStateVector(this.doc), { ref: OPENING });
  }

  #took(frame: DocumentFrame): void {
    switch (frame.type) {
      case "document.opened":
        this.#opened(frame.payload.subarray(0, frame.known), frame.payload.subarray(frame.known), frame.seq);
        break;
      case "document.changed":
        this.#changed(frame.payload, frame.seq, frame.by);
        break;
      case "done":
        this.#done(frame.ref);
        break;
      case "refused":
        this.#refused(frame.ref, frame);
        break;
      case "gone":
        this.isGone = true;
        break;
      default:
        return frame satisfies never;
    }
    if (this.isSaved || this.refusal) this.#settled.splice(0).forEach((done) => done());
    this.#told.changed();
  }

  /** What the server lacks of ours follows, whatever became of it on the way. */
  #opened(known: Uint8Array, update: Uint8Array, seq: number): void {
    Y.applyUpdate(this.doc, update, { by: "" } satisfies From);
    this.isOpen = true;
    this.#seq = seq;
    if (this.#waiting.length || this.#sending || this.#isAhead(known)) {
      this.#sending = null;
      this.#waiting = [Y.encodeStateAsUpdate(this.doc, known)];
    }
    this.#flush();
    if (this.#heard > seq) this.#ask();
  }

  /** What was written here before and had not arrived; what it stands on comes with the server's answer. */
  #takeUp(): void {
    const kept = unsent.read(this.#place);
    if (!kept) return;
    const update = Uint8Array.from(atob((JSON.parse(kept) as KeptDraft).update), (each) => each.charCodeAt(0));
    Y.applyUpdate(this.doc, update, { by: "" } satisfies From);
    this.#waiting.push(update);
  }

  #isAhead(known: Uint8Array): boolean {
    const theirs = Y.decodeStateVector(known);
    return [...Y.decodeStateVector(Y.encodeStateVector(this.doc))].some(([client, clock]) => clock > (theirs.get(client) ?? 0));
  }

  #changed(update: Uint8Array, seq: number, by: string): void {
    this.#heard = Math.max(this.#heard, seq);
    if (update.length) Y.applyUpdate(this.doc, update, { by } satisfies From);
    if (!this.isOpen || seq <= this.#seq) return;
    if (seq > this.#seq + 1 || !update.length) return this.#ask();
    this.#seq = seq;
  }

  #updated(update: Uint8Array, origin: unknown): void {
    if (!isFrom(origin)) {
      this.#waiting.push(update);
      this.refusal = null;
      this.#keep();
      this.#soon(GATHER_MS);
    }
    this.#told.changed();
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), ms);
  }

  #flush(): void {
    if (!this.isOpen || this.#sending || !this.#waiting.length) return;
    const update = Y.mergeUpdates(this.#waiting);
    this.#waiting = [update];
    if (update.length > MAX_UPDATE) {
      this.refusal = { code: "document.too_large", params: { limit: MAX_UPDATE } };
      return;
    }
    const ref = `w${(this.#count += 1)}`;
    const person = this.#me === this.#own ? {} : { member: this.#me };
    if (!this.#line.sendBytes("document.write", this.#name, update, { ref, ...person })) return void (this.isOpen = false);
    this.#sending = { ref, update };
    this.#waiting = [];
  }

  #done(ref: string): void {
    if (ref !== this.#sending?.ref) return;
    this.#sending = null;
    this.#keep();
    if (this.#waiting.length) this.#soon(GATHER_MS);
  }

  /** Whatever is refused stays here and is sent again with the next change. */
  #refused(ref: string, { code, params }: Refusal): void {
    if (ref === OPENING && code === "rate.too_many") return void setTimeout(() => this.#ask(), AGAIN_MS);
    if (ref !== OPENING && ref !== this.#sending?.ref) return;
    if (this.#sending) this.#waiting.unshift(this.#sending.update);
    this.#sending = null;
    if (PASSING.has(code)) return this.#soon(AGAIN_MS);
    this.refusal = { code, params };
  }

  #keep(): void {
    const rest = [...(this.#sending ? [this.#sending.update] : []), ...this.#waiting];
    if (!rest.length) return unsent.write(this.#place, "");
    const update = btoa(Array.from(Y.mergeUpdates(rest), (byte) => String.fromCharCode(byte)).join(""));
    const [title, recommendation, reasons] = FIELDS.map((field) => this.field(field).toString()) as [string, string, string];
    unsent.write(this.#place, JSON.stringify({ fields: { title, recommendation, reasons }, lang: this.#lang(), update } satisfies KeptDraft));
  }

  #observed(field: Field, { transaction, delta }: Y.YTextEvent): void {
    if (!isFrom(transaction.origin) || !transaction.origin.by || transaction.origin.by === this.#me) return;
    let place = 0;
    for (const { retain, insert } of delta) place += retain ?? (typeof insert === "string" ? insert.length : 0);
    this.#told.wrote(transaction.origin.by, field, place);
  }
}

function isFrom(origin: unknown): origin is From {
  return typeof origin === "object" && origin !== null && "by" in origin;
}
