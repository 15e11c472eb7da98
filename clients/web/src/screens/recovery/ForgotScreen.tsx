import { useState } from 'react';

import { Field } from '../../form/Field';
import { FormView } from '../../form/FormView';
import { useForm } from '../../form/useForm';
import { texts } from '../../languages';
import { useResetMail } from '../../server/mails';
import { draft } from '../../state/draft';
import type { PendingReset } from '../../state/reset';
import { paths } from '../../state/route';
import { Elsewhere } from '../Elsewhere';
import { Screen } from '../Screen';

/** Asks whose password it is. What follows is the same for every address. */
export function ForgotScreen({ pending, onRequested }: {
  pending: PendingReset | null;
  onRequested: (reset: PendingReset) => void;
}) {
  const askForMail = useResetMail();
  const [begun] = useState(draft.get);
  const form = useForm(async (typed) => {
    const email = typed('email').trim();
    // Whoever came back to this screen has a mail that is too new for another one.
    if (pending?.email === email && Date.now() < pending.resendFrom) return onRequested(pending);
    const asked = await askForMail(email);
    if ('refusal' in asked) return form.refuse(asked.refusal);
    if ('errors' in asked) return form.rejectFields(asked.errors);
    onRequested({ email, sentAt: Date.now(), resendFrom: asked.resendFrom });
  });

  return (
    <Screen title={texts.forgotPassword}>
      <p>{texts.forgotPasswordHelp}</p>
      <FormView form={form} send={texts.sendCode}>
        <Field
          form={form}
          name="email"
          label={texts.email}
          type="email"
          autoComplete="username"
          defaultValue={begun.email}
          required
        />
      </FormView>
      <Elsewhere asked={texts.rememberedPassword} href={paths.login} />
    </Screen>
  );
}
