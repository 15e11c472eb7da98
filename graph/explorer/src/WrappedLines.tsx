import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';

/** Wraps long lines of the operation, as GraphiQL does in the answer. */
export function WrappedLines() {
  const editor = useGraphiQL(({ queryEditor }) => queryEditor);
  useEffect(() => editor?.updateOptions({ wordWrap: 'on' }), [editor]);
  return null;
}
