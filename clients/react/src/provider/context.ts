import { createContext, useContext } from 'react';

import type { Words } from '../languages/words.js';
import type { Server } from '../server/server.js';
import type { Policies } from '../state/policy.js';
import type { Session } from '../state/session.js';
import { type ClassNames, classesOf, type Part } from './parts.js';
import type { Paths, Way } from './ways.js';

/** What all components of one provider share. */
export interface Connectx {
  server: Server;
  session: Session;
  policies: Policies;
  words: Words;
  /** The tenant that people register with; null is the server's own product. */
  tenant: string | null;
  paths: Paths;
  onWay: ((way: Way) => void) | undefined;
  classNames: ClassNames;
  /** Whether a component's title becomes that of the tab. */
  titlesTab: boolean;
  /** The level of a component's title. */
  headingLevel: 1 | 2 | 3;
}

export const ConnectxContext = createContext<Connectx | null>(null);

export function useConnectx(): Connectx {
  const shared = useContext(ConnectxContext);
  if (!shared) throw new Error('Put this component into a <ConnectxProvider>.');
  return shared;
}

/** The texts of the person's language, and times and lists as people write them there. */
export function useWords(): Words {
  return useConnectx().words;
}

/** Gives an element the classes of its parts. */
export function useClasses(): (...parts: (Part | false | undefined)[]) => string {
  const { classNames } = useConnectx();
  return (...parts) => classesOf(classNames, parts);
}
