import { useState } from 'react';

/**
 * A value that outlasts a reload of this tab, and how to change it. Null takes it away.
 *
 * Kept in sessionStorage: people leave for their mail app, and phones discard tabs meanwhile.
 */
export function useStored<Value>(key: string) {
  const [value, setValue] = useState<Value | null>(() =>
    JSON.parse(sessionStorage.getItem(key) ?? 'null'),
  );
  const keep = (next: Value | null) => {
    if (next) sessionStorage.setItem(key, JSON.stringify(next));
    else sessionStorage.removeItem(key);
    setValue(next);
  };
  return [value, keep] as const;
}
