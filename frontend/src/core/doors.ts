// Acts that go by HTTP, so that they work without a socket: calls for help, taking a room over.

import type { Boot } from "./frames";
import type { Refusal } from "./outbox";
import type { OwnCall } from "./sight";

export type Reply = { readonly is: "done"; readonly data: Readonly<Record<string, unknown>> } | ({ readonly is: "refused" } & Refusal);

/** Ask one of the member's own addresses below `boot.base`; with a body it is a POST. */
export async function ask(boot: Boot, path: string, body?: object): Promise<Reply> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": boot.csrf };
  try {
    const request = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
    const response = await fetch(`${boot.base}${path}`, request);
    const data = (await response.json()) as Record<string, unknown>;
    if (response.ok) return { is: "done", data };
    return { is: "refused", code: String(data["refused"] ?? ""), params: (data["params"] ?? {}) as Refusal["params"] };
  } catch {
    return { is: "refused", code: "unreachable", params: {} };
  }
}

export const takeRoom = (boot: Boot, room: number) => ask(boot, `facilitate/rooms/${room}/take/`, {});
export const returnRoom = (boot: Boot, room: number) => ask(boot, `facilitate/rooms/${room}/return/`, {});

/** My own calls as the server has them; null where it could not be asked. */
export async function ownCalls(boot: Boot): Promise<readonly OwnCall[] | null> {
  const reply = await ask(boot, "help/");
  return reply.is === "done" ? callsIn(reply.data) : null;
}

export function callsIn(data: Readonly<Record<string, unknown>>): readonly OwnCall[] {
  return (data["calls"] ?? []) as OwnCall[];
}
