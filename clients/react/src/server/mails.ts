import { RequestPasswordResetDocument, ResendVerificationDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { FieldError, ResendAnswer, ResetRequestAnswer } from './answers.js';
import { type Refusal, type Refusals, useRefusals } from './refusals.js';
import type { Server } from './server.js';

/** What came of asking for a mail: from when on another one can be asked for, or why none comes. */
export type AskedMail = { resendFrom: number } | { errors: FieldError[] } | { refusal: Refusal };

export type AskForMail = (email: string) => Promise<AskedMail>;

/** Asks for another mail that verifies an address. */
export function useVerificationMail(): AskForMail {
  const { server } = useConnectx();
  const refusals = useRefusals();
  return async (email) => {
    const { data, error } = await server.ask(ResendVerificationDocument, { input: { email } });
    if (!data) return { refusal: refusals.withoutAnswer(error) };
    return whatCameOf(data.resendVerification, server, refusals);
  };
}

/** Asks for a mail that sets a new password. */
export function useResetMail(): AskForMail {
  const { server } = useConnectx();
  const refusals = useRefusals();
  return async (email) => {
    const { data, error } = await server.ask(RequestPasswordResetDocument, { input: { email } });
    if (!data) return { refusal: refusals.withoutAnswer(error) };
    return whatCameOf(data.requestPasswordReset, server, refusals);
  };
}

function whatCameOf(
  answer: ResendAnswer | ResetRequestAnswer,
  server: Server,
  { refusalOf }: Refusals,
): AskedMail {
  switch (answer.__typename) {
    case 'ResendVerificationSuccess':
    case 'PasswordResetRequested':
      return { resendFrom: server.onThisClock(answer.resendAvailableAt) };
    case 'InvalidInputError':
      return { errors: answer.errors };
    default:
      return { refusal: refusalOf(answer) };
  }
}
