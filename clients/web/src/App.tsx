import {
  Account,
  ResetPassword,
  SignIn,
  SignUp,
  usePendingVerification,
  useSession,
  useWords,
  VerifyEmail,
} from '@connectx/react';
import { useEffect, useState } from 'react';

import { go, isShown, replace, useRoute } from './route';
import { Shell } from './Shell';

/** The screens and the ways between them. */
export function App() {
  const { language } = useWords();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <Shell>
      <CurrentScreen />
    </Shell>
  );
}

function CurrentScreen() {
  const asked = useRoute();
  const { loggedIn, ask } = useSession();
  const { texts } = useWords();
  const [pending] = usePendingVerification();
  const [news, setNews] = useState('');
  // Whoever is logged in has no use for the other screens, also not by the browser's Back.
  const route = loggedIn ? 'account' : (asked ?? 'register');

  // At the start, and whenever somebody comes back: they may have logged in in another tab.
  useEffect(() => {
    const askNow = () => void ask();
    askNow();
    document.addEventListener('visibilitychange', askNow);
    return () => document.removeEventListener('visibilitychange', askNow);
  }, [ask]);

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

  if (loggedIn) return <Account onSignedOut={askToLogIn} />;
  switch (route) {
    case 'register':
      return <SignUp onSuccess={() => go('confirm')} />;
    case 'forgot':
    case 'reset':
      return (
        <ResetPassword
          step={route === 'forgot' ? 'request' : 'code'}
          onStep={(step) => go(step === 'code' ? 'reset' : 'forgot')}
          onSuccess={() => askToLogIn(texts.passwordReset)}
        />
      );
    case 'confirm':
      if (!pending) break; // nothing waits for a code: the login is the likeliest
      return (
        <VerifyEmail
          onVerified={() => {
            // Whoever went back to a form while the answer was on its way stays there.
            if (isShown('confirm')) askToLogIn(texts.confirmed);
          }}
        />
      );
    case 'login':
    case 'account':
      break;
  }
  return <SignIn news={news} onSend={() => setNews('')} />;
}
