import { RefusalNotice } from '../form/RefusalNotice.js';
import { useClasses, useWords } from '../provider/context.js';
import { WayLink } from '../provider/WayLink.js';
import { Screen } from './Screen.js';
import { useContinueSignIn } from './useContinueSignIn.js';

/** Says that the login is on its way, or why it is not. */
export function ContinueSignIn(props: Parameters<typeof useContinueSignIn>[0]) {
  const { texts } = useWords();
  const classes = useClasses();
  const { refusal, tryAgain } = useContinueSignIn(props);
  if (!refusal) {
    return (
      <Screen title={texts.account}>
        <p role="status">{texts.logIn.sending}</p>
      </Screen>
    );
  }
  return (
    <Screen title={texts.account}>
      <RefusalNotice refusal={refusal} />
      <button type="button" className={classes('button')} onClick={tryAgain}>
        {texts.tryAgain}
      </button>
      <p className={classes('elsewhere')}>
        <WayLink to="signIn">{texts.logIn.label}</WayLink>
      </p>
    </Screen>
  );
}
