import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import type { Texts } from './texts';

const catalogues: Record<string, Texts> = { en, de, es, fr };

/** The first language of the browser that this app speaks, with its region, such as `de-AT`. */
export const locale = navigator.languages.find((tag) => languageOf(tag) in catalogues) ?? 'en';

/** The same without its region. */
export const language = languageOf(locale);

/** The texts of this language. */
export const texts: Texts = catalogues[language] ?? en;

function languageOf(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}
