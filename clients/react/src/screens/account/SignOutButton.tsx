import { RefusalNotice } from '../../form/RefusalNotice.js';
import { SendButton } from '../../form/SendButton.js';
import { useWords } from '../../provider/context.js';
import { useSignOut } from './useSignOut.js';

export function SignOutButton(props: Parameters<typeof useSignOut>[0]) {
  const { texts } = useWords();
  const { send, busy, refusal } = useSignOut(props);
  return (
    <>
      <RefusalNotice refusal={refusal} />
      <SendButton action={texts.logOut} busy={busy} second onClick={send} />
    </>
  );
}
