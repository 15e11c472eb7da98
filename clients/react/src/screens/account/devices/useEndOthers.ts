import { type Form, useForm } from '../../../form/useForm.js';
import { RevokeOtherSessionsDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { RevokeOthersAnswer } from '../../../server/answers.js';
import { useRefusals } from '../../../server/refusals.js';
import { useSessionEnded } from '../sessionEnded.js';

/** The form that ends all sessions but this one. Its field is `password`. */
export function useEndOthers({ onSuccess }: {
  /** What came of it, in the person's language. */
  onSuccess: (news: string) => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();

  const form = useForm(async (typed) => {
    const { data, error } = await server.ask(RevokeOtherSessionsDocument, {
      input: { password: typed('password') },
    });
    if (data) treat(data.revokeOtherSessions);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: RevokeOthersAnswer) => {
    switch (answer.__typename) {
      case 'OtherSessionsRevoked':
        return onSuccess(texts.otherSessionsEnded);
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
