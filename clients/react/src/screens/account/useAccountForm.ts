import { type Form, useForm } from '../../form/useForm.js';
import { useWords } from '../../provider/context.js';
import type { AccountRefusal, SharedAnswer } from '../../server/answers.js';
import { useSessionEnded } from './sessionEnded.js';

interface AccountForm extends Form {
  treatShared: (answer: SharedAnswer | AccountRefusal) => void;
}

/** A form of somebody who is logged in: the session may have ended, and the password be wrong. */
export function useAccountForm(
  send: Parameters<typeof useForm>[0],
  { passwordField = 'password' } = {},
): AccountForm {
  const { texts } = useWords();
  const form = useForm(send);
  const endSession = useSessionEnded();

  const treatShared = (answer: SharedAnswer | AccountRefusal) => {
    switch (answer.__typename) {
      case 'UnauthenticatedError':
        return endSession();
      case 'WrongPasswordError':
        return form.rejectField(passwordField, { message: texts.wrongPassword });
      default:
        return form.treatShared(answer);
    }
  };

  return { ...form, treatShared };
}
