import { locale, texts } from '.';

type Unit = 'second' | 'minute' | 'hour' | 'day';

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

/** `in 40 seconds`, or `in about 12 minutes`, `an hour` or `2 days` for what is longer. */
export function fromNow(seconds: number): string {
  if (seconds <= 90) return relative(seconds, 'second');
  if (seconds <= 50 * SECONDS.minute) return about(seconds, 'minute');
  if (seconds <= 90 * SECONDS.minute) return texts.inAboutAnHour;
  return about(seconds, seconds <= 36 * SECONDS.hour ? 'hour' : 'day');
}

/** An exact duration in its largest whole unit, such as `10 minutes` or `24 hours`. */
export function duration(seconds: number): string {
  const units: Unit[] = ['hour', 'minute'];
  const unit = units.find((each) => seconds % SECONDS[each] === 0) ?? 'second';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(seconds / SECONDS[unit]);
}

/** The time of day of a moment on this device's clock, such as `14:32`. */
export function timeOfDay(moment: number): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(moment);
}

/** A date in words, such as `29 November 2026`. */
export function date(iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso));
}

/** A day without a time, such as a birthday, which is the same day in every time zone. */
export function calendarDate(iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(iso),
  );
}

/** `now`, `5 minutes ago`, or the date of a moment of more than a month ago. */
export function ago(moment: number): string {
  const seconds = (Date.now() - moment) / 1000;
  // The server knows the last use of a session to the minute.
  if (seconds < 2 * SECONDS.minute) {
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  }
  if (seconds > 30 * SECONDS.day) return date(new Date(moment).toISOString());
  const units: Unit[] = ['day', 'hour', 'minute'];
  const unit = units.find((each) => seconds >= SECONDS[each]) ?? 'minute';
  return relative(-Math.floor(seconds / SECONDS[unit]), unit);
}

function relative(count: number, unit: Unit): string {
  return parts(count, unit).map((part) => part.value).join('');
}

/** Never less than the time that is left: whoever comes back then must not be refused again. */
function about(seconds: number, unit: Unit): string {
  return parts(Math.ceil(seconds / SECONDS[unit]), unit)
    .map((part) => (part.type === 'integer' ? `${texts.about} ${part.value}` : part.value))
    .join('');
}

function parts(count: number, unit: Unit) {
  return new Intl.RelativeTimeFormat(locale).formatToParts(count, unit);
}
