import '@connectx/react/styles.css';
import './club.css';

import { ConnectxProvider, type TextOverrides, type Way } from '@connectx/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { Club } from './Club';

const texts: TextOverrides = {
  en: {
    createAccount: 'Join the club',
    register: { label: 'Join' },
    hello: (name) => `Good to see you, ${name ?? 'reader'}`,
  },
};

function App() {
  const [way, setWay] = useState<Way>('signUp');
  return (
    <ConnectxProvider
      url={`${import.meta.env.VITE_CONNECTX_URL}/graphql`}
      transport="token"
      texts={texts}
      classNames={{ button: 'club-button', root: 'club-card' }}
      headingLevel={2}
      onWay={setWay}
    >
      <Club way={way} onWay={setWay} />
    </ConnectxProvider>
  );
}

createRoot(document.getElementById('club')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
