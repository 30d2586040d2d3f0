// A screen in front of a server's end of the line: what it shows, what it asks, what it is told.

import { cleanup, configure, render } from "@testing-library/svelte";
import type { Component } from "svelte";
import { vi } from "vitest";
import type { Boot } from "../../src/core/frames";
import { liveContext, makeLive } from "../../src/ui/live.svelte";
import { aSnapshot, anEvent, STREAM } from "../fixtures";

// Parts of a page come when they are needed; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 4_000 });

export class FarEnd {
  static last: FarEnd;
  readonly readyState = 1;
  readonly sent: Record<string, unknown>[] = [];
  onmessage: (event: { data: string | ArrayBuffer }) => void = () => undefined;
  onclose: (event: { code: number; reason: string }) => void = () => undefined;

  static readonly all: FarEnd[] = [];

  constructor() {
    FarEnd.last = this;
    FarEnd.all.push(this);
  }

  send(text: string | Uint8Array): void {
    const head = typeof text === "string" ? text : new TextDecoder().decode(text.subarray(2, 2 + (text[0] ?? 0) * 256 + (text[1] ?? 0)));
    this.sent.push(JSON.parse(head) as Record<string, unknown>);
  }

  close(): void {
    this.onclose({ code: 1000, reason: "" });
  }

  /** What the page hears; the screen has changed when this resolves. */
  async tell(...frames: readonly object[]): Promise<void> {
    for (const frame of frames) this.onmessage({ data: JSON.stringify(frame) });
    await Promise.resolve();
    await new Promise((done) => setTimeout(done));
  }

  /** The same of a frame with bytes behind it. */
  async tellBytes(header: object, bytes: readonly number[]): Promise<void> {
    const head = new TextEncoder().encode(JSON.stringify(header));
    this.onmessage({ data: Uint8Array.from([head.length >> 8, head.length & 255, ...head, ...bytes]).buffer });
    await this.tell();
  }

  asked(type: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame["type"] === type);
  }
}

const LANGUAGES = [
  { code: "en", endonym: "English", direction: "ltr" },
  { code: "ca", endonym: "Català", direction: "ltr" },
] as const;

/** Núria, who speaks and reads Catalan, in front of an English interface. */
export function aBoot(changes: Partial<Boot> = {}): Boot {
  return {
    page: "room",
    member: { key: "nuria", name: "Núria", role: "citizen", speaks: ["ca"], reads: "ca" },
    mask: "mask of nuria",
    assembly: { slug: "sundays", title: "Car-free Sundays", languages: ["ca", "es", "fr"] },
    rooms: [{ stream: STREAM, id: 1, number: 1, title: "Room 1", url: "/", leads: true }],
    plenary: null,
    sitting: null,
    chairs: null,
    socket: "/m/nuria/live",
    base: "/m/nuria/",
    csrf: "token",
    language: "en",
    direction: "ltr",
    languages: LANGUAGES,
    catalogue: null,
    ...changes,
  };
}

/** Mount a page, greet it and give it the room as it stands. */
export async function open(page: Component, state = aSnapshot().state, boot = aBoot()): Promise<FarEnd> {
  vi.stubGlobal("WebSocket", FarEnd);
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
  render(page, { context: liveContext(makeLive(boot)) });
  const server = FarEnd.last;
  await server.tell(
    { type: "hello", protocol: 1, member: boot.member.key, now: 1_000_000, rate: 1, ack_bytes: 65536 },
    { ...aSnapshot(), state },
  );
  return server;
}

const SIGNED_OUT = 4401;

/** Nothing of this page goes on: its lines end for good, so that none comes up again in another test. */
export function leave(): void {
  cleanup();
  for (const end of FarEnd.all.splice(0)) end.onclose({ code: SIGNED_OUT, reason: "" });
  sessionStorage.clear();
  localStorage.clear();
  vi.unstubAllGlobals();
}

export { anEvent, STREAM };
