import { type Form, useForm } from '../../form/useForm.js';
import { ChangePasswordDocument } from '../../generated/graphql.js';
import { useConnectx } from '../../provider/context.js';
import type { ChangePasswordAnswer } from '../../server/answers.js';
import { useRefusals } from '../../server/refusals.js';
import { useSessionEnded } from './sessionEnded.js';

/** The form with the fields `currentPassword`, `newPassword` and `keepOtherSessions`. */
export function useChangePassword({ onSuccess }: {
  /** What came of it, in the person's language. */
  onSuccess: (news: string) => void;
}): { form: Form } {
  const { server, session, words: { texts } } = useConnectx();
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();

  const form = useForm(async (typed) => {
    const keepOtherSessions = typed('keepOtherSessions') === 'on';
    const { data, error } = await server.ask(ChangePasswordDocument, {
      input: {
        currentPassword: typed('currentPassword'),
        newPassword: typed('newPassword'),
        keepOtherSessions,
      },
    });
    if (data) treat(data.changePassword, keepOtherSessions);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: ChangePasswordAnswer, othersStay: boolean) => {
    switch (answer.__typename) {
      case 'CookiePasswordChanged':
      case 'PasswordChanged':
        session.begin(answer);
        return onSuccess(othersStay ? texts.passwordChanged : texts.passwordChangedEverywhere);
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'UnauthenticatedError':
        return endSession();
      case 'WrongPasswordError':
        return form.rejectField('currentPassword', { message: texts.wrongPassword });
      case 'PasswordUnchangedError':
        return form.rejectField('newPassword', { message: texts.samePassword });
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return { form };
}
