import { useMutation } from 'urql';

import { useForm } from '../../../form/useForm';
import { RequestAccountDeletionDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import { date } from '../../../languages/times';
import type { DeletionAnswer } from '../../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import { onThisClock } from '../../../server/time';
import { PasswordForm } from '../PasswordForm';
import { useSessionEnded } from '../sessionEnded';

export function DeletionForm({ email, onCancel, onScheduled }: {
  email: string;
  onCancel: () => void;
  onScheduled: (news: string) => void;
}) {
  const [, request] = useMutation(RequestAccountDeletionDocument);
  const endSession = useSessionEnded();
  const form = useForm(async (typed) => {
    const { data, error } = await request({ input: { password: typed('password') } });
    if (data) treat(data.requestAccountDeletion);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: DeletionAnswer) => {
    switch (answer.__typename) {
      case 'AccountDeletionScheduled':
        return onScheduled(newsOf(answer.deletesAt));
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
    <PasswordForm form={form} email={email} send={texts.deleteAccount} onCancel={onCancel} />
  );
}

/** A policy of no days deletes at once: nothing is pending. */
function newsOf(deletesAt: string): string {
  const isOver = onThisClock(deletesAt) < Date.now() + 60_000;
  return isOver ? texts.accountDeleted : texts.deletionPending(date(deletesAt));
}
