import { locale } from '.';

/** A list as it stands in a sentence, such as `Phone, Birthday, and Address`. */
export function inWords(list: string[]): string {
  return new Intl.ListFormat(locale).format(list);
}
