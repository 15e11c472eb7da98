import type { Paths } from '@connectx/react';
import { useSyncExternalStore } from 'react';

/** The screens, by what stands in the address behind `#`. The part before it stays as it is. */
const routes = {
  register: '#/register',
  confirm: '#/confirm',
  login: '#/login',
  forgot: '#/forgot',
  reset: '#/reset',
  account: '#/account',
} as const;

/** Where the components' links lead. */
export const PATHS: Paths = {
  signUp: routes.register,
  verifyEmail: routes.confirm,
  signIn: routes.login,
  resetPassword: routes.forgot,
};

export type Route = keyof typeof routes;

/** The screen that the address names; null where it names none. */
export function useRoute(): Route | null {
  return useSyncExternalStore(subscribe, current);
}

/** Whether the address names this screen by now. A component that has waited may be gone. */
export function isShown(route: Route): boolean {
  return current() === route;
}

/** Shows another screen, as a new step in the browser's history. */
export function go(route: Route): void {
  location.hash = routes[route];
}

/** Shows another screen in place of this one: the browser's Back does not lead here again. */
export function replace(route: Route): void {
  location.replace(routes[route]);
}

/** The tenant that people register with: `?tenant=<its id>` in the address. */
export function tenantInAddress(): string | null {
  return new URLSearchParams(location.search).get('tenant') || null;
}

function subscribe(changed: () => void) {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function current(): Route | null {
  const names = Object.keys(routes) as Route[];
  return names.find((name) => routes[name] === location.hash) ?? null;
}
