import type { Form } from '../../../form/useForm.js';
import { RevokeOtherSessionsDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { RevokeOthersAnswer } from '../../../server/answers.js';
import { useAccountForm } from '../useAccountForm.js';

/** The form that ends all sessions but this one. Its field is `password`. */
export function useEndOthers({ onSuccess }: {
  /** What came of it, in the person's language. */
  onSuccess: (news: string) => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();

  const form = useAccountForm(async (typed) => {
    const { data, error } = await server.ask(RevokeOtherSessionsDocument, {
      input: { password: typed('password') },
    });
    if (data) treat(data.revokeOtherSessions);
    else form.treatFailure(error);
  });

  const treat = (answer: RevokeOthersAnswer) => {
    switch (answer.__typename) {
      case 'OtherSessionsRevoked':
        return onSuccess(texts.otherSessionsEnded);
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
