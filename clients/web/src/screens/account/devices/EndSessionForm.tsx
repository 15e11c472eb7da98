import { useMutation } from 'urql';

import { useForm } from '../../../form/useForm';
import { RevokeSessionDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { RevokeAnswer } from '../../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import { useSessionEnded } from '../sessionEnded';
import { PasswordForm } from '../PasswordForm';

/** Ends one session. */
export function EndSessionForm({ id, device, email, onCancel, onEnded }: {
  id: string;
  device: string;
  email: string;
  onCancel: () => void;
  onEnded: (news: string) => void;
}) {
  const [, revoke] = useMutation(RevokeSessionDocument);
  const endSession = useSessionEnded();
  const form = useForm(async (typed) => {
    const { data, error } = await revoke({ input: { id, password: typed('password') } });
    if (data) treat(data.revokeSession);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: RevokeAnswer) => {
    switch (answer.__typename) {
      case 'SessionRevoked':
      case 'SessionNotFoundError': // it had ended already
        return onEnded(texts.sessionEndedThere(device));
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
    <PasswordForm form={form} email={email} send={texts.endSessionOf(device)} onCancel={onCancel} />
  );
}
