import { useEffect, useState } from 'react';

import { AccountScreen } from './screens/AccountScreen';
import { ConfirmScreen } from './screens/ConfirmScreen';
import { LoginScreen } from './screens/LoginScreen';
import { RegisterScreen } from './screens/RegisterScreen';
import { usePendingVerification, waitingFor } from './state/pending';
import { go, useRoute } from './state/route';
import { token } from './state/session';

/** The screens and the ways between them. */
export function App() {
  const route = useRoute() ?? (token.get() ? 'account' : 'register');
  const [pending, setPending] = usePendingVerification();
  const [email, setEmail] = useState(pending?.email ?? '');
  const [news, setNews] = useState('');

  // News are for the screen that they lead to.
  useEffect(() => {
    if (route !== 'login') setNews('');
  }, [route]);

  const askToLogIn = (why: string) => {
    setNews(why);
    go('login');
  };

  if (route === 'account' && token.get()) {
    return <AccountScreen onLoggedOut={askToLogIn} />;
  }
  if (route === 'confirm' && pending) {
    return (
      <ConfirmScreen
        pending={pending}
        onResent={(resendFrom) => setPending({ ...pending, resendFrom })}
        onConfirmed={(name) => {
          setPending(null);
          askToLogIn(`Thank you${name ? `, ${name}` : ''}. Your address is confirmed.`);
        }}
      />
    );
  }
  if (route === 'register') {
    return (
      <RegisterScreen
        onEmail={setEmail}
        onRegistered={(verification) => {
          setPending(verification);
          go('confirm');
        }}
      />
    );
  }
  return (
    <LoginScreen
      email={email}
      news={news}
      onEmail={setEmail}
      onUnverified={(address) => setPending(waitingFor(address, pending))}
      onLoggedIn={() => {
        setPending(null);
        go('account');
      }}
    />
  );
}
