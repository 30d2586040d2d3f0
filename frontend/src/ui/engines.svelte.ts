// Engines as people write them; the pages have the same table in `civic.py`.

import { t } from "./text.svelte";

const NAMES: Readonly<Record<string, string>> = { argos: "Argos Translate", apertium: "Apertium", libretranslate: "LibreTranslate" };

/** `argos+apertium` as people read it. */
export function engineName(engine: string): string {
  return engine
    .split("+")
    .map((name) => (name === "wordbook" ? t("a list of words") : (NAMES[name] ?? name)))
    .join(" + ");
}
