import type { Form } from '../../../form/useForm.js';
import { RequestEmailChangeDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { EmailRequestAnswer, Policy } from '../../../server/answers.js';
import type { PendingEmailChange } from '../../../state/emailChange.js';
import { useAccountForm } from '../useAccountForm.js';

/** The form that asks for another address. Its fields are `newEmail` and `password`. */
export function useEmailChange({ email, policy, onRequested }: {
  /** The address as it is. */
  email: string;
  policy: Policy | null;
  /** The mail is on its way. */
  onRequested: (change: PendingEmailChange) => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();

  const form = useAccountForm(async (typed) => {
    const newEmail = typed('newEmail').trim();
    if (newEmail.toLowerCase() === email) {
      return form.rejectField('newEmail', { message: texts.sameEmail });
    }
    const { data, error } = await server.ask(RequestEmailChangeDocument, {
      input: { newEmail, password: typed('password') },
    });
    if (data) treat(data.requestEmailChange, newEmail);
    else form.treatFailure(error);
  });

  const treat = (answer: EmailRequestAnswer, newEmail: string) => {
    switch (answer.__typename) {
      case 'EmailChangeRequested':
        return onRequested({
          id: answer.verification.id,
          email: newEmail,
          methods: answer.verification.methods,
          otpSeconds: policy?.otpSeconds ?? null,
          linkSeconds: policy?.linkSeconds ?? null,
          sentAt: Date.now(),
          asksOld: policy?.emailChangeConfirms === 'BOTH',
        });
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
