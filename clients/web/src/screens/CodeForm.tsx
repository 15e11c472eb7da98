import { type FormEvent, useRef } from 'react';
import { useMutation } from 'urql';

import { Field } from '../form/Field';
import { FormView } from '../form/FormView';
import { useForm } from '../form/useForm';
import { VerifyEmailDocument } from '../generated/graphql';
import { texts } from '../languages';
import type { VerifyAnswer } from '../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';

/** Takes the code from the mail, and sends it at its last digit. */
export function CodeForm({ email, onNeedsAnother, onConfirmed }: {
  email: string;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onConfirmed: () => void;
}) {
  const [, verify] = useMutation(VerifyEmailDocument);
  const sent = useRef('');
  const form = useForm(async (typed) => {
    const otp = typed('otp');
    if (!canBeCode(otp)) return form.rejectField('otp', { message: texts.codeFormat });
    const { data, error } = await verify({ input: { email, otp } });
    if (data) treat(data.verifyEmail);
    else form.refuse(withoutAnswer(error));
  });

  const sendWhole = ({ currentTarget: { value, form: element } }: FormEvent<HTMLInputElement>) => {
    // Not the same code again: each wrong one costs an attempt.
    if (!canBeCode(value) || value === sent.current) return;
    sent.current = value;
    element?.requestSubmit();
  };

  const treat = (answer: VerifyAnswer) => {
    switch (answer.__typename) {
      case 'VerifyEmailSuccess':
        return onConfirmed();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'InvalidOtpError':
        if (answer.attemptsRemaining === 0) return onNeedsAnother(texts.tooManyCodes);
        return form.rejectField('otp', { message: texts.wrongCode(answer.attemptsRemaining) });
      case 'ExpiredOtpError':
        return onNeedsAnother(texts.codeExpired);
      case 'TooManyAttemptsError':
        return onNeedsAnother(texts.tooManyCodes);
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return (
    <FormView form={form} send={texts.confirm}>
      {/* No maxLength, which would cut off a code that is pasted with spaces. */}
      <Field
        form={form}
        name="otp"
        label={texts.code}
        className="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        onInput={sendWhole}
        required
      />
    </FormView>
  );
}

/** Whether it has six digits. As on the server, spaces, dashes and width do not matter. */
function canBeCode(typed: string): boolean {
  return /^[0-9]{6}$/.test(typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, ''));
}
