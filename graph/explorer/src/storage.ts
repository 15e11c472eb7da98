import type { TabsState } from '@graphiql/react';

import { authorization, tour, type Tab } from './tour';

// Other projects' GraphiQL may have been at this origin before (localhost:8000, say):
// its tabs are not shown here, nor changed.
const PREFIX = 'connectx:';
const TABS = 'graphiql:tabState';

const ownKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

/** The part of localStorage that belongs to this page. */
export const storage = {
  getItem: (key: string) => localStorage.getItem(PREFIX + key),
  setItem: (key: string, value: string) => localStorage.setItem(PREFIX + key, value),
  removeItem: (key: string) => localStorage.removeItem(PREFIX + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

/** Whether nobody has been here before. */
export const isFirstVisit = () => storage.getItem(TABS) === null;

/**
 * The tab that a visitor finds open: the one they left, or the first of the tour.
 *
 * GraphiQL restores tabs by itself, but not the open tab's variables as long as nobody has
 * edited them, and no headers, because they may hold an access token. The tab that asks for
 * one gets its placeholder back here.
 */
export function openingTab(): Tab {
  const stored = storedTabs();
  const open = stored?.tabs[stored.activeTabIndex];
  if (!stored || !open) return tour[0]!;

  for (const tab of stored.tabs) tab.headers = headersOf(tab);
  const headers = open.headers;
  open.headers = null; // as GraphiQL stored it, which is how it recognizes the open tab
  storage.setItem(TABS, JSON.stringify(stored));
  return { ...open, headers };
}

function storedTabs(): TabsState | null {
  try {
    return JSON.parse(storage.getItem(TABS) ?? 'null');
  } catch {
    return null; // GraphiQL starts anew as well when it cannot read them
  }
}

const headersOf = (tab: { title: string }) => (tab.title === 'Viewer' ? authorization : null);
