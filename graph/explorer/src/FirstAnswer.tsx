import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

/** Runs the open tab once, as soon as it can: a first visitor sees an answer before any click. */
export function FirstAnswer() {
  const { run } = useGraphiQLActions();
  const ready = useGraphiQL(({ schema, queryEditor, variableEditor, responseEditor }) =>
    Boolean(schema && queryEditor && variableEditor && responseEditor),
  );
  const ran = useRef(false);
  useEffect(() => {
    if (!ready || ran.current) return;
    ran.current = true;
    run();
  }, [ready, run]);
  return null;
}
