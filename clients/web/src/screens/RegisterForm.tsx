import { useMutation } from 'urql';

import { Choice, Field } from '../form/Field';
import { FormView } from '../form/FormView';
import { PasswordField } from '../form/PasswordField';
import { type Form, useForm } from '../form/useForm';
import { RegisterDocument } from '../generated/graphql';
import type { Policy, RegisterAnswer } from '../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import { onThisClock } from '../server/time';
import type { PendingVerification } from '../state/pending';
import { paths } from '../state/route';

interface Props {
  policy: Policy;
  tenant: string | null;
  onEmail: (email: string) => void;
  onRegistered: (pending: PendingVerification) => void;
}

/** The form that a policy asks for. */
export function RegisterForm({ policy, tenant, onEmail, onRegistered }: Props) {
  const [, register] = useMutation(RegisterDocument);
  const form = useForm(async (typed) => {
    const email = typed('email').trim();
    onEmail(email);
    const { data, error } = await register({
      input: {
        name: typed('name') || null,
        email,
        password: typed('password'),
        role: typed('role') || null,
        tenant,
        invitedBy: typed('invitedBy') || null,
      },
    });
    if (data) treat(data.register, email);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: RegisterAnswer, email: string) => {
    switch (answer.__typename) {
      case 'RegisterSuccess':
      // The same for a new and for a taken address, as the policy wants it: nothing more is told.
      case 'RegistrationPending': {
        const { id, methods, resendAvailableAt } = answer.verification;
        const resendFrom = onThisClock(resendAvailableAt);
        return onRegistered({ id, email, methods, resendFrom });
      }
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'EmailAlreadyExistsError':
        return form.rejectField('email', {
          message: 'This address is registered already.',
          wayOn: { label: 'Log in instead', href: paths.login },
        });
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return (
    <FormView form={form} send="Register">
      <Field
        form={form}
        name="name"
        label={policy.nameRequired ? 'Name' : 'Name (optional)'}
        autoComplete="name"
        required={policy.nameRequired}
      />
      <Field
        form={form}
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        required
      />
      <PasswordField
        form={form}
        autoComplete="new-password"
        hint={`${policy.passwordMinLength} to ${policy.passwordMaxLength} characters`}
      />
      <RoleChoice form={form} policy={policy} />
      <Field
        form={form}
        name="invitedBy"
        label="Invited by (optional)"
        hint="The email address of whoever invited you"
        type="email"
        autoComplete="off"
      />
    </FormView>
  );
}

/** The roles to choose from, where there is a choice, or where one has to be named. */
function RoleChoice({ form, policy }: { form: Form; policy: Policy }) {
  const { roles, defaultRole } = policy;
  const only = roles.length === 1 ? roles[0] : undefined;
  if (only && defaultRole) return null;
  return (
    <Choice form={form} name="role" label="Role" options={roles} chosen={defaultRole ?? only} />
  );
}
