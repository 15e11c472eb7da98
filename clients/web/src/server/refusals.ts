import type { CombinedError } from 'urql';

import { texts } from '../languages';
import type { InternalError, RateLimitedError, UnavailableError } from './answers';
import { secondsFromNow } from './time';

/** Where a person may go on from a refusal. */
export interface WayOn {
  label: string;
  href: string;
}

/** What stopped a whole form, and what a person can do about it. */
export type Refusal =
  | { kind: 'plain'; message: string; wayOn?: WayOn }
  | { kind: 'wait'; message: string; until: number }
  | { kind: 'incident'; message: string; incidentId: string };

/** What is said where a mutation was refused for a reason that has nothing to do with its input. */
export function refusalOf(answer: RateLimitedError | UnavailableError | InternalError): Refusal {
  switch (answer.__typename) {
    case 'RateLimitedError':
      return {
        kind: 'wait',
        message: texts.tooOften,
        until: secondsFromNow(answer.retryAfterSeconds),
      };
    case 'UnavailableError':
      return {
        kind: 'wait',
        message: texts.busy,
        until: secondsFromNow(answer.retryAfterSeconds),
      };
    case 'InternalError':
      return incident(answer.incidentId);
    default:
      return unknownAnswer(answer);
  }
}

/** What is said where there is no answer, or where a query failed, whose answers have no union. */
export function withoutAnswer(error: CombinedError | undefined): Refusal {
  if (error?.networkError) {
    return { kind: 'plain', message: texts.unreachable };
  }
  const details = error?.graphQLErrors[0]?.extensions;
  switch (details?.code) {
    case 'UNAVAILABLE':
      return { kind: 'plain', message: texts.busyTryAgain };
    case 'INTERNAL':
      return incident(String(details.incidentId));
    default:
      return outdated;
  }
}

/**
 * What is said of an answer that this page does not know, as it is older than the server.
 *
 * `never` makes the compiler refuse a `switch` that forgets one that it does know.
 */
export function unknownAnswer(_: never): Refusal {
  return outdated;
}

function incident(incidentId: string): Refusal {
  return {
    kind: 'incident',
    message: texts.fault,
    incidentId,
  };
}

/** What is said where the server has changed since this page was loaded. */
export const outdated: Refusal = {
  kind: 'plain',
  message: texts.outdated,
};
