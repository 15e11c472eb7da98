import { useState } from 'react';

import { ChosenPasswordField } from '../form/ChosenPasswordField.js';
import { Choice, Field } from '../form/Field.js';
import { FormView } from '../form/FormView.js';
import type { Form } from '../form/useForm.js';
import { useWords } from '../provider/context.js';
import type { Policy } from '../server/answers.js';
import { useDraft } from '../state/draft.js';
import { lengthsOf, type PendingVerification } from '../state/pending.js';
import { useSignUp } from './useSignUp.js';

/** The form that a policy asks for. */
export function SignUpForm({ policy, onSuccess }: {
  policy: Policy;
  onSuccess?: ((pending: PendingVerification) => void) | undefined;
}) {
  const { texts } = useWords();
  const draft = useDraft();
  const [begun] = useState(draft.get);
  const { form, passwordComesLater } = useSignUp({ policy, onSuccess });
  return (
    <FormView form={form} send={texts.register}>
      <Field
        form={form}
        name="name"
        label={policy.nameRequired ? texts.name : texts.optional(texts.name)}
        autoComplete="name"
        defaultValue={begun.name}
        required={policy.nameRequired}
      />
      <Field
        form={form}
        name="email"
        label={texts.email}
        type="email"
        autoComplete="email"
        defaultValue={begun.email}
        required
      />
      {!passwordComesLater && <ChosenPasswordField form={form} lengths={lengthsOf(policy)} />}
      <RoleChoice form={form} policy={policy} begun={begun.role} />
      {policy.askInvitedBy && (
        <Field
          form={form}
          name="invitedBy"
          label={texts.optional(texts.invitedBy)}
          hint={texts.invitedByHint}
          type="email"
          autoComplete="off"
          defaultValue={begun.invitedBy}
        />
      )}
    </FormView>
  );
}

/** The roles to choose from, where there is a choice, or where one has to be named. */
function RoleChoice({ form, policy, begun }: {
  form: Form;
  policy: Policy;
  begun: string | undefined;
}) {
  const { texts } = useWords();
  const { roles, defaultRole } = policy;
  const only = roles.length === 1 ? roles[0] : undefined;
  if (only && defaultRole) return null;
  const chosen = begun && roles.includes(begun) ? begun : (defaultRole ?? only);
  return (
    <Choice form={form} name="role" label={texts.role} options={roles} chosen={chosen} />
  );
}
