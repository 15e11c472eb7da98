import { useEffect, useState } from 'react';

import { texts } from './languages';
import { AccountScreen } from './screens/account/AccountScreen';
import { ConfirmScreen } from './screens/ConfirmScreen';
import { ContinueScreen } from './screens/ContinueScreen';
import { LoginScreen } from './screens/LoginScreen';
import { ProductContext } from './screens/Product';
import { Recovery } from './screens/recovery/Recovery';
import { RegisterScreen } from './screens/RegisterScreen';
import { draft } from './state/draft';
import { usePendingVerification, waitingFor } from './state/pending';
import { usePolicy, useProduct } from './state/policy';
import { go, isShown, replace, useRoute } from './state/route';
import { session, useSession } from './state/session';

/** The screens and the ways between them. */
export function App() {
  const [policy, askAgain] = usePolicy();
  const product = useProduct(policy);
  return (
    <ProductContext value={product}>
      <CurrentScreen policy={policy} askAgain={askAgain} />
    </ProductContext>
  );
}

function CurrentScreen({ policy, askAgain }: {
  policy: ReturnType<typeof usePolicy>[0];
  askAgain: () => void;
}) {
  const asked = useRoute();
  const { loggedIn } = useSession();
  const [pending, setPending] = usePendingVerification();
  const [news, setNews] = useState('');
  // Whoever is logged in has no use for the other screens, also not by the browser's Back.
  const route = loggedIn ? 'account' : (asked ?? 'register');

  // At the start, and whenever somebody comes back: they may have logged in in another tab.
  useEffect(() => {
    const ask = () => void session.ask();
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, []);

  useEffect(() => {
    if (loggedIn && asked !== 'account') replace('account');
  }, [loggedIn, asked]);

  // News are for the screen that they lead to.
  useEffect(() => {
    if (route !== 'login') setNews('');
  }, [route]);

  const askToLogIn = (why: string) => {
    setNews(why);
    go('login');
  };

  const askToLogInAfterConfirming = () => {
    setPending(null);
    // Whoever went back to a form while the answer was on its way stays there.
    if (!isShown('confirm')) return;
    if (pending) draft.keep('email', pending.email);
    askToLogIn(texts.confirmed);
  };

  const forgetRegistration = () => {
    draft.forget();
    setPending(null);
  };

  if (loggedIn) return <AccountScreen onLoggedOut={askToLogIn} />;
  if (route === 'confirm' && pending?.continuation && pending.confirmed) {
    return (
      <ContinueScreen
        continuation={pending.continuation}
        onLoggedIn={forgetRegistration}
        onRefused={askToLogInAfterConfirming}
      />
    );
  }
  if (route === 'confirm' && pending) {
    return (
      <ConfirmScreen
        pending={pending}
        onResent={(resendFrom) => setPending({ ...pending, resendFrom, sentAt: Date.now() })}
        onConfirmed={() => {
          if (session.get().loggedIn) return; // the stream told it before the answer, and led on to the account
          if (pending.continuation) return setPending({ ...pending, confirmed: true });
          askToLogInAfterConfirming();
        }}
      />
    );
  }
  if (route === 'register') {
    return (
      <RegisterScreen
        policy={policy}
        askAgain={askAgain}
        waitingAddress={pending?.email ?? null}
        onRegistered={(verification) => {
          setPending(verification);
          go('confirm');
        }}
      />
    );
  }
  if (route === 'forgot' || route === 'reset') {
    return (
      <Recovery
        step={route}
        policy={policy.data?.registrationPolicy ?? null}
        onReset={() => askToLogIn(texts.passwordReset)}
      />
    );
  }
  return (
    <LoginScreen
      news={news}
      onSend={() => setNews('')}
      onUnverified={(address, methods) => setPending(waitingFor(address, methods, pending))}
      onLoggedIn={forgetRegistration}
    />
  );
}
