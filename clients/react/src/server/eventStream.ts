/** One event of a stream, as it stands in the stream. */
export interface StreamEvent {
  type: string;
  data: string;
}

/**
 * Follows a stream of server-sent events that begins with a POST, which `EventSource` cannot send.
 * Returns what stops it.
 */
export function follow(
  url: string,
  request: RequestInit,
  onNext: (result: unknown) => void,
  onEnd: () => void,
): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;

  const read = async () => {
    const response = await fetch(url, { ...request, signal });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!isStream || !response.body) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      const [events, unfinished] = eventsIn(rest + value);
      rest = unfinished;
      for (const event of events) {
        if (event.type === 'next' && !signal.aborted) onNext(JSON.parse(event.data));
      }
    }
  };

  // Whoever follows a stream does not care why it ends, and begins it anew.
  const end = () => {
    if (!signal.aborted) onEnd();
  };
  void read().then(end, end);
  return () => stopped.abort();
}

/** The whole events at the start of a stream, and what is left. */
export function eventsIn(stream: string): [StreamEvent[], string] {
  const blocks = stream.split(/\r?\n\r?\n/);
  const rest = blocks.pop() ?? '';
  return [blocks.map(eventOf).filter(({ data }) => data), rest];
}

function eventOf(block: string): StreamEvent {
  const lines = block.split(/\r?\n/);
  const valuesOf = (field: string) =>
    lines
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  return { type: valuesOf('event').at(-1) ?? 'message', data: valuesOf('data').join('\n') };
}
