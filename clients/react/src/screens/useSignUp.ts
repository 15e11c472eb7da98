import { type Form, type Problem, useForm } from '../form/useForm.js';
import { RegisterDocument } from '../generated/graphql.js';
import type { Texts } from '../languages/texts.js';
import { useConnectx } from '../provider/context.js';
import type { FieldError, Policy, RegisterAnswer } from '../server/answers.js';
import { lengthsOf, type PendingVerification, usePendingVerification } from '../state/pending.js';

/**
 * The form of a registration under a policy. Its fields are `name`, `email`, `password`, `role` and
 * `invitedBy`, each as far as the policy asks for it.
 */
export function useSignUp({ policy, onSuccess }: {
  policy: Policy;
  /** The mail is on its way. What this tab waits for is kept for `VerifyEmail`. */
  onSuccess?: ((pending: PendingVerification) => void) | undefined;
}): { form: Form; passwordComesLater: boolean } {
  const { server, tenant, words: { texts } } = useConnectx();
  const [waiting, setPending] = usePendingVerification();
  const passwordComesLater = policy.passwordAt === 'VERIFICATION';

  const form = useForm(async (typed) => {
    const email = typed('email').trim();
    const { data, error } = await server.ask(RegisterDocument, {
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
    else form.treatFailure(error);
  });

  const treat = (answer: RegisterAnswer, email: string) => {
    switch (answer.__typename) {
      case 'RegisterSuccess':
      // The same for a new and for a taken address, as the policy wants it: nothing more is told.
      case 'RegistrationPending': {
        const { verification, continuation, didYouMean } = answer;
        const pending: PendingVerification = {
          id: verification.id,
          continuation,
          email,
          didYouMean,
          methods: verification.methods,
          otpSeconds: policy.otpSeconds ?? null,
          linkSeconds: policy.linkSeconds ?? null,
          sentAt: Date.now(),
          resendFrom: server.onThisClock(verification.resendAvailableAt),
          ...(passwordComesLater && { passwordLengths: lengthsOf(policy) }),
        };
        setPending(pending);
        return onSuccess?.(pending);
      }
      case 'InvalidInputError':
        if (answer.errors.some(isOfAnotherForm)) {
          return form.refuse({ kind: 'plain', message: texts.outdated });
        }
        return form.treatShared(answer);
      case 'RegisterDryRunSuccess':
        return; // this form asks for none
      case 'EmailAlreadyExistsError':
        return form.rejectField('email', wayOnFrom(email === waiting?.email, texts));
      default:
        return form.treatShared(answer);
    }
  };

  return { form, passwordComesLater };
}

/** Whether the policy has changed since this form was drawn: when the password is chosen. */
function isOfAnotherForm({ __typename }: FieldError): boolean {
  return __typename === 'PasswordRequiredError' || __typename === 'PasswordNotExpectedError';
}

/** Where a taken address leads: to its code, if it was registered in this tab just now. */
function wayOnFrom(isWaiting: boolean, texts: Texts): Problem {
  const { question, link } = isWaiting ? texts.codeAlreadyMailed : texts.addressTaken;
  return { message: question, wayOn: { label: link, to: isWaiting ? 'verifyEmail' : 'signIn' } };
}
