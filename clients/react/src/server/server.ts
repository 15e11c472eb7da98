import type { LoginTransport, TypedDocumentString } from '../generated/graphql.js';
import { follow } from './eventStream.js';

/** Where a page keeps its session: in a cookie that no script reads, or as a token in memory. */
export type Transport = 'cookie' | 'token';

/** Why there is no answer, or only a part of one. */
export interface Failure {
  /** Whether the server was not reached. */
  unreachable: boolean;
  /** What the first error of the answer says to programs. */
  extensions: Readonly<Record<string, unknown>>;
}

export interface Answer<Result> {
  data?: Result;
  error?: Failure;
}

/** Hears of the events of a subscription. Nothing is said after it was stopped. */
export interface Listener<Result> {
  onEvent: (data: Result) => void;
  /** The stream is over, or broken. */
  onEnd: () => void;
}

const UNREACHABLE: Failure = { unreachable: true, extensions: {} };

/**
 * Sends documents to one server, always by POST: what is in a URL ends up in logs, and the server
 * takes the cookie only with a POST. No cache: who is logged in must not be an old answer.
 */
export class Server {
  readonly transport: Transport;
  /** The session of this page where it is a token. A reload of the page ends it. */
  token: string | null = null;
  readonly #url: string;
  /** Milliseconds by which the server's clock is ahead of this device's. */
  #ahead = 0;

  constructor(url: string, transport: Transport) {
    this.#url = url;
    this.transport = transport;
  }

  /** The same for a login. */
  get loginTransport(): LoginTransport {
    return this.transport === 'cookie' ? 'COOKIE' : 'TOKEN';
  }

  async ask<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Answer<Result>> {
    try {
      const accept = 'application/graphql-response+json, application/json';
      const response = await fetch(this.#url, this.#request(document, variables, accept));
      this.#compareClocks(response);
      return answerOf(await response.json());
    } catch {
      return { error: UNREACHABLE };
    }
  }

  /** Follows a subscription by server-sent events. Returns what stops it. */
  subscribe<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    { onEvent, onEnd }: Listener<Result>,
  ): () => void {
    const request = this.#request(document, variables, 'text/event-stream');
    const hear = (result: unknown) => {
      const { data } = answerOf<Result>(result);
      if (data) onEvent(data);
    };
    return follow(this.#url, request, hear, onEnd);
  }

  /** When a moment of the server's comes on this device's clock, which may be hours off. */
  onThisClock(serverTime: string): number {
    return Date.parse(serverTime) - this.#ahead;
  }

  #request(document: { toString(): string }, variables: unknown, accept: string): RequestInit {
    const headers: Record<string, string> = { accept, 'content-type': 'application/json' };
    if (this.token !== null) headers.authorization = `Bearer ${this.token}`;
    return {
      method: 'POST',
      headers,
      // A server refuses a token beside the cookie of another session.
      credentials: this.transport === 'cookie' ? 'include' : 'omit',
      body: JSON.stringify({ query: document.toString(), variables }),
    };
  }

  #compareClocks(response: Response): void {
    const difference = Date.parse(response.headers.get('date') ?? '') - Date.now();
    // The header counts whole seconds and has been on its way: a small difference says nothing.
    this.#ahead = Math.abs(difference) > 2000 ? difference : 0;
  }
}

interface Body<Result> {
  data?: Result | null;
  errors?: { extensions?: Record<string, unknown> }[];
}

function answerOf<Result>(body: unknown): Answer<Result> {
  const { data, errors } = body as Body<Result>;
  if (!data && !errors) return { error: UNREACHABLE }; // what answered is another server
  return {
    ...(data && { data }),
    ...(errors && { error: { unreachable: false, extensions: errors[0]?.extensions ?? {} } }),
  };
}
