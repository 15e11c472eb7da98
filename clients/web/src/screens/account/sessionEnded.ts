import { createContext, useContext } from 'react';

/** Leads back to the login, where it is said that the session has ended. */
export const SessionEndedContext = createContext<() => void>(() => {});

export function useSessionEnded(): () => void {
  return useContext(SessionEndedContext);
}
