import 'look/pages.css';
import './app.css';
import './form.css';
import './account.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';

import { App } from './App';
import { language } from './languages';
import { client } from './server/client';

document.documentElement.lang = language;

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Provider value={client}>
      <App />
    </Provider>
  </StrictMode>,
);
