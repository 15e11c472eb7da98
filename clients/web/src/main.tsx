import 'look/pages.css';
import '@connectx/react/styles.css';
import './app.css';

import { ConnectxProvider } from '@connectx/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './App';
import { isShown, PATHS, tenantInAddress } from './route';

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <ConnectxProvider
      // The server that this page came from.
      url={new URL('graphql', document.baseURI).href}
      tenant={tenantInAddress()}
      paths={PATHS}
      // On the account screen, which asks by itself, somebody was logged in when it was left.
      startsSignedIn={isShown('account')}
    >
      <App />
    </ConnectxProvider>
  </StrictMode>,
);
