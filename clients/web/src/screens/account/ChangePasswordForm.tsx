import { useMutation } from 'urql';

import { Checkbox } from '../../form/Field';
import { FormView } from '../../form/FormView';
import { NewPasswordField } from '../../form/NewPasswordField';
import { PasswordField } from '../../form/PasswordField';
import { UsernameForManagers } from '../../form/UsernameForManagers';
import { useForm } from '../../form/useForm';
import { ChangePasswordDocument } from '../../generated/graphql';
import { texts } from '../../languages';
import type { ChangePasswordAnswer, Policy } from '../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../server/refusals';
import { session } from '../../state/session';
import { useSessionEnded } from './sessionEnded';

export function ChangePasswordForm({ email, policy, onCancel, onChanged }: {
  email: string;
  policy: Policy | null;
  onCancel: () => void;
  onChanged: (news: string) => void;
}) {
  const [, change] = useMutation(ChangePasswordDocument);
  const endSession = useSessionEnded();
  const form = useForm(async (typed) => {
    const keepOtherSessions = typed('keepOtherSessions') === 'on';
    const { data, error } = await change({
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
      case 'PasswordChanged': // only for a session without a cookie
        session.begin();
        return onChanged(othersStay ? texts.passwordChanged : texts.passwordChangedEverywhere);
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

  return (
    <FormView form={form} send={texts.changePassword} onCancel={onCancel}>
      <UsernameForManagers email={email} />
      <PasswordField
        form={form}
        kind="currentPassword"
        autoComplete="current-password"
        autoFocus
      />
      <NewPasswordField form={form} policy={policy} />
      <Checkbox form={form} name="keepOtherSessions" label={texts.keepOtherSessions} />
    </FormView>
  );
}
