import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { fetcher } from './fetcher';
import { openingTab, storage } from './storage';
import { tour } from './tour';

const opening = openingTab();

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
    <GraphiQL.Logo>connectx</GraphiQL.Logo>
  </GraphiQL>,
);
