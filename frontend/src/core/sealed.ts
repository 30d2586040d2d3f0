// The voter's half of a sealed vote: a token whose permit is signed unseen (RFC 9474), kept on this device until the
// ballot is in. Loaded with a sealed ballot only.

import { RSABSSA } from "@cloudflare/blindrsa-ts";
import type { Cast } from "./ballots";
import type { Boot } from "./frames";
import type { Refusal } from "./outbox";
import type { MotionState } from "./protocol";

const SUITE = RSABSSA.SHA384.PSS.Randomized();
const PREFIX = 32;
const LONGEST_CHOICE = 40;
const LONGEST_DELAY_MS = 20_000;
const PARTS = [32, 32, 384, 384] as const;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_BYTES = 16;

/** What one device knows of one sealed ballot; octets are in base64url. */
export type Secret = {
  readonly token: string;
  readonly prefix: string;
  readonly inverse: string;
  readonly blinded: string;
  /** Null until the permit has been given. */
  readonly signature: string | null;
  /** With it another device can go on; nobody else has it. */
  readonly code: string;
};
export type Place = { readonly boot: Boot; readonly motion: MotionState; readonly electorate: string };
type Answered<Data> = { readonly is: "done"; readonly data: Data } | ({ readonly is: "refused" } & Refusal);

/** Only where the page came over HTTPS, or from this machine. */
export const isPossible = (): boolean => typeof crypto !== "undefined" && "subtle" in crypto && isSecureContext;

/** A fresh token, blinded for the key of this vote. */
export async function begin({ motion, electorate }: Place): Promise<Secret> {
  const token = text(random(32));
  const prepared = SUITE.prepare(octets(await hashOf(motion.motion, electorate, token), "hex"));
  const { blindedMsg, inv } = await SUITE.blind(await keyOf(motion, electorate), prepared);
  return { token, prefix: text(prepared.slice(0, PREFIX)), inverse: text(inv), blinded: text(blindedMsg), signature: null, code: codeOf(random(CODE_BYTES)) };
}

/** Have the token signed, and take the blinding off. Safe to repeat with the same secret. */
export async function permit(place: Place, secret: Secret): Promise<Answered<Secret>> {
  const { boot, motion, electorate } = place;
  const answer = await ask<{ signed: string }>(`${boot.base}motions/${motion.motion}/permit`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": boot.csrf },
    body: JSON.stringify({ electorate, blinded: secret.blinded, envelope: await seal(place, secret) }),
  });
  if (answer.is === "refused") return answer;
  const prepared = new Uint8Array([...octets(secret.prefix), ...octets(await hashOf(motion.motion, electorate, secret.token), "hex")]);
  const signature = await SUITE.finalize(await keyOf(motion, electorate), prepared, octets(answer.data.signed), octets(secret.inverse));
  return { is: "done", data: { ...secret, signature: text(signature) } };
}

/** What another device of this voter left, opened with its code; null where the code does not fit. */
export async function recall(place: Place, code: string): Promise<Answered<Secret | null>> {
  const { boot, motion, electorate } = place;
  const answer = await ask<{ envelope: string }>(`${boot.base}motions/${motion.motion}/permit?electorate=${encodeURIComponent(electorate)}`);
  return answer.is === "refused" ? answer : { is: "done", data: await unseal(place, answer.data.envelope, code) };
}

/** Hand the ballot in without saying who does. All ballots have the same length. */
export async function cast({ motion, electorate }: Place, secret: Secret, choice: string): Promise<Cast> {
  const { token, prefix, signature } = secret;
  const answer = await ask<{ cast_at: number; tracker: string }>(`/ballots/${motion.motion}`, {
    method: "POST",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ electorate, choice, padding: "-".repeat(LONGEST_CHOICE - choice.length), wording: await wording(motion), token, prefix, signature }),
  });
  return answer.is === "refused" ? answer : { is: "cast", at: Number(answer.data.cast_at), tracker: answer.data.tracker };
}

/** When a ballot made now goes in: at a moment nobody can foretell, at most `LONGEST_DELAY_MS` or half the time left. */
export function departure(now: number, closesAt: number | null): number {
  const [drawn] = crypto.getRandomValues(new Uint32Array(1));
  const longest = Math.min(LONGEST_DELAY_MS, closesAt === null ? Infinity : Math.max(0, closesAt - now) / 2);
  return now + Math.floor(((drawn ?? 0) / 2 ** 32) * longest);
}

/** SHA-256 over the parts, each after its length; as the server's `kernel.ids.digest`. */
export async function digest(...parts: string[]): Promise<string> {
  const encoded = parts.map((part) => new TextEncoder().encode(part));
  const whole = encoded.flatMap((part) => [...new Uint8Array(new BigUint64Array([BigInt(part.length)]).buffer).reverse(), ...part]);
  return hex(await crypto.subtle.digest("SHA-256", new Uint8Array(whole)));
}

/** What the ballot is known by on the board; its beginning is the code that finds it. */
export const hashOf = (motion: string, electorate: string, token: string): Promise<string> => digest(motion, electorate, token);

const wording = ({ versions }: MotionState): Promise<string> =>
  digest(...Object.keys(versions).sort().flatMap((lang) => [lang, versions[lang]?.digest ?? ""]));

function keyOf({ keys }: MotionState, electorate: string): Promise<CryptoKey> {
  const jwk = { kty: "RSA", n: keys[electorate] ?? "", e: "AQAB", alg: "PS384", ext: true };
  return crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
}

// --- the envelope: what another device needs, sealed with a code of 128 bits

async function envelopeKey({ motion, electorate }: Place, code: string): Promise<CryptoKey> {
  const bits = octets(await digest("envelope", motion.motion, electorate, plain(code)), "hex");
  return crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function seal(place: Place, { token, prefix, inverse, blinded, code }: Secret): Promise<string> {
  const iv = random(12);
  const inside = new Uint8Array([token, prefix, inverse, blinded].flatMap((part) => [...octets(part)]));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await envelopeKey(place, code), inside);
  return text(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

async function unseal(place: Place, envelope: string, code: string): Promise<Secret | null> {
  const whole = octets(envelope);
  try {
    const key = await envelopeKey(place, code);
    const inside = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: whole.slice(0, 12) }, key, whole.slice(12)));
    const [token = "", prefix = "", inverse = "", blinded = ""] = split(inside);
    return { token, prefix, inverse, blinded, signature: null, code: codeOf(codeOctets(code)) };
  } catch {
    return null;
  }
}

function split(inside: Uint8Array): string[] {
  let from = 0;
  return PARTS.map((length) => text(inside.slice(from, (from += length))));
}

// --- octets as text

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function text(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function octets(written: string, as: "base64url" | "hex" = "base64url"): Uint8Array<ArrayBuffer> {
  if (as === "hex") return Uint8Array.from(written.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** 128 bits as 26 letters in groups, without those that look alike (Crockford's base 32). */
function codeOf(bytes: Uint8Array): string {
  let number = BigInt(`0x${hex(bytes.slice().buffer)}`);
  let letters = "";
  for (let place = 0; place < 26; place += 1, number >>= 5n) letters = LETTERS.charAt(Number(number & 31n)) + letters;
  return (letters.match(/.{1,5}/g) ?? []).join("-");
}

function codeOctets(code: string): Uint8Array {
  const number = [...plain(code)].reduce((sum, letter) => (sum << 5n) | BigInt(Math.max(0, LETTERS.indexOf(letter))), 0n);
  return octets(number.toString(16).padStart(CODE_BYTES * 2, "0").slice(-CODE_BYTES * 2), "hex");
}

/** A code as it was meant, however it was typed. */
function plain(code: string): string {
  return code.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1").replaceAll(/[^0-9A-Z]/g, "");
}

async function ask<Data>(address: string, request?: RequestInit): Promise<Answered<Data>> {
  try {
    const response = await fetch(address, { ...request, headers: { Accept: "application/json", ...request?.headers } });
    const data = (await response.json()) as Data & { refused?: string; params?: Refusal["params"] };
    return response.ok ? { is: "done", data } : { is: "refused", code: data.refused ?? "", params: data.params ?? {} };
  } catch {
    return { is: "refused", code: "offline", params: {} };
  }
}
