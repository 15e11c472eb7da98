import { Field } from '../../../form/Field.js';
import { FormView } from '../../../form/FormView.js';
import { useWords } from '../../../provider/context.js';
import type { Policy, Viewer } from '../../../server/answers.js';
import { ProfileInput } from './ProfileInput.js';
import { useProfileUpdate } from './useProfileUpdate.js';

/** The name, and the fields that the policy asks for. Required ones may be left for later. */
export function ProfileForm({ viewer, policy, onCancel, onSuccess }: {
  viewer: Viewer;
  policy: Policy;
  onCancel: () => void;
  onSuccess: (viewer: Viewer) => void;
}) {
  const { texts } = useWords();
  const fields = policy.profileFields;
  const given = new Map(viewer.profile.map(({ key, value }) => [key, value]));
  const firstMissing = fields.find(({ key }) => viewer.missingProfileFields.includes(key));
  const { form } = useProfileUpdate({ viewer, policy, onSuccess });
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
