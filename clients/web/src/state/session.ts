import { useSyncExternalStore } from 'react';

const KEY = 'connectx:access-token';
const listeners = new Set<() => void>();

/**
 * The access token of whoever is logged in in this tab.
 *
 * In sessionStorage: it survives a reload and ends with the tab. localStorage would leave it on a
 * shared computer for days, and a variable would log people out whenever their phone discards the
 * tab. A script in this page could read it in any of the three; the page's
 * Content-Security-Policy, which runs no script but the app's own, stands against that.
 */
export const token = {
  get: () => sessionStorage.getItem(KEY),
  keep: (accessToken: string) => {
    sessionStorage.setItem(KEY, accessToken);
    listeners.forEach((changed) => changed());
  },
  forget: () => {
    sessionStorage.removeItem(KEY);
    listeners.forEach((changed) => changed());
  },
};

/** The same for a component, which is drawn anew when somebody logs in or out. */
export function useToken(): string | null {
  return useSyncExternalStore(subscribe, token.get);
}

function subscribe(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
