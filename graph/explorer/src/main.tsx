import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { mendAccessibility } from './accessibility';
import { fetcher } from './fetcher';
import { FirstAnswer } from './FirstAnswer';
import { mailbox } from './mailbox';
import { isFirstVisit, openingTab, storage } from './storage';
import { tour } from './tour';
import { WrappedLines } from './WrappedLines';

const firstVisit = isFirstVisit();
const opening = openingTab();

mendAccessibility(document.body);

createRoot(document.getElementById('explorer')!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[HISTORY_PLUGIN, explorerPlugin()]}
    schemaDescription
    storage={storage}
    defaultTabs={tour}
    initialQuery={opening.query ?? ''}
    initialVariables={opening.variables ?? ''}
    initialHeaders={opening.headers ?? ''}
    defaultEditorToolsVisibility
  >
    <GraphiQL.Logo>
      connectx
      {firstVisit && <FirstAnswer />}
      <WrappedLines />
    </GraphiQL.Logo>
    {mailbox && (
      <GraphiQL.Footer>
        <p className="mails">
          Mails arrive in the{' '}
          <a href={mailbox} target="mailbox">
            mailbox
          </a>
          .
        </p>
      </GraphiQL.Footer>
    )}
  </GraphiQL>,
);
