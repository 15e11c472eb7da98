import type { Texts } from '../languages/texts.js';
import type { Way } from '../provider/ways.js';
import { useWords } from '../provider/context.js';
import type { InternalError, RateLimitedError, UnavailableError } from './answers.js';
import type { Failure } from './server.js';

/** Where a person may go on from a refusal. */
export interface WayOn {
  label: string;
  to: Way;
}

/** What stopped a whole form, and what a person can do about it. */
export type Refusal =
  | { kind: 'plain'; message: string; wayOn?: WayOn }
  | { kind: 'wait'; message: string; until: number }
  | { kind: 'incident'; message: string; incidentId: string };

export type Refusals = ReturnType<typeof refusalsIn>;

/** What is said where there is no answer that a person can mend, in the person's language. */
export function useRefusals(): Refusals {
  return refusalsIn(useWords().texts);
}

function refusalsIn(texts: Texts) {
  /** Where the server has changed since this page was loaded. */
  const outdated: Refusal = { kind: 'plain', message: texts.outdated };

  /** For an answer that this page does not know, as it is older than the server. */
  const unknownAnswer = (_: never): Refusal => outdated;

  /**
   * Where a mutation was refused for a reason that has nothing to do with its input.
   *
   * It stands behind the `default` of every `switch` over a union: what the type of `answer` leaves
   * out is what the compiler finds missing there, as soon as the schema has it.
   */
  const refusalOf = (answer: RateLimitedError | UnavailableError | InternalError): Refusal => {
    switch (answer.__typename) {
      case 'RateLimitedError':
        return waiting(texts.tooOften, answer.retryAfterSeconds);
      case 'UnavailableError':
        return waiting(texts.busy, answer.retryAfterSeconds);
      case 'InternalError':
        return incident(texts, answer.incidentId);
      default:
        return unknownAnswer(answer);
    }
  };

  /** Where there is no answer, or where a query failed, whose answers have no union. */
  const withoutAnswer = (error: Failure | undefined): Refusal => {
    if (error?.unreachable) return { kind: 'plain', message: texts.unreachable };
    const { code, incidentId } = error?.extensions ?? {};
    switch (code) {
      case 'UNAVAILABLE':
        return { kind: 'plain', message: texts.busyTryAgain };
      case 'INTERNAL':
        return incident(texts, String(incidentId));
      default:
        return outdated;
    }
  };

  return { refusalOf, withoutAnswer };
}

/** A wait that begins now, on this device's clock. */
function waiting(message: string, seconds: number): Refusal {
  return { kind: 'wait', message, until: Date.now() + seconds * 1000 };
}

function incident(texts: Texts, incidentId: string): Refusal {
  return { kind: 'incident', message: texts.fault, incidentId };
}
