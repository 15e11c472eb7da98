import { useMutation } from 'urql';

import { useForm } from '../../../form/useForm';
import { RevokeOtherSessionsDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { RevokeOthersAnswer } from '../../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import { useSessionEnded } from '../sessionEnded';
import { PasswordForm } from '../PasswordForm';

/** Ends all sessions but this one. */
export function EndOthersForm({ email, onCancel, onEnded }: {
  email: string;
  onCancel: () => void;
  onEnded: (news: string) => void;
}) {
  const [, revokeOthers] = useMutation(RevokeOtherSessionsDocument);
  const endSession = useSessionEnded();
  const form = useForm(async (typed) => {
    const { data, error } = await revokeOthers({ input: { password: typed('password') } });
    if (data) treat(data.revokeOtherSessions);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: RevokeOthersAnswer) => {
    switch (answer.__typename) {
      case 'OtherSessionsRevoked':
        return onEnded(texts.otherSessionsEnded);
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
    <PasswordForm form={form} email={email} send={texts.endOtherSessions} onCancel={onCancel} />
  );
}
