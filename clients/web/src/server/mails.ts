import { useMutation } from 'urql';

import { RequestPasswordResetDocument, ResendVerificationDocument } from '../generated/graphql';
import type { FieldError, ResendAnswer, ResetRequestAnswer } from './answers';
import { type Refusal, refusalOf, unknownAnswer, withoutAnswer } from './refusals';
import { onThisClock } from './time';

/** What came of asking for a mail: from when on another one can be asked for, or why none comes. */
export type AskedMail = { resendFrom: number } | { errors: FieldError[] } | { refusal: Refusal };

/** Asks for another mail that verifies an address. */
export function useVerificationMail(): (email: string) => Promise<AskedMail> {
  const [, resend] = useMutation(ResendVerificationDocument);
  return async (email) => {
    const { data, error } = await resend({ input: { email } });
    return data ? whatCameOf(data.resendVerification) : { refusal: withoutAnswer(error) };
  };
}

/** Asks for a mail that sets a new password. */
export function useResetMail(): (email: string) => Promise<AskedMail> {
  const [, request] = useMutation(RequestPasswordResetDocument);
  return async (email) => {
    const { data, error } = await request({ input: { email } });
    return data ? whatCameOf(data.requestPasswordReset) : { refusal: withoutAnswer(error) };
  };
}

function whatCameOf(answer: ResendAnswer | ResetRequestAnswer): AskedMail {
  switch (answer.__typename) {
    case 'ResendVerificationSuccess':
    case 'PasswordResetRequested':
      return { resendFrom: onThisClock(answer.resendAvailableAt) };
    case 'InvalidInputError':
      return { errors: answer.errors };
    case 'RateLimitedError':
    case 'UnavailableError':
    case 'InternalError':
      return { refusal: refusalOf(answer) };
    default:
      return { refusal: unknownAnswer(answer) };
  }
}
