// Interface texts: one gettext catalogue, exported with a table of plural forms, so that nothing is evaluated here.

import { BALLOT_LABELS } from "./protocol";

/** `m`: English text → translation, or its plural forms. `p`: the form for n, for n < 200; above, for 100 + n % 100. */
export type Catalogue = {
  readonly m: Readonly<Record<string, string | readonly string[]>>;
  readonly p: string;
};
export type Parameters = Readonly<Record<string, string | number>>;

const ENGLISH: Catalogue = { m: {}, p: `10${"1".repeat(198)}` };
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
let catalogue: Catalogue = ENGLISH;
let language = "en";
let isRightToLeft = false;

export function useCatalogue(next: Catalogue | null, lang: string, direction: "ltr" | "rtl"): void {
  catalogue = next ?? ENGLISH;
  language = lang;
  isRightToLeft = direction === "rtl";
}

/** What stands beside the choices of a ballot, in the words of a body that votes in the reader's language. */
export function ballotLabels(): (typeof BALLOT_LABELS)[keyof typeof BALLOT_LABELS] {
  const [base = ""] = language.split("-");
  return base in BALLOT_LABELS ? BALLOT_LABELS[base as keyof typeof BALLOT_LABELS] : BALLOT_LABELS.en;
}

/** The sentence in the reader's language; `{name}` is replaced by a parameter. */
export function t(message: string, parameters: Parameters = {}): string {
  const found = catalogue.m[message];
  return fill(typeof found === "string" && found ? found : message, parameters);
}

/** The sentence in the plural form that `count` takes; `{count}` may be used in it. */
export function n(one: string, many: string, count: number, parameters: Parameters = {}): string {
  const forms = catalogue.m[one];
  const found = Array.isArray(forms) ? (forms[formOf(count)] as string | undefined) : undefined;
  return fill(found || (count === 1 ? one : many), { count, ...parameters });
}

function formOf(count: number): number {
  const place = count < 200 ? count : 100 + (count % 100);
  return Number(catalogue.p[place] ?? 0);
}

function fill(message: string, parameters: Parameters): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numberText(value) : isolated(value);
  });
}

/** A name whose direction differs from the sentence's is kept apart from it, as `<bdi>` would. */
function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) === isRightToLeft ? text : `\u2068${text}\u2069`;
}

/** The locale for `Intl`, with the digits that clocks on all screens use. */
function locale(): string {
  return `${language}-u-nu-latn`;
}

export function numberText(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** `en` → `anglès`, in the reader's language; the code where the browser does not know it. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language", fallback: "code" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The hour and minute of a civic moment. */
export function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit" }).format(at);
}

/** The day, hour and minute of a civic moment. */
export function dayAndTime(at: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** `2:05`, whole seconds, rounded up when counting down so that 0:00 means over. */
export function minutes(ms: number, round: (seconds: number) => number = Math.floor): string {
  const seconds = Math.max(0, round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Names joined as the language joins them. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names.map(isolated));
}
