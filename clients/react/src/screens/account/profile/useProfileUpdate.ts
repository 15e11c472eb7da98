import type { Form } from '../../../form/useForm.js';
import { UpdateProfileDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { Policy, UpdateProfileAnswer, Viewer } from '../../../server/answers.js';
import { useAccountForm } from '../useAccountForm.js';
import { changedValues } from './changedValues.js';

/** The form of the profile. Its fields are `name` and, for each of the policy, `profile.<key>`. */
export function useProfileUpdate({ viewer, policy, onSuccess }: {
  viewer: Viewer;
  policy: Policy;
  /** The person after the change. */
  onSuccess: (viewer: Viewer) => void;
}): { form: Form } {
  const { server } = useConnectx();
  const given = new Map(viewer.profile.map(({ key, value }) => [key, value]));

  const form = useAccountForm(async (typed) => {
    const name = typed('name').trim();
    const { data, error } = await server.ask(UpdateProfileDocument, {
      input: {
        // A name that is left out stays as it is; null would remove it.
        ...(name !== (viewer.name ?? '') && { name: name || null }),
        profile: changedValues(policy.profileFields, given, form.element.current, typed),
      },
    });
    if (data) treat(data.updateProfile);
    else form.treatFailure(error);
  });

  const treat = (answer: UpdateProfileAnswer) => {
    switch (answer.__typename) {
      case 'ProfileUpdated':
        return onSuccess(answer.user);
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
