import type { Form } from '../../../form/useForm.js';
import { RevokeSessionDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { RevokeAnswer } from '../../../server/answers.js';
import { useAccountForm } from '../useAccountForm.js';

/** The form that ends one session. Its field is `password`. */
export function useEndSession({ id, device, onSuccess }: {
  id: string;
  /** The name of the device, for the news. */
  device: string;
  /** What came of it, in the person's language. */
  onSuccess: (news: string) => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();

  const form = useAccountForm(async (typed) => {
    const { data, error } = await server.ask(RevokeSessionDocument, {
      input: { id, password: typed('password') },
    });
    if (data) treat(data.revokeSession);
    else form.treatFailure(error);
  });

  const treat = (answer: RevokeAnswer) => {
    switch (answer.__typename) {
      case 'SessionRevoked':
      case 'SessionNotFoundError': // it had ended already
        return onSuccess(texts.sessionEndedThere(device));
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
