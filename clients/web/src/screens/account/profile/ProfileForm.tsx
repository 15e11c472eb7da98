import { useMutation } from 'urql';

import { Field } from '../../../form/Field';
import { FormView } from '../../../form/FormView';
import { useForm } from '../../../form/useForm';
import { UpdateProfileDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { Policy, UpdateProfileAnswer, Viewer } from '../../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import { useSessionEnded } from '../sessionEnded';
import { changedValues } from './changedValues';
import { ProfileInput } from './ProfileInput';

/** The name, and the fields that the policy asks for. Required ones may be left for later. */
export function ProfileForm({ viewer, policy, onCancel, onSaved }: {
  viewer: Viewer;
  policy: Policy;
  onCancel: () => void;
  onSaved: (viewer: Viewer) => void;
}) {
  const [, update] = useMutation(UpdateProfileDocument);
  const endSession = useSessionEnded();
  const fields = policy.profileFields;
  const given = new Map(viewer.profile.map(({ key, value }) => [key, value]));
  const firstMissing = fields.find(({ key }) => viewer.missingProfileFields.includes(key));

  const form = useForm(async (typed) => {
    const name = typed('name').trim();
    const { data, error } = await update({
      input: {
        // A name that is left out stays as it is; null would remove it.
        ...(name !== (viewer.name ?? '') && { name: name || null }),
        profile: changedValues(fields, given, form.element.current, typed),
      },
    });
    if (data) treat(data.updateProfile);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: UpdateProfileAnswer) => {
    switch (answer.__typename) {
      case 'ProfileUpdated':
        return onSaved(answer.user);
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

  return (
    <FormView form={form} send={texts.saveProfile} onCancel={onCancel}>
      <Field
        form={form}
        name="name"
        label={policy.nameRequired ? texts.name : texts.optional(texts.name)}
        autoComplete="name"
        defaultValue={viewer.name ?? ''}
        autoFocus={!firstMissing}
        required={policy.nameRequired}
      />
      {fields.map((field) => (
        <ProfileInput
          key={field.key}
          form={form}
          field={field}
          given={given.get(field.key)}
          autoFocus={field === firstMissing}
        />
      ))}
    </FormView>
  );
}
