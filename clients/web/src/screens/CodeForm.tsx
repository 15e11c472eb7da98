import { useState } from 'react';
import { useMutation } from 'urql';

import { CodeField } from '../form/CodeField';
import { canBeCode, refuseCode } from '../form/code';
import { fieldsOf } from '../form/fields';
import { FirstPasswordField } from '../form/FirstPasswordField';
import { FormView } from '../form/FormView';
import { UsernameForManagers } from '../form/UsernameForManagers';
import { useForm } from '../form/useForm';
import { VerifyEmailDocument } from '../generated/graphql';
import { texts } from '../languages';
import type { InvalidInputError, VerifyAnswer } from '../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import type { PasswordLengths } from '../state/pending';

interface Props {
  email: string;
  /** Whether the password is chosen with the code. */
  takesPassword: boolean;
  passwordLengths: PasswordLengths | undefined;
  /** The server says that a password is chosen here, or that none is. */
  onTakesPassword: (takesPassword: boolean) => void;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onConfirmed: () => void;
}

/**
 * Takes the code from the mail, and the first password of an account that has none. Where only the
 * code is asked for, it is sent at its last digit.
 */
export function CodeForm(props: Props) {
  const { email, takesPassword, passwordLengths, onTakesPassword } = props;
  const [, verify] = useMutation(VerifyEmailDocument);
  const [tookPasswordAtFirst] = useState(takesPassword);
  const form = useForm(async (typed) => {
    const otp = typed('otp');
    const password = takesPassword ? typed('password') : null;
    // A wrong code costs an attempt, also beside a password that is missing.
    if (!canBeCode(otp) || password === '') {
      return form.reject({
        ...(!canBeCode(otp) && { otp: { message: texts.codeFormat } }),
        ...(password === '' && { password: { message: texts.enterPassword } }),
      });
    }
    const { data, error } = await verify({ input: { email, otp, password } });
    if (data) treat(data.verifyEmail);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: VerifyAnswer) => {
    switch (answer.__typename) {
      case 'VerifyEmailSuccess':
        return props.onConfirmed();
      case 'InvalidInputError':
        return treatInvalid(answer);
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, props.onNeedsAnother);
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  const treatInvalid = ({ errors }: InvalidInputError) => {
    const kinds = errors.map(({ __typename }) => __typename);
    if (kinds.includes('PasswordRequiredError')) return onTakesPassword(true);
    if (!kinds.includes('PasswordNotExpectedError')) return form.rejectFields(errors);
    onTakesPassword(false);
    // The password's field, which may have the focus, goes.
    fieldsOf(form.element.current).find(({ name }) => name === 'otp')?.focus();
    form.refuse({ kind: 'plain', message: texts.hasPassword });
  };

  return (
    <FormView form={form} send={texts.confirm}>
      {takesPassword && <UsernameForManagers email={email} />}
      <CodeField form={form} sendsForm={!takesPassword} />
      {takesPassword && (
        <FirstPasswordField
          form={form}
          lengths={passwordLengths}
          // A field that appears after an answer is the one to go on with.
          autoFocus={!tookPasswordAtFirst}
        />
      )}
    </FormView>
  );
}
