// What is kept in this tab or browser: unsent words, the reading language. Storage may be refused; then nothing is kept.

function attempt<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Unsent words survive a lost line, a lost turn and a reload of this tab. */
export const unsent = {
  read: (place: string): string => attempt(() => sessionStorage.getItem(`unsent:${place}`)) ?? "",
  write: (place: string, text: string): void => {
    attempt(() => (text ? sessionStorage.setItem(`unsent:${place}`, text) : sessionStorage.removeItem(`unsent:${place}`)));
  },
  /** Where texts are kept at or below this place: "" for itself, `.note` for a place below it. */
  within: (place: string): string[] => {
    const names = (attempt(() => Object.keys(sessionStorage)) ?? []).filter((name) => name.startsWith(`unsent:${place}`));
    const rests = names.map((name) => name.slice(`unsent:${place}`.length));
    return rests.filter((rest) => (rest === "" || rest.startsWith(".")) && !rest.endsWith(".lang")).sort();
  },
};

/** A draft of which something was not sent: what its fields say, and what the server lacks of it, as an update of Yjs. */
export type KeptDraft = {
  readonly fields: { readonly title: string; readonly recommendation: string; readonly reasons: string };
  readonly lang: string;
  readonly update: string;
};

const HOUSEHOLD = "device:members";

/** Keys of the members whose rooms were opened in this browser: people may share one device. */
export const household = {
  read: (): string[] => (attempt(() => localStorage.getItem(HOUSEHOLD)) ?? "").split(" ").filter(Boolean),
  write: (keys: readonly string[]): void => {
    attempt(() => localStorage.setItem(HOUSEHOLD, [...new Set(keys)].join(" ")));
  },
};

/** Settings of one member in this browser. */
export const setting = {
  read: (member: string, name: string): string | null => attempt(() => localStorage.getItem(`${member}:${name}`)),
  write: (member: string, name: string, value: string): void => {
    attempt(() => localStorage.setItem(`${member}:${name}`, value));
  },
};

type Speaker = { readonly key: string; readonly speaks: readonly string[]; readonly reads: string };

/** The language that a member writes in until they choose another: the one chosen last in this browser, of those they speak. */
export const writing = {
  read: ({ key, speaks, reads }: Speaker): string => {
    const chosen = setting.read(key, "writes") ?? "";
    return speaks.includes(chosen) ? chosen : (speaks[0] ?? reads);
  },
  write: ({ key, speaks }: Speaker, lang: string): void => {
    if (speaks.includes(lang)) setting.write(key, "writes", lang);
  },
};
