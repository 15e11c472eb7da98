import { createContext, useContext } from 'react';

/** To be called where the server says that nobody is logged in any more. */
export const SessionEndedContext = createContext<() => void>(() => {});

export function useSessionEnded(): () => void {
  return useContext(SessionEndedContext);
}
