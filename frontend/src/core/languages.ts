// Which languages are read alike: twin of `kernel/languages.py`.

/** The language of a variant: `pt` of `pt-BR`. */
export function baseOf(code: string): string {
  return code.split("-", 1)[0] ?? code;
}

/** Whether somebody who reads `reads` needs a translation of `lang`; of all variants only the scripts of Chinese are not read alike. */
export function isForeign(lang: string, reads: string): boolean {
  return lang !== reads && (baseOf(lang) !== baseOf(reads) || baseOf(lang) === "zh");
}
