import { beforeEach, describe, expect, test } from "vitest";
import type { StreamFrame } from "../src/core/frames";
import { Line, type Status } from "../src/core/socket";
import { aSnapshot, anEvent, STREAM } from "./fixtures";

/** A server's end of the line, and time that passes when it is told to. */
class Server {
  readonly sockets: FakeSocket[] = [];
  readonly frames: StreamFrame[] = [];
  readonly statuses: Status[] = [];
  time = 0;
  #timers: { at: number; act: () => void; every: number | null }[] = [];
  readonly line: Line;

  constructor() {
    const listener = {
      status: (status: Status) => void this.statuses.push(status),
      frame: (frame: StreamFrame) => void this.frames.push(frame),
      clock: () => undefined,
    };
    this.line = new Line("/m/nuria/live", listener, {
      open: () => this.#socket() as unknown as WebSocket,
      now: () => this.time,
      random: () => 0.5,
      after: (ms, act) => this.#timer(ms, act, null),
      every: (ms, act) => this.#timer(ms, act, ms),
    });
  }

  #socket(): FakeSocket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }

  #timer(ms: number, act: () => void, every: number | null): () => void {
    const timer = { at: this.time + ms, act, every };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = due.at;
      if (due.every === null) this.#timers = this.#timers.filter((timer) => timer !== due);
      else due.at += due.every;
      due.act();
    }
    this.time = end;
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("nobody dialled");
    return socket;
  }

  says(frame: object): void {
    this.socket.onmessage?.({ data: JSON.stringify(frame) });
  }

  greets(): void {
    this.says({ type: "hello", protocol: 1, member: "nuria", now: 1000, rate: 1, ack_bytes: 65536 });
    this.says({ type: "clock", ref: "clock", now: 1000, rate: 1 });
  }

  hears(type: string): Record<string, unknown>[] {
    return this.socket.sent.map((text) => JSON.parse(text)).filter((frame) => frame.type === type);
  }

  drops(code = 1006, reason = ""): void {
    this.socket.onclose?.({ code, reason });
  }
}

class FakeSocket {
  readyState = 1;
  sent: string[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 3;
  }
}

let server: Server;
beforeEach(() => {
  server = new Server();
});

function reading(): void {
  server.line.subscribe(STREAM);
  server.greets();
  server.says(aSnapshot(undefined, 10));
}

describe("reading a stream", () => {
  test("a stream is asked for as soon as the server has said hello", () => {
    server.line.subscribe(STREAM);
    expect(server.hears("subscribe")).toEqual([]);
    server.greets();
    expect(server.hears("subscribe")).toEqual([{ type: "subscribe", ref: `stream:${STREAM}`, stream: STREAM, since: null }]);
  });

  test("events arrive in order and once", () => {
    reading();
    server.says(anEvent(11, 100, "room.opened", {}));
    server.says(anEvent(11, 100, "room.opened", {}));
    server.says(anEvent(12, 200, "room.closed", { final_at: 600_000 }));
    expect(server.frames.map((frame) => "seq" in frame && frame.seq)).toEqual([10, 11, 12]);
  });

  test("a gap is asked for once, and what came too early is not shown twice", () => {
    reading();
    server.says(anEvent(13, 300, "room.closed", { final_at: 600_000 }));
    server.says(anEvent(14, 300, "room.closed", { final_at: 600_000 }));
    expect(server.hears("subscribe").slice(1)).toEqual([{ type: "subscribe", ref: `stream:${STREAM}`, stream: STREAM, since: 10 }]);
    for (const seq of [11, 12, 13, 14]) server.says(anEvent(seq, 300, "room.opened", {}));
    expect(server.frames.length).toBe(5);
  });

  test("after 64 KiB it is acknowledged at once", () => {
    reading();
    for (let seq = 11; seq < 14; seq += 1) server.says(anEvent(seq, 100, "room.opened", { padding: "x".repeat(30_000) }));
    expect(server.hears("ack")).toEqual([{ type: "ack", seqs: { [STREAM]: 13 } }]);
  });

  test("a refused stream is gone, with the reason", () => {
    server.line.subscribe(STREAM);
    server.greets();
    server.says({ type: "refused", ref: `stream:${STREAM}`, code: "stream.not_yours", params: {} });
    expect(server.frames).toEqual([{ type: "gone", stream: STREAM, code: "stream.not_yours" }]);
  });
});

test("a stream that was asked for too fast is asked for again a second later", () => {
  server.line.subscribe(STREAM);
  server.greets();
  server.says({ type: "refused", ref: `stream:${STREAM}`, code: "rate.too_many", params: {} });
  server.pass(1000);
  expect(server.hears("subscribe").length).toBe(2);
  expect(server.frames).toEqual([]);
});

test("a refused signal ends nothing", () => {
  reading();
  server.says({ type: "refused", ref: null, code: "stream.not_yours", params: { stream: STREAM } });
  expect(server.frames.length).toBe(1);
});

test("asks for the time again while the answers take long", () => {
  server.says({ type: "hello", protocol: 1, member: "nuria", now: 1000, rate: 1, ack_bytes: 65536 });
  for (let asked = 1; asked <= 3; asked += 1) {
    server.pass(400);
    server.says({ type: "clock", ref: "clock", now: 1000, rate: 1 });
    server.pass(1000);
  }
  expect(server.hears("clock").length).toBe(4);
  server.says({ type: "clock", ref: "clock", now: 1000, rate: 1 });
  server.pass(5000);
  expect(server.hears("clock").length).toBe(4);
});

describe("a lost line", () => {
  test("is dialled again after a random wait, and goes on from the last number", () => {
    reading();
    server.drops();
    expect(server.statuses.at(-1)).toEqual({ is: "lost", retryAt: 750, because: null });
    server.pass(750);
    server.greets();
    expect(server.hears("subscribe")).toEqual([{ type: "subscribe", ref: `stream:${STREAM}`, stream: STREAM, since: 10 }]);
    expect(server.statuses.at(-1)).toEqual({ is: "live" });
  });

  test("a line that was turned away says why until one is let in", () => {
    server.says({ type: "refused", ref: null, code: "live.too_many_sockets", params: { limit: 24 } });
    server.drops(4429);
    const turnedAway = { code: "live.too_many_sockets", params: { limit: 24 } };
    expect(server.statuses.at(-1)).toEqual(expect.objectContaining({ is: "lost", because: turnedAway }));
    server.pass(10_000);
    server.greets();
    server.drops();
    expect(server.statuses.at(-1)).toEqual(expect.objectContaining({ is: "lost", because: null }));
  });

  test("is waited for longer and longer, at most ten seconds", () => {
    server.drops();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      server.pass(10_000);
      server.drops();
    }
    const last = server.statuses.at(-1);
    expect(last?.is === "lost" && last.retryAt - server.time).toBe(5250);
  });

  test("a restarting server says itself when to come back", () => {
    reading();
    server.drops(1012, "2600");
    expect(server.statuses.at(-1)).toEqual({ is: "lost", retryAt: 2600, because: null });
  });

  test("or says so just before it goes", () => {
    reading();
    server.says({ type: "bye", retry_ms: 1700 });
    server.drops(1012);
    expect(server.statuses.at(-1)).toEqual({ is: "lost", retryAt: 1700, because: null });
  });

  test.each([
    [4401, "signed_out"],
    [4403, "removed"],
  ])("close code %i ends it", (code, reason) => {
    reading();
    server.drops(code);
    server.pass(60_000);
    expect(server.statuses.at(-1)).toEqual({ is: "ended", code: reason });
    expect(server.sockets.length).toBe(1);
  });

  test("silence is asked about, then taken for a lost line", () => {
    reading();
    server.pass(17_000);
    expect(server.hears("clock").length).toBe(2);
    server.pass(11_000);
    expect(server.statuses.at(-1)?.is).toBe("lost");
  });

  test("can be tried again at once", () => {
    server.drops();
    server.line.retry();
    expect(server.sockets.length).toBe(2);
  });
});

describe("commands", () => {
  test("carry a ref and get their answer", async () => {
    reading();
    const answer = server.line.command(STREAM, "hand.raise", {});
    const [frame] = server.hears("hand.raise");
    server.says({ type: "done", ref: frame?.["ref"], seq: 11 });
    expect(await answer).toEqual({ is: "done", seq: 11 });
  });

  test("a refusal is an answer", async () => {
    reading();
    const answer = server.line.command(STREAM, "turn.yield", {});
    server.says({ type: "refused", ref: server.hears("turn.yield")[0]?.["ref"], code: "floor.not_yours", params: {} });
    expect(await answer).toEqual({ is: "refused", code: "floor.not_yours", params: {} });
  });

  test("without an answer are sent again with the same ref, in their order", () => {
    reading();
    void server.line.command(STREAM, "contribution.make", { text: "un", lang: "ca" });
    void server.line.command(STREAM, "turn.yield", {});
    const before = server.socket.sent.slice(-2);
    server.drops();
    server.pass(1000);
    server.greets();
    expect(server.socket.sent.filter((text) => before.includes(text))).toEqual(before);
  });

  test("posted while the line is lost go out when it is back", () => {
    reading();
    server.drops();
    void server.line.command(STREAM, "hand.raise", {});
    server.pass(1000);
    server.greets();
    expect(server.hears("hand.raise").length).toBe(1);
  });

  test("that wait for three seconds show a slow line", () => {
    reading();
    void server.line.command(STREAM, "hand.raise", {});
    server.pass(5000);
    expect(server.statuses.at(-1)).toEqual({ is: "slow" });
  });
});
