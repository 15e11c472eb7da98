import type { Form } from '../../../form/useForm.js';
import { RequestAccountDeletionDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { DeletionAnswer } from '../../../server/answers.js';
import { useAccountForm } from '../useAccountForm.js';

/** The form that deletes the account. Its field is `password`. */
export function useDeletion({ onScheduled }: {
  /** Nobody is logged in any more, and when the account goes, in the person's language. */
  onScheduled: (news: string) => void;
}): { form: Form } {
  const { server, words } = useConnectx();
  const { texts } = words;

  const form = useAccountForm(async (typed) => {
    const { data, error } = await server.ask(RequestAccountDeletionDocument, {
      input: { password: typed('password') },
    });
    if (data) treat(data.requestAccountDeletion);
    else form.treatFailure(error);
  });

  const treat = (answer: DeletionAnswer) => {
    switch (answer.__typename) {
      case 'AccountDeletionScheduled': {
        // A policy of no days deletes at once: nothing is pending.
        const isOver = server.onThisClock(answer.deletesAt) < Date.now() + 60_000;
        const pending = texts.deletionPending(words.date(answer.deletesAt));
        return onScheduled(isOver ? texts.accountDeleted : pending);
      }
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
