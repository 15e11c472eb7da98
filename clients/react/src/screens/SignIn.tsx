import { useState } from 'react';

import { Field } from '../form/Field.js';
import { FormView } from '../form/FormView.js';
import { PasswordField } from '../form/PasswordField.js';
import { useClasses, useConnectx, useWords } from '../provider/context.js';
import { WayLink } from '../provider/WayLink.js';
import { useDraft } from '../state/draft.js';
import { Elsewhere } from './Elsewhere.js';
import { Screen } from './Screen.js';
import { useSignIn } from './useSignIn.js';

/** Logs a person in. */
export function SignIn({ news = '', onSend, onSuccess }: {
  /** What led here, such as the end of a session. */
  news?: string;
  /** What was typed is on its way: the news are old. */
  onSend?: () => void;
  /** The person is logged in. */
  onSuccess?: () => void;
}) {
  const { texts } = useWords();
  const { paths } = useConnectx();
  const classes = useClasses();
  const draft = useDraft();
  const [begun] = useState(draft.get);
  const { form } = useSignIn({ onSend, onSuccess });
  return (
    <Screen title={texts.logIn.label}>
      {news && <p className={classes('news')} role="status">{news}</p>}
      <FormView form={form} send={texts.logIn}>
        <Field
          form={form}
          name="email"
          label={texts.email}
          type="email"
          autoComplete="username"
          defaultValue={begun.email}
          required
        />
        <PasswordField form={form} autoComplete="current-password" />
      </FormView>
      {paths.resetPassword !== null && (
        <p className={classes('elsewhere')}>
          <WayLink to="resetPassword">{texts.forgotPassword}</WayLink>
        </p>
      )}
      <Elsewhere asked={texts.notRegistered} to="signUp" />
    </Screen>
  );
}
