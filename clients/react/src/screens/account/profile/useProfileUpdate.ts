import { type Form, useForm } from '../../../form/useForm.js';
import { UpdateProfileDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { Policy, UpdateProfileAnswer, Viewer } from '../../../server/answers.js';
import { useRefusals } from '../../../server/refusals.js';
import { useSessionEnded } from '../sessionEnded.js';
import { changedValues } from './changedValues.js';

/** The form of the profile. Its fields are `name` and, for each of the policy, `profile.<key>`. */
export function useProfileUpdate({ viewer, policy, onSuccess }: {
  viewer: Viewer;
  policy: Policy;
  /** The person after the change. */
  onSuccess: (viewer: Viewer) => void;
}): { form: Form } {
  const { server } = useConnectx();
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();
  const given = new Map(viewer.profile.map(({ key, value }) => [key, value]));

  const form = useForm(async (typed) => {
    const name = typed('name').trim();
    const { data, error } = await server.ask(UpdateProfileDocument, {
      input: {
        // A name that is left out stays as it is; null would remove it.
        ...(name !== (viewer.name ?? '') && { name: name || null }),
        profile: changedValues(policy.profileFields, given, form.element.current, typed),
      },
    });
    if (data) treat(data.updateProfile);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: UpdateProfileAnswer) => {
    switch (answer.__typename) {
      case 'ProfileUpdated':
        return onSuccess(answer.user);
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'UnauthenticatedError':
        return endSession();
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
