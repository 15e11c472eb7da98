import { type Form, useForm } from '../../../form/useForm.js';
import { RequestAccountDeletionDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { DeletionAnswer } from '../../../server/answers.js';
import { useRefusals } from '../../../server/refusals.js';
import { useSessionEnded } from '../sessionEnded.js';

/** The form that deletes the account. Its field is `password`. */
export function useDeletion({ onScheduled }: {
  /** Nobody is logged in any more, and when the account goes, in the person's language. */
  onScheduled: (news: string) => void;
}): { form: Form } {
  const { server, words } = useConnectx();
  const { texts } = words;
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();

  const form = useForm(async (typed) => {
    const { data, error } = await server.ask(RequestAccountDeletionDocument, {
      input: { password: typed('password') },
    });
    if (data) treat(data.requestAccountDeletion);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: DeletionAnswer) => {
    switch (answer.__typename) {
      case 'AccountDeletionScheduled': {
        // A policy of no days deletes at once: nothing is pending.
        const isOver = server.onThisClock(answer.deletesAt) < Date.now() + 60_000;
        const pending = texts.deletionPending(words.date(answer.deletesAt));
        return onScheduled(isOver ? texts.accountDeleted : pending);
      }
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

  return { form };
}
