import { type Form, useForm } from '../../../form/useForm.js';
import { RevokeSessionDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { RevokeAnswer } from '../../../server/answers.js';
import { useRefusals } from '../../../server/refusals.js';
import { useSessionEnded } from '../sessionEnded.js';

/** The form that ends one session. Its field is `password`. */
export function useEndSession({ id, device, onSuccess }: {
  id: string;
  /** The name of the device, for the news. */
  device: string;
  /** What came of it, in the person's language. */
  onSuccess: (news: string) => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();

  const form = useForm(async (typed) => {
    const { data, error } = await server.ask(RevokeSessionDocument, {
      input: { id, password: typed('password') },
    });
    if (data) treat(data.revokeSession);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: RevokeAnswer) => {
    switch (answer.__typename) {
      case 'SessionRevoked':
      case 'SessionNotFoundError': // it had ended already
        return onSuccess(texts.sessionEndedThere(device));
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
