import { CodeField } from '../../../form/CodeField.js';
import { FormView } from '../../../form/FormView.js';
import { useWords } from '../../../provider/context.js';
import { type ConfirmEmailOutcomes, useConfirmEmail } from './useConfirmEmail.js';

/** Takes the code from the mail to the new address, and sends it at its last digit. */
export function ConfirmEmailForm(outcomes: ConfirmEmailOutcomes) {
  const { texts } = useWords();
  const { form } = useConfirmEmail(outcomes);
  return (
    <FormView form={form} send={texts.confirm}>
      <CodeField form={form} sendsForm />
    </FormView>
  );
}
