import { useMemo, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** Changes a value that outlasts a reload of this tab. Null takes it away. */
export function store(key: string, value: object | null): void {
  if (value) sessionStorage.setItem(key, JSON.stringify(value));
  else sessionStorage.removeItem(key);
  listeners.forEach((changed) => changed());
}

/**
 * A value that outlasts a reload of this tab, and how to change it.
 *
 * Kept in sessionStorage: people leave for their mail app, and phones discard tabs meanwhile.
 */
export function useStored<Value extends object>(key: string) {
  const kept = useSyncExternalStore(subscribe, () => sessionStorage.getItem(key));
  const value = useMemo(() => JSON.parse(kept ?? 'null') as Value | null, [kept]);
  return [value, (next: Value | null) => store(key, next)] as const;
}

function subscribe(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
