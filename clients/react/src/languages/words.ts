import { languageOf, spoken, type TextOverrides, textsOf } from './catalogues.js';
import type { Texts } from './texts.js';

type Unit = 'second' | 'minute' | 'hour' | 'day';

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

/** The words of a language; of the browser's first one that has texts, if none is asked for. */
export function wordsFor(language: string | undefined, own: TextOverrides | undefined): Words {
  const tags = language ? [language] : navigator.languages;
  const locale = spoken(tags, own);
  return new Words(locale, textsOf(languageOf(locale), own));
}

/** The texts of a language, and how people write times and lists there. */
export class Words {
  /** The language with its region, such as `de-AT`. */
  readonly locale: string;
  /** The same without its region. */
  readonly language: string;
  readonly texts: Texts;

  constructor(locale: string, texts: Texts) {
    this.locale = locale;
    this.language = languageOf(locale);
    this.texts = texts;
  }

  /** A role as people read it. The API has them in lower case, and operators may name their own. */
  roleName(role: string): string {
    return this.texts.roles[role] ?? role.charAt(0).toUpperCase() + role.slice(1);
  }

  /** A list as it stands in a sentence, such as `Phone, Birthday, and Address`. */
  list(items: string[]): string {
    return new Intl.ListFormat(this.locale).format(items);
  }

  /** `in 40 seconds`, or `in about 12 minutes`, `an hour` or `2 days` for what is longer. */
  fromNow(seconds: number): string {
    if (seconds <= 90) return this.#relative(seconds, 'second');
    if (seconds <= 50 * SECONDS.minute) return this.#about(seconds, 'minute');
    if (seconds <= 90 * SECONDS.minute) return this.texts.inAboutAnHour;
    return this.#about(seconds, seconds <= 36 * SECONDS.hour ? 'hour' : 'day');
  }

  /** An exact duration in its largest whole unit, such as `10 minutes` or `24 hours`. */
  duration(seconds: number): string {
    const units: Unit[] = ['hour', 'minute'];
    const unit = units.find((each) => seconds % SECONDS[each] === 0) ?? 'second';
    const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
    return new Intl.NumberFormat(this.locale, style).format(seconds / SECONDS[unit]);
  }

  /** The time of day of a moment on this device's clock, such as `14:32`. */
  timeOfDay(moment: number): string {
    return new Intl.DateTimeFormat(this.locale, { timeStyle: 'short' }).format(moment);
  }

  /** A date in words, such as `29 November 2026`. */
  date(iso: string): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'long' }).format(new Date(iso));
  }

  /** A day without a time, such as a birthday, which is the same day in every time zone. */
  calendarDate(iso: string): string {
    const style = { dateStyle: 'long', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(this.locale, style).format(new Date(iso));
  }

  /** `now`, `5 minutes ago`, or the date of a moment of more than a month ago. */
  ago(moment: number): string {
    const seconds = (Date.now() - moment) / 1000;
    // The server knows the last use of a session to the minute.
    if (seconds < 2 * SECONDS.minute) {
      return new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }).format(0, 'second');
    }
    if (seconds > 30 * SECONDS.day) return this.date(new Date(moment).toISOString());
    const units: Unit[] = ['day', 'hour', 'minute'];
    const unit = units.find((each) => seconds >= SECONDS[each]) ?? 'minute';
    return this.#relative(-Math.floor(seconds / SECONDS[unit]), unit);
  }

  #relative(count: number, unit: Unit): string {
    return this.#parts(count, unit).map((part) => part.value).join('');
  }

  /** Never less than the time that is left: whoever comes back then must not be refused again. */
  #about(seconds: number, unit: Unit): string {
    return this.#parts(Math.ceil(seconds / SECONDS[unit]), unit)
      .map((part) => (part.type === 'integer' ? `${this.texts.about} ${part.value}` : part.value))
      .join('');
  }

  #parts(count: number, unit: Unit) {
    return new Intl.RelativeTimeFormat(this.locale).formatToParts(count, unit);
  }
}
