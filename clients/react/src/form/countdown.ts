import { useEffect, useReducer } from 'react';

/** Whole seconds until a moment on this device's clock, counted down to 0. */
export function useSecondsUntil(moment: number): number {
  const [, showNext] = useReducer((shown: number) => shown + 1, 0);
  const milliseconds = moment - Date.now();

  useEffect(() => {
    if (milliseconds <= 0) return;
    // At the next change of the second, not each second from now: none is left out or shown late.
    const timer = setTimeout(showNext, milliseconds % 1000 || 1000);
    return () => clearTimeout(timer);
  });

  return Math.max(0, Math.ceil(milliseconds / 1000));
}
