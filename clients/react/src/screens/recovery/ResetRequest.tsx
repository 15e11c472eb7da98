import { useState } from 'react';

import { Field } from '../../form/Field.js';
import { FormView } from '../../form/FormView.js';
import { useWords } from '../../provider/context.js';
import { useDraft } from '../../state/draft.js';
import { Elsewhere } from '../Elsewhere.js';
import { Screen } from '../Screen.js';
import { useResetRequest } from './useResetRequest.js';

/** Asks whose password it is. What follows is the same for every address. */
export function ResetRequest(props: Parameters<typeof useResetRequest>[0]) {
  const { texts } = useWords();
  const draft = useDraft();
  const [begun] = useState(draft.get);
  const { form } = useResetRequest(props);
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
      <Elsewhere asked={texts.rememberedPassword} to="signIn" />
    </Screen>
  );
}
