import { useState } from 'react';
import { useMutation } from 'urql';

import { Choice, Field } from '../form/Field';
import { FormView } from '../form/FormView';
import { PasswordField } from '../form/PasswordField';
import { type Form, type Problem, useForm } from '../form/useForm';
import { RegisterDocument } from '../generated/graphql';
import { texts } from '../languages';
import type { FieldError, Policy, RegisterAnswer } from '../server/answers';
import { outdated, refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import { onThisClock } from '../server/time';
import { draft } from '../state/draft';
import type { PendingVerification } from '../state/pending';
import { paths } from '../state/route';

interface Props {
  policy: Policy;
  tenant: string | null;
  /** The address that waits for its confirmation in this tab already. */
  waitingAddress: string | null;
  onRegistered: (pending: PendingVerification) => void;
}

/** The form that a policy asks for. */
export function RegisterForm({ policy, tenant, waitingAddress, onRegistered }: Props) {
  const [, register] = useMutation(RegisterDocument);
  const [begun] = useState(draft.get);
  const passwordComesLater = policy.passwordAt === 'VERIFICATION';
  const form = useForm(async (typed) => {
    const email = typed('email').trim();
    const { data, error } = await register({
      input: {
        name: typed('name') || null,
        email,
        password: passwordComesLater ? null : typed('password'),
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
        const { verification, continuation } = answer;
        const { otpSeconds, linkSeconds, passwordMinLength, passwordMaxLength } = policy;
        const lengths = { least: passwordMinLength, most: passwordMaxLength };
        return onRegistered({
          id: verification.id,
          continuation,
          email,
          methods: verification.methods,
          otpSeconds: otpSeconds ?? null,
          linkSeconds: linkSeconds ?? null,
          sentAt: Date.now(),
          resendFrom: onThisClock(verification.resendAvailableAt),
          ...(passwordComesLater && { passwordLengths: lengths }),
        });
      }
      case 'InvalidInputError':
        if (answer.errors.some(isOfAnotherForm)) return form.refuse(outdated);
        return form.rejectFields(answer.errors);
      case 'RegisterDryRunSuccess':
        return; // this form asks for none
      case 'EmailAlreadyExistsError':
        return form.rejectField('email', wayOnFrom(email, waitingAddress));
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

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
      {!passwordComesLater && (
        <PasswordField
          form={form}
          autoComplete="new-password"
          hint={texts.passwordHint(policy.passwordMinLength, policy.passwordMaxLength)}
        />
      )}
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
  const { roles, defaultRole } = policy;
  const only = roles.length === 1 ? roles[0] : undefined;
  if (only && defaultRole) return null;
  const chosen = begun && roles.includes(begun) ? begun : (defaultRole ?? only);
  return (
    <Choice form={form} name="role" label={texts.role} options={roles} chosen={chosen} />
  );
}

/** Whether the policy has changed since this form was drawn: when the password is chosen. */
function isOfAnotherForm({ __typename }: FieldError): boolean {
  return __typename === 'PasswordRequiredError' || __typename === 'PasswordNotExpectedError';
}

/** Where a taken address leads: to its code, if it was registered in this tab just now. */
function wayOnFrom(email: string, waitingAddress: string | null): Problem {
  const isWaiting = email === waitingAddress;
  const { question, link } = isWaiting ? texts.codeAlreadyMailed : texts.addressTaken;
  const href = isWaiting ? paths.confirm : paths.login;
  return { message: question, wayOn: { label: link, href } };
}
