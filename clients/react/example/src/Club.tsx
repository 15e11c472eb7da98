import {
  Account,
  ResetPassword,
  SignUp,
  useSession,
  VerifyEmail,
  type Way,
} from '@connectx/react';

import { OwnSignIn } from './OwnSignIn';

/** A page of its own design, with the components in it. */
export function Club({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const { loggedIn } = useSession();
  return (
    <>
      <header>
        <h1>The reading club</h1>
      </header>
      <main>
        {loggedIn ? (
          <Account onSignedOut={() => onWay('signIn')} />
        ) : (
          <Entrance way={way} onWay={onWay} />
        )}
      </main>
    </>
  );
}

function Entrance({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  switch (way) {
    case 'signUp':
      return <SignUp onSuccess={() => onWay('verifyEmail')} />;
    case 'verifyEmail':
      return <VerifyEmail onVerified={() => onWay('signIn')} />;
    case 'signIn':
      return <OwnSignIn />;
    case 'resetPassword':
      return <ResetPassword onSuccess={() => onWay('signIn')} />;
  }
}
