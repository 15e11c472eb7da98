import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Answer, Member, Mutation } from './scenario.ts';

export type Person = { name: string; email: string; password: string };

/** A line of `seed`: docs/moving-users.md has all fields. */
export type SeededPerson = Person & { verified: boolean; role?: string; tenant?: string };

type Places = { url: string; graphql: string; control: string; mails: string };

const PATIENCE = 10_000;
const INTERVAL = 50;

/** `connectx test-server`, and what its control API does: docs/test-server.md. */
export class TestServer {
  readonly #process: ChildProcess | undefined;
  readonly #places: Places;
  #people = 0;

  private constructor(places: Places, process?: ChildProcess) {
    this.#places = places;
    this.#process = process;
  }

  /** Starts one. The variable `CONNECTX` says where the command is, if it is not on the PATH. */
  static async start(...options: string[]): Promise<TestServer> {
    const command = process.env['CONNECTX'] ?? 'connectx';
    const started = spawn(command, ['test-server', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const failed = once(started, 'exit').then(([code]) => {
      throw new Error(`${command} test-server ended with ${code}`);
    });
    const lines = createInterface({ input: started.stdout });
    const [line] = await Promise.race([once(lines, 'line'), failed]);
    failed.catch(() => {}); // from now on, `stop` ends it
    return new TestServer(JSON.parse(line), started);
  }

  /** One that runs already, for example on a fixed port. */
  static at(url: string): TestServer {
    return new TestServer({
      url,
      graphql: `${url}/graphql`,
      control: `${url}/test`,
      mails: `${url}/mailbox/api/v1`,
    });
  }

  get url(): string {
    return this.#places.url;
  }

  async stop(): Promise<void> {
    if (this.#process?.exitCode === null) {
      this.#process.kill();
      await once(this.#process, 'exit');
    }
  }

  /** Removes everything. */
  async reset(): Promise<void> {
    await this.#control('reset');
  }

  /** Stores people. They log in with their passwords. */
  async seed(...people: SeededPerson[]): Promise<void> {
    await this.#control('seed', people.map((person) => JSON.stringify(person)).join('\n'));
  }

  /** Creates a tenant, and returns its id. `policy` is a preset's name, or a policy. */
  async newTenant(name: string, policy: string | Record<string, unknown>): Promise<string> {
    return (await this.#control('tenants', JSON.stringify({ name, policy })))['id'] as string;
  }

  /** Puts the server's clock forward. */
  async advance(seconds: number): Promise<void> {
    await this.#control('advance', JSON.stringify({ seconds }));
  }

  /** Lets a mutation answer this member of its union, the next time or so many times. */
  async fail<M extends Mutation>(
    mutation: M,
    member: Member<M>,
    { fields = {}, times = 1 }: { fields?: Answer; times?: number } = {},
  ): Promise<void> {
    const answer = { ...fields, __typename: member };
    await this.#control('fail', JSON.stringify({ mutation, answer, times }));
  }

  /** Registers somebody who has not verified the address yet. Nobody else has this address. */
  async newUser(changed: Partial<Person> & { role?: string; tenant?: string } = {}): Promise<Person> {
    const person = { ...this.#somebody(), ...changed };
    const query =
      'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }';
    const answer = await this.#send(this.#places.graphql, JSON.stringify({ query, variables: { input: person } }));
    const registered = (answer['data'] as { register: { __typename: string } } | null)?.register;
    if (registered?.__typename !== 'RegisterSuccess') {
      throw new Error(`Nobody was registered: ${JSON.stringify(answer)}`);
    }
    return person;
  }

  /** Stores somebody whose address is verified. */
  async verifiedUser(changed: Partial<SeededPerson> = {}): Promise<Person> {
    const person = { ...this.#somebody(), verified: true, ...changed };
    await this.seed(person);
    return person;
  }

  /** The code in the next mail to this address that has one. It waits for the mail, and removes it. */
  async codeFor(email: string): Promise<string> {
    return this.#mailed(email, 'code');
  }

  /** The link in the next mail to this address. It waits for the mail, and removes it. */
  async linkFor(email: string): Promise<string> {
    return this.#mailed(email, 'link');
  }

  async #mailed(email: string, what: 'code' | 'link'): Promise<string> {
    const query = `query=to:${encodeURIComponent(email)}`;
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline) {
      const found = await fetch(`${this.#places.mails}/message/latest?${query}`);
      const mail = found.ok ? ((await found.json()) as Record<string, string | null>) : {};
      const wanted = mail[what];
      if (wanted) {
        await fetch(`${this.#places.mails}/search?${query}`, { method: 'DELETE' });
        return wanted;
      }
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
    throw new Error(`No mail to ${email} has a ${what}.`);
  }

  #somebody(): Person {
    this.#people += 1;
    return {
      name: 'Ada Lovelace',
      email: `ada-${this.#people}-${Date.now().toString(36)}@example.com`,
      password: 'secure_password',
    };
  }

  async #control(name: string, body = ''): Promise<Record<string, unknown>> {
    return this.#send(`${this.#places.control}/${name}`, body);
  }

  async #send(url: string, body: string): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${url}: ${text}`);
    }
    return JSON.parse(text);
  }
}
