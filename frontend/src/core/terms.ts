// The assembly's terms in a text: each where it first stands with what it means, everything else as it is.

/** One form of a term, and what it means in plain words of `lang`. */
export type Meaning = { readonly form: string; readonly text: string; readonly lang: string; readonly dir: "ltr" | "rtl" };
export type Part = { readonly text: string; readonly meaning: Meaning | null };

/** Takes a text apart; joined, the parts are the text. */
export function explainer(terms: readonly Meaning[]): (text: string) => readonly Part[] {
  const known = new Map(terms.map((each) => [folded(each.form), each]));
  const forms = terms.map(({ form }) => form).sort((one, other) => other.length - one.length).map(searched);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${forms.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
  return (text) => {
    const parts: Part[] = [];
    const told = new Set<string>();
    let at = 0;
    for (const found of terms.length ? text.matchAll(pattern) : []) {
      const meaning = known.get(folded(found[0]));
      if (!meaning || told.has(meaning.text)) continue;
      told.add(meaning.text);
      parts.push({ text: text.slice(at, found.index), meaning: null }, { text: found[0], meaning });
      at = found.index + found[0].length;
    }
    return [...parts, { text: text.slice(at), meaning: null }].filter((part) => part.text);
  };
}

/** What finds the form in a text. */
function searched(form: string): string {
  return form.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/[iI\u0130\u0131]/g, "[iI\u0130\u0131]");
}

/** What is the same for a search that knows no capitals; Turkish has two letters more than it does. */
function folded(form: string): string {
  return form.replace(/[\u0130\u0131]/g, "i").toLowerCase();
}
