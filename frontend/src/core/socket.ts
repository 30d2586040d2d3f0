// The line to the server: hello, subscriptions that resume, acknowledgements, commands that survive a lost line.

import type { DocumentFrame, ServerFrame, StreamFrame } from "./frames";
import { Outbox, type Answer, type CommandName, type Refusal } from "./outbox";
import type { Commands } from "./protocol";
import { Reading } from "./reading";

export type Status =
  | { readonly is: "connecting" }
  | { readonly is: "live" }
  | { readonly is: "slow" }
  | { readonly is: "lost"; readonly retryAt: number; readonly because: Refusal | null }
  | { readonly is: "ended"; readonly code: "signed_out" | "removed" };

/** What the line needs of its surroundings; times are monotonic milliseconds. */
export type World = {
  readonly open: (url: string) => WebSocket;
  readonly now: () => number;
  readonly random: () => number;
  readonly every: (ms: number, act: () => void) => () => void;
  readonly after: (ms: number, act: () => void) => () => void;
};

export type Listener = {
  readonly status: (status: Status) => void;
  readonly frame: (frame: StreamFrame) => void;
  readonly clock: (now: number, rate: number, roundTrip: number | undefined) => void;
};

/** Who follows a document: told when the line is there (again), and of every frame about it. */
export type Ear = { readonly hello: () => void; readonly frame: (frame: DocumentFrame) => void };

const ABOUT = "doc:";
const MIN_WAIT = 500;
const MAX_WAIT = 10_000;
const SLOW_AFTER = 3000;
const QUIET = 15_000;
const PATIENCE = 10_000;
const ASK_AGAIN = 1000;
const GOOD_ENOUGH = 150;
const MOST_QUESTIONS = 5;
const ASKING = "stream:";
const OPEN = 1;

export class Line {
  #url: string;
  #listener: Listener;
  #world: World;
  #socket: WebSocket | null = null;
  #greeted = false;
  #reading = new Reading();
  #outbox: Outbox;
  #ears = new Map<string, Ear>();
  #attempt = 0;
  #comeBackIn: number | null = null;
  #unconfirmed = 0;
  #ackBytes = 65536;
  #status: Status = { is: "connecting" };
  #heardAt = 0;
  #askedAt: number | null = null;
  #questions = 0;
  /** Why the server turned this line away before any hello. */
  #turnedAway: Refusal | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelWatch: () => void;

  constructor(url: string, listener: Listener, world: World) {
    this.#url = url;
    this.#listener = listener;
    this.#world = world;
    this.#outbox = new Outbox(Math.floor(world.random() * 2 ** 48).toString(36));
    this.#cancelWatch = world.every(1000, () => this.#watch());
    this.#dial();
  }

  subscribe(stream: string, since: number | null = null): void {
    this.#reading.begin(stream, since);
    this.#subscribe(stream);
  }

  unsubscribe(stream: string): void {
    this.#reading.end(stream);
    this.#tell({ type: "unsubscribe", stream });
  }

  /** Ask for something; the answer arrives even if the line is lost and found meanwhile. */
  command<Name extends CommandName>(stream: string, name: Name, fields: Commands[Name]): Promise<Answer> {
    const { text, answer } = this.#outbox.post(stream, name, fields, this.#world.now());
    if (this.#greeted) this.#socket?.send(text);
    return answer;
  }

  /** Something that is no fact and may be lost. */
  signal(stream: string, name: string, text: string, lang: string): void {
    this.#tell({ type: "signal", stream, name, text, lang });
  }

  /** Hear of a document from now on, instead of whoever did before. */
  attend(name: string, ear: Ear): void {
    this.#ears.set(name, ear);
    if (this.#greeted) ear.hello();
  }

  /** No longer; whether this one heard of it until now. */
  forsake(name: string, ear: Ear): boolean {
    return this.#ears.get(name) === ear && this.#ears.delete(name);
  }

  /** Say something about a document, with bytes behind it; whether there was a line. The answer bears `ref`. */
  sendBytes(type: string, name: string, payload: Uint8Array, { ref = "", ...fields }: { readonly ref?: string; readonly member?: string } = {}): boolean {
    if (!this.#greeted || this.#socket?.readyState !== OPEN) return false;
    const head = new TextEncoder().encode(JSON.stringify({ type, ref: `${ABOUT}${name}#${ref}`, stream: name, ...fields }));
    const bytes = new Uint8Array(2 + head.length + payload.length);
    new DataView(bytes.buffer).setUint16(0, head.length);
    bytes.set(head, 2);
    bytes.set(payload, 2 + head.length);
    this.#socket.send(bytes);
    return true;
  }

  /** Try again at once, because a person asked or the network came back. */
  retry(): void {
    if (this.#status.is !== "lost") return;
    this.#cancelRetry?.();
    this.#dial();
  }

  close(): void {
    this.#cancelWatch();
    this.#cancelRetry?.();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  #dial(): void {
    const socket = this.#world.open(this.#url);
    this.#socket = socket;
    this.#heardAt = this.#world.now();
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) return this.#heardBytes(data);
      const text = String(data);
      this.#unconfirmed += text.length;
      this.#heard(JSON.parse(text) as ServerFrame);
    };
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#lost(code, reason);
  }

  /** Ask for what follows the last number of a stream; the ref tells a refusal of this from any other. */
  #subscribe(stream: string): void {
    this.#tell({ type: "subscribe", ref: ASKING + stream, stream, since: this.#reading.since(stream) });
  }

  #tell(frame: object): void {
    if (this.#greeted && this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #say(status: Status): void {
    if (this.#status.is === status.is && status.is !== "lost") return;
    this.#status = status;
    this.#listener.status(status);
  }

  #heardBytes(data: ArrayBuffer): void {
    this.#heardAt = this.#world.now();
    const end = 2 + new DataView(data).getUint16(0);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 2, end - 2))) as DocumentFrame & { readonly stream: string };
    this.#ears.get(head.stream)?.frame({ ...head, payload: new Uint8Array(data, end) } as DocumentFrame);
  }

  /** The document that an answer is about, and its own part of the ref. */
  #about(ref: string): readonly [ear: Ear, ref: string] | null {
    const [name = "", own = ""] = ref.slice(ABOUT.length).split("#");
    const ear = ref.startsWith(ABOUT) ? this.#ears.get(name) : undefined;
    return ear ? [ear, own] : null;
  }

  #heard(frame: ServerFrame): void {
    this.#heardAt = this.#world.now();
    switch (frame.type) {
      case "hello":
        return this.#greet(frame.now, frame.rate, frame.ack_bytes);
      case "snapshot":
      case "event":
        return this.#read(frame);
      case "signal":
        return this.#listener.frame(frame);
      case "gone": {
        const ear = this.#ears.get(frame.stream);
        if (ear) return ear.frame(frame);
        this.#reading.end(frame.stream);
        return this.#listener.frame(frame);
      }
      case "done": {
        const [ear, ref] = this.#about(frame.ref) ?? [];
        if (ear && ref) return ear.frame({ ...frame, ref });
        return this.#outbox.settle(frame.ref, { is: "done", seq: frame.seq });
      }
      case "refused":
        return this.#refused(frame);
      case "clock":
        return this.#timed(frame.now, frame.rate);
      case "bye":
        this.#comeBackIn = frame.retry_ms;
        return;
      default:
        return frame satisfies never;
    }
  }

  #greet(now: number, rate: number, ackBytes: number): void {
    this.#greeted = true;
    this.#turnedAway = null;
    this.#attempt = 0;
    this.#questions = 0;
    this.#ackBytes = ackBytes;
    this.#listener.clock(now, rate, undefined);
    this.#reading.renew();
    for (const stream of this.#reading.streams()) this.#subscribe(stream);
    for (const text of this.#outbox.unanswered()) this.#socket?.send(text);
    for (const ear of this.#ears.values()) ear.hello();
    this.#ask();
    this.#say({ is: "live" });
  }

  #read(frame: Extract<StreamFrame, { type: "snapshot" | "event" }>): void {
    const verdict = this.#reading.judge(frame);
    if (verdict === "gap") this.#subscribe(frame.stream);
    if (verdict !== "take") return;
    this.#listener.frame(frame);
    if (this.#unconfirmed >= this.#ackBytes) this.#acknowledge();
  }

  #acknowledge(): void {
    this.#unconfirmed = 0;
    const seqs = this.#reading.confirm();
    if (Object.keys(seqs).length) this.#tell({ type: "ack", seqs });
  }

  #refused({ ref, code, params }: Extract<ServerFrame, { type: "refused" }>): void {
    if (!this.#greeted) this.#turnedAway = { code, params };
    if (!ref) return;
    const [ear, own] = this.#about(ref) ?? [];
    if (ear && own) return ear.frame({ type: "refused", ref: own, code, params });
    if (!ref.startsWith(ASKING)) return this.#outbox.settle(ref, { is: "refused", code, params });
    const stream = ref.slice(ASKING.length);
    if (code === "rate.too_many") return void this.#world.after(ASK_AGAIN, () => this.#subscribe(stream));
    this.#reading.end(stream);
    this.#listener.frame({ type: "gone", stream, code });
  }

  #ask(): void {
    this.#askedAt = this.#world.now();
    this.#tell({ type: "clock", ref: "clock" });
  }

  #timed(now: number, rate: number): void {
    const asked = this.#askedAt;
    this.#askedAt = null;
    const roundTrip = asked === null ? undefined : this.#world.now() - asked;
    this.#listener.clock(now, rate, roundTrip);
    if (roundTrip !== undefined && roundTrip > GOOD_ENOUGH && this.#questions < MOST_QUESTIONS) {
      this.#questions += 1;
      this.#world.after(ASK_AGAIN, () => this.#greeted && this.#askedAt === null && this.#ask());
    }
  }

  /** Notice a line that is dead without having said so, and one that is slow. */
  #watch(): void {
    if (!this.#socket) return;
    const now = this.#world.now();
    const isDead = (this.#askedAt !== null || !this.#greeted) && now - Math.max(this.#heardAt, this.#askedAt ?? 0) > PATIENCE;
    if (isDead) return this.#abandon();
    if (!this.#greeted) return;
    if (this.#askedAt === null && now - this.#heardAt > QUIET) this.#ask();
    const oldest = this.#outbox.oldest();
    this.#say({ is: oldest !== null && now - oldest > SLOW_AFTER ? "slow" : "live" });
  }

  #abandon(): void {
    const socket = this.#socket;
    this.#lost(4000, "");
    socket?.close();
  }

  #lost(code: number, reason: string): void {
    this.#socket = null;
    this.#greeted = false;
    this.#askedAt = null;
    if (code === 4401 || code === 4403) return this.#say({ is: "ended", code: code === 4401 ? "signed_out" : "removed" });
    const told = this.#comeBackIn ?? (code === 1012 ? Number(reason) : 0);
    this.#comeBackIn = null;
    const wait = told > 0 ? told : this.#backOff(code);
    this.#say({ is: "lost", retryAt: this.#world.now() + wait, because: this.#turnedAway });
    this.#cancelRetry = this.#world.after(wait, () => this.#dial());
  }

  /** Full jitter between half a second and a ceiling that doubles up to ten seconds; flooding waits longest. */
  #backOff(code: number): number {
    const ceiling = code === 4429 ? MAX_WAIT : Math.min(MAX_WAIT, 1000 * 2 ** this.#attempt);
    this.#attempt += 1;
    return MIN_WAIT + this.#world.random() * (ceiling - MIN_WAIT);
  }
}

export const browserWorld: World = {
  open: (url) => new WebSocket(url, "hemicycle.1"),
  now: () => performance.now(),
  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  every: (ms, act) => {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
