// Whom the policy would call, and the place one may expect: twin of `floor/core/policy.py`, as far as screens need it.

import { holderOf, holdersOf, owedUs, PRIOR_KINDS, settle, turnOf } from "./ledger";
import type { Account, FloorState, Request } from "./protocol";

type Mode = FloorState["mode"];
const INVITING: readonly Mode[] = ["balanced", "strict"];
const CAPPING: readonly Mode[] = ["strict"];
const SHORTENING: readonly Mode[] = ["open", "balanced", "strict"];

type Rank = readonly [number, number, number];
const PRIOR = 0;
const FIRST = 1;
const SECOND = 2;

/** Whether turns get shorter with the queue and for people over their share. */
export function shortens(mode: Mode): boolean {
  return SHORTENING.includes(mode);
}

export function canSpeak(floor: FloorState, key: string): boolean {
  const account = floor.people[key];
  return account !== undefined && account.present && !account.muted;
}

/** Requests that could be called now: the person is here, not muted, may still speak, and has not the floor. */
export function waiting(floor: FloorState): Request[] {
  const holders = holdersOf(floor);
  return floor.queue.filter(
    (request) => !holders.has(request.member) && isCallable(floor, request) && canSpeak(floor, request.member),
  );
}

/** While a round goes on, hands of the ordinary class wait for its end. */
function isCallable(floor: FloorState, request: Request): boolean {
  const inTurn = PRIOR_KINDS.includes(request.kind) || (request.kind === "normal" && !floor.round);
  return inTurn && !hasUsedUp(floor, request.member);
}

/** Who is called next in the round that goes on. */
function nextInRound(floor: FloorState): string | null {
  return floor.round?.members.find((key) => canSpeak(floor, key)) ?? null;
}

/** What one person may speak in this item; null where nothing but the queue limits. */
export function capMs(floor: FloorState): number | null {
  if (!CAPPING.includes(floor.mode)) return null;
  const present = Object.values(floor.people).filter((account) => account.present).length;
  return Math.floor((floor.limits.planned_ms * floor.limits.cap_percent) / (100 * Math.max(1, present)));
}

/** Whether this person has reached the cap: only the chair calls them, for the wrap-up and what the chair adds. */
export function hasUsedUp(floor: FloorState, key: string): boolean {
  const cap = capMs(floor);
  return cap !== null && (floor.people[key]?.spoken_ms ?? 0) >= cap;
}

/** Those who wait, in the order in which the policy would call them at `at`. */
export function line(floor: FloorState, at: number): Request[] {
  const settled = settle(floor, at);
  return waiting(settled)
    .map((request) => ({ request, rank: rankOf(settled, request, at) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ request }) => request);
}

/** Whom the policy would call now. */
export function suggestion(floor: FloorState, at: number): string | null {
  return line(floor, at)[0]?.member ?? nextInRound(floor);
}

/** The place in line now, and the last one it may still become; null if not in line. */
export function placeRange(floor: FloorState, key: string, at: number): readonly [number, number] | null {
  const settled = settle(floor, at);
  const ordered = line(settled, at);
  const place = ordered.findIndex((request) => request.member === key);
  const own = ordered[place];
  if (!own) return null;
  const mine = rankOf(settled, own, at);
  const ahead = new Set([...ordered.slice(0, place).map((request) => request.member), key]);
  const others = Object.keys(settled.people).filter((other) => !ahead.has(other) && canSpeak(settled, other));
  const overtaking = others.filter((other) => mayOvertake(settled, other, mine)).length;
  return [ahead.size, ahead.size + overtaking];
}

function rankOf(floor: FloorState, request: Request, at: number): Rank {
  const prior = PRIOR_KINDS.indexOf(request.kind);
  if (prior >= 0) return [PRIOR, prior, request.asked_at];
  if (request.ahead) return [PRIOR, PRIOR_KINDS.length, -request.ahead];
  const account = floor.people[request.member];
  if (!account) return [SECOND, 0, request.asked_at];
  const owed = owedUs(account);
  if (owed >= 0) return [FIRST, hadAChance(account) ? 1 : 0, request.asked_at];
  const agedAt = request.asked_at + floor.limits.aging_ms;
  return agedAt <= at ? [FIRST, 1, agedAt] : [SECOND, -owed, request.asked_at];
}

function compare(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Has spoken in this item or let an offer go by. */
function hadAChance(account: Account): boolean {
  return account.turns > 0 || account.passed;
}

function mayOvertake(floor: FloorState, other: string, mine: Rank): boolean {
  const account = floor.people[other];
  if (!account || mine[0] === PRIOR) return false;
  const askedAt = keptSince(floor, other);
  const isNewcomer = mine[0] === FIRST && mine[1] === 0;
  if (askedAt !== null && askedAt <= mine[2] && !(isNewcomer && hadAChance(account))) return true;
  if (!hadAChance(account)) return !isNewcomer;
  return mine[0] === SECOND && owedUs(account) > -mine[1];
}

/** Since when this person's ordinary hand has its place; null without one, or if it is in their own turn. */
function keptSince(floor: FloorState, key: string): number | null {
  const own = [turnOf(floor), floor.suspended?.turn].find((turn) => turn?.member === key);
  const hand = floor.queue.find(({ member, kind }) => member === key && kind === "normal");
  return hand && (!own || hand.asked_at < own.since) ? hand.asked_at : null;
}

/** Whether to ask this person, in private, if they would like to speak. */
export function isNudgeDue(floor: FloorState, key: string, at: number): boolean {
  const account = settle(floor, at).people[key];
  if (!INVITING.includes(floor.mode) || floor.is_list_closed) return false;
  if (!account || !canSpeak(floor, key) || holderOf(floor) === key) return false;
  const quietSince = Math.max(floor.item_at, account.arrived_at ?? 0, account.heard_at ?? 0);
  const hasAsked = floor.queue.some((request) => request.member === key);
  return at - quietSince >= floor.limits.silence_ms && !hasAsked && owedUs(account) > 0;
}
