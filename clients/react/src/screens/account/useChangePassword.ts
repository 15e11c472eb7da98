import type { Form } from '../../form/useForm.js';
import { ChangePasswordDocument } from '../../generated/graphql.js';
import { useConnectx } from '../../provider/context.js';
import type { ChangePasswordAnswer } from '../../server/answers.js';
import { useAccountForm } from './useAccountForm.js';

/** The form with the fields `currentPassword`, `newPassword` and `keepOtherSessions`. */
export function useChangePassword({ onSuccess }: {
  /** What came of it, in the person's language. */
  onSuccess: (news: string) => void;
}): { form: Form } {
  const { server, session, words: { texts } } = useConnectx();

  const form = useAccountForm(async (typed) => {
    const keepOtherSessions = typed('keepOtherSessions') === 'on';
    const { data, error } = await session.change(
      server.ask(ChangePasswordDocument, {
        input: {
          currentPassword: typed('currentPassword'),
          newPassword: typed('newPassword'),
          keepOtherSessions,
        },
      }),
    );
    if (data) treat(data.changePassword, keepOtherSessions);
    else form.treatFailure(error);
  }, { passwordField: 'currentPassword' });

  const treat = (answer: ChangePasswordAnswer, othersStay: boolean) => {
    switch (answer.__typename) {
      case 'CookiePasswordChanged':
      case 'PasswordChanged':
        session.begin(answer);
        return onSuccess(othersStay ? texts.passwordChanged : texts.passwordChangedEverywhere);
      case 'PasswordUnchangedError':
        return form.rejectField('newPassword', { message: texts.samePassword });
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
