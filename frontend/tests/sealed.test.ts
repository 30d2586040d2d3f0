import { BlindRSA, RSABSSA } from "@cloudflare/blindrsa-ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Boot } from "../src/core/frames";
import { begin, cast, departure, digest, permit, recall, type Place, type Secret } from "../src/core/sealed";
import { aMotion } from "./plenary-fixtures";

const VECTOR = JSON.parse(readFileSync(join(import.meta.dirname, "../../tests/core/plenary/rfc9474.json"), "utf-8")) as Record<string, string>;
const SUITE = RSABSSA.SHA384.PSS.Randomized();
const octets = (name: string) => Uint8Array.from((VECTOR[name] ?? "").replace("0x", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

let server: CryptoKeyPair;
let place: Place;
const posted: Record<string, string>[] = [];

beforeAll(async () => {
  server = await SUITE.generateKey({ modulusLength: 3072, publicExponent: Uint8Array.from([1, 0, 1]) });
  const { n = "" } = await crypto.subtle.exportKey("jwk", server.publicKey);
  const versions = { ca: { status: "original" as const, digest: "d1" }, es: { status: "machine" as const, digest: "d2" } };
  place = { boot: { base: "/m/ana/", csrf: "token" } as Boot, motion: aMotion({}, { phase: "open", keys: { citizens: n }, versions }), electorate: "citizens" };
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  posted.length = 0;
});

/** The server: signs what it is given, keeps the envelope, takes every ballot. */
function serve(): ReturnType<typeof vi.fn> {
  let envelope = "";
  const door = vi.fn(async (address: string, request?: RequestInit) => {
    const body = JSON.parse(typeof request?.body === "string" ? request.body : "{}") as Record<string, string>;
    if (request) posted.push(body);
    if (address.startsWith("/ballots/")) return Response.json({ done: true, cast_at: 5000, tracker: "abc" });
    if (!request?.method) return Response.json({ envelope });
    envelope = body["envelope"] ?? "";
    const signed = await SUITE.blindSign(server.privateKey, new Uint8Array(Buffer.from(body["blinded"] ?? "", "base64url")));
    return Response.json({ done: true, signed: base64url(signed) });
  });
  vi.stubGlobal("fetch", door);
  return door;
}

async function permitted(): Promise<Secret> {
  const answer = await permit(place, await begin(place));
  if (answer.is !== "done") throw new Error(answer.code);
  return answer.data;
}

describe("the published vector", () => {
  const jwk = { kty: "RSA", n: base64url(octets("n")), e: "AQAB", alg: "PS384", ext: true };
  const key = () => crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);

  test("is blinded as published", async () => {
    const modulus = BigInt(`0x${Buffer.from(octets("n")).toString("hex")}`);
    const factor = inverse(BigInt(VECTOR["inv"] ?? "0"), modulus).toString(16).padStart(1024, "0");
    const drawn = [octets("salt"), Uint8Array.from(factor.match(/../g) ?? [], (pair) => parseInt(pair, 16))];
    vi.spyOn(crypto, "getRandomValues").mockImplementation((into) => {
      (into as Uint8Array).set(drawn.shift() ?? []);
      return into;
    });
    const { blindedMsg } = await SUITE.blind(await key(), octets("input_msg"));
    expect(base64url(blindedMsg)).toBe(base64url(octets("blinded_msg")));
  });

  test("is finished as published", async () => {
    const signature = await SUITE.finalize(await key(), octets("input_msg"), octets("blind_sig"), octets("inv"));
    expect(base64url(signature)).toBe(base64url(octets("sig")));
  });

  test("is of the suite that we use", () => expect(String(SUITE)).toBe(VECTOR["name"]));
});

function inverse(of: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [of, modulus, 1n, 0n];
  while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}

describe("a sealed ballot", () => {
  test("carries a signature on its token that the server has never seen", async () => {
    serve();
    const secret = await permitted();
    await cast(place, secret, "yes");
    const [asked, handed] = posted;
    const hash = await digest("m1", "citizens", secret.token);
    const message = Buffer.concat([Buffer.from(handed?.["prefix"] ?? "", "base64url"), Buffer.from(hash, "hex")]);
    const signature = Buffer.from(handed?.["signature"] ?? "", "base64url");
    expect(await new BlindRSA({ ...SUITE.params }).verify(server.publicKey, new Uint8Array(signature), new Uint8Array(message))).toBe(true);
    const seen = JSON.stringify(asked);
    for (const part of [secret.token, secret.prefix, secret.inverse, handed?.["signature"] ?? "", secret.code]) expect(seen).not.toContain(part);
  });

  test("goes in without cookies, and as long as any other", async () => {
    const door = serve();
    const secret = await permitted();
    for (const choice of ["yes", "abstain", "blank", "1,2,3,4,5,6,7,8,9,10"]) await cast(place, secret, choice);
    const lengths = posted.slice(1).map((body) => JSON.stringify(body).length);
    expect(new Set(lengths).size).toBe(1);
    const [, request] = door.mock.lastCall as [string, RequestInit];
    expect(request).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
    expect(posted.at(-1)?.["wording"]).toBe(await digest("ca", "d1", "es", "d2"));
  });

  test("that is refused says why, and without a line says that", async () => {
    serve();
    const secret = await permitted();
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ refused: "motion.closed", params: {} }, { status: 409 })));
    expect(await cast(place, secret, "yes")).toEqual({ is: "refused", code: "motion.closed", params: {} });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    expect(await cast(place, secret, "yes")).toMatchObject({ is: "refused", code: "offline" });
  });

  test("leaves within 20 seconds, and within half of the time that is left", () => {
    for (let turn = 0; turn < 200; turn += 1) {
      expect(departure(1000, null)).toBeLessThan(21_000);
      expect(departure(1000, 5000)).toBeLessThan(3000);
      expect(departure(5000, 1000)).toBe(5000);
    }
    expect(new Set(Array.from({ length: 20 }, () => departure(0, null))).size).toBeGreaterThan(10);
  });
});

describe("a second device", () => {
  test("goes on with the code, however it is typed", async () => {
    serve();
    const secret = await permitted();
    expect(secret.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]$/);
    for (const typed of [secret.code, secret.code.toLowerCase().replaceAll("-", " "), secret.code.replaceAll("0", "o").replaceAll("1", "l")]) {
      const found = await recall(place, typed);
      expect(found).toEqual({ is: "done", data: { ...secret, signature: null } });
    }
  });

  test("that has another code gets nothing", async () => {
    serve();
    const { code } = await permitted();
    const other = code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`;
    expect(await recall(place, other)).toEqual({ is: "done", data: null });
    expect(await recall(place, "")).toEqual({ is: "done", data: null });
  });

  test("has the same signature", async () => {
    serve();
    const secret = await permitted();
    const found = await recall(place, secret.code);
    if (found.is !== "done" || !found.data) throw new Error("no secret");
    const again = await permit(place, found.data);
    expect(again).toMatchObject({ is: "done", data: { signature: secret.signature } });
  });
});
