import { useMutation } from 'urql';

import { Field } from '../../../form/Field';
import { FormView } from '../../../form/FormView';
import { PasswordField } from '../../../form/PasswordField';
import { RefusalNotice } from '../../../form/RefusalNotice';
import { UsernameForManagers } from '../../../form/UsernameForManagers';
import { useForm } from '../../../form/useForm';
import { RequestEmailChangeDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { EmailRequestAnswer, Policy } from '../../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import type { PendingEmailChange } from '../../../state/emailChange';
import { useSessionEnded } from '../sessionEnded';

/** Asks for the new address, and for the password, which a thief of the session does not know. */
export function NewEmailForm({ email, policy, failed, onCancel, onRequested }: {
  /** The address as it is. */
  email: string;
  policy: Policy | null;
  /** An earlier request, and why it came to nothing. */
  failed: { newEmail: string; why: string } | null;
  onCancel: () => void;
  onRequested: (change: PendingEmailChange) => void;
}) {
  const [, request] = useMutation(RequestEmailChangeDocument);
  const endSession = useSessionEnded();
  const form = useForm(async (typed) => {
    const newEmail = typed('newEmail').trim();
    if (newEmail.toLowerCase() === email) {
      return form.rejectField('newEmail', { message: texts.sameEmail });
    }
    const { data, error } = await request({ input: { newEmail, password: typed('password') } });
    if (data) treat(data.requestEmailChange, newEmail);
    else form.refuse(withoutAnswer(error));
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
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'UnauthenticatedError':
        return endSession();
      case 'WrongPasswordError':
        return form.rejectField('password', { message: texts.wrongPassword });
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return (
    <>
      {failed && <RefusalNotice refusal={{ kind: 'plain', message: failed.why }} />}
      <FormView form={form} send={texts.sendConfirmation} onCancel={onCancel}>
        <UsernameForManagers email={email} />
        <Field
          form={form}
          name="newEmail"
          label={texts.newEmail}
          type="email"
          autoComplete="email"
          defaultValue={failed?.newEmail}
          autoFocus
          required
        />
        <PasswordField form={form} autoComplete="current-password" />
      </FormView>
    </>
  );
}
