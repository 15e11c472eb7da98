import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { Texts } from './texts.js';

type Own<Text> = Text extends string | readonly string[] | ((...given: never[]) => unknown)
  ? Text
  : Partial<Text>;

/** An app's texts of one language, all or only some. */
export type OwnTexts = { readonly [Name in keyof Texts]?: Own<Texts[Name]> };

/** An app's texts by language. For a language without texts here, it gives all of them. */
export type TextOverrides = Readonly<Record<string, OwnTexts>>;

const catalogues: Readonly<Record<string, Texts>> = { en, de, es, fr };

/** The first of these language tags that there are texts for, with its region, such as `de-AT`. */
export function spoken(tags: readonly string[], own: TextOverrides = {}): string {
  const known = { ...catalogues, ...own };
  return tags.find((tag) => languageOf(tag) in known) ?? 'en';
}

export function languageOf(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}

/** The texts of a language, an app's own ones first. What is missing is English. */
export function textsOf(language: string, own: TextOverrides = {}): Texts {
  const texts: Record<string, unknown> = { ...(catalogues[language] ?? en) };
  for (const [name, text] of Object.entries(own[language] ?? {})) {
    const isGroup = typeof text === 'object' && !Array.isArray(text);
    texts[name] = isGroup ? { ...(texts[name] as object), ...text } : text;
  }
  return texts as unknown as Texts;
}
