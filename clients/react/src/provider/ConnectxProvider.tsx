import { type ReactNode, useMemo } from 'react';

import type { TextOverrides } from '../languages/catalogues.js';
import { wordsFor } from '../languages/words.js';
import { Server, type Transport } from '../server/server.js';
import { createPolicies } from '../state/policy.js';
import { createSession } from '../state/session.js';
import { ConnectxContext } from './context.js';
import type { ClassNames } from './parts.js';
import { type Paths, PATHS, type Way } from './ways.js';

export interface ConnectxProviderProps {
  /** The address of the GraphQL API, such as `https://accounts.example.com/graphql`. */
  url: string;
  /** Where the session is kept: `cookie`, which no script can read, or `token`, in memory. */
  transport?: Transport;
  /** The id of the tenant that people register with. */
  tenant?: string | null;
  /** A language tag such as `de-AT`. Without it, the first of the browser's that has texts. */
  language?: string | undefined;
  /** Texts in place of the package's own ones, by language. */
  texts?: TextOverrides;
  /** Classes besides `connectx-<part>`, by part. */
  classNames?: ClassNames;
  /** The addresses that links between the components lead to; null leaves a link out. */
  paths?: Partial<Paths>;
  /** Called in place of a link's address. */
  onWay?: (way: Way) => void;
  /** Whether a component's title becomes that of the tab. */
  titlesTab?: boolean;
  headingLevel?: 1 | 2 | 3;
  /** Whether somebody is logged in until the server says otherwise, as after a reload. */
  startsSignedIn?: boolean;
  children: ReactNode;
}

/** Tells all components below it which server to ask, and how to speak and look. */
export function ConnectxProvider({
  url,
  transport = 'cookie',
  tenant = null,
  language,
  texts,
  classNames = {},
  paths,
  onWay,
  titlesTab = true,
  headingLevel = 1,
  startsSignedIn = false,
  children,
}: ConnectxProviderProps) {
  const server = useMemo(() => new Server(url, transport), [url, transport]);
  const session = useMemo(() => createSession(server, startsSignedIn), [server]);
  const policies = useMemo(() => createPolicies(server), [server]);
  const words = useMemo(() => wordsFor(language, texts), [language, texts]);
  const shared = {
    server,
    session,
    policies,
    words,
    tenant,
    paths: { ...PATHS, ...paths },
    onWay,
    classNames,
    titlesTab,
    headingLevel,
  };
  return <ConnectxContext value={shared}>{children}</ConnectxContext>;
}
