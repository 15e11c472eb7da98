import { RefusalNotice } from '../../../form/RefusalNotice.js';
import { SendButton } from '../../../form/SendButton.js';
import { useClasses, useWords } from '../../../provider/context.js';
import { useCancelEmail } from './useCancelEmail.js';

export function CancelChange(props: Parameters<typeof useCancelEmail>[0]) {
  const { texts } = useWords();
  const classes = useClasses();
  const { send, busy, refusal } = useCancelEmail(props);
  return (
    <div className={classes('below')}>
      <RefusalNotice refusal={refusal} />
      <SendButton action={texts.cancelChange} busy={busy} second onClick={send} />
    </div>
  );
}
