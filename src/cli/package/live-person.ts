/** One signed-in person of the city that is tried out, as the screens talk to the program. */
import type { z } from 'zod';
import { operations, problem, type Operation } from '../../http/contract/index.js';
import type { JsonObject } from '../../kernel/json.js';

export interface Person {
  readonly login: string;
  readonly duties: readonly string[];
  readonly units: readonly string[];
  /** @throws {Refused} */
  ask<Answer extends z.ZodType>(asked: Asking<Answer>, body?: JsonObject): Promise<z.output<Answer>>;
}

interface Asking<Answer extends z.ZodType> {
  readonly operation: Operation;
  readonly answer: Answer;
  readonly params?: Readonly<Record<string, string>>;
}

/** What the program answered instead of what was asked. */
export class Refused extends Error {
  constructor(readonly problem: z.infer<typeof import('../../http/contract/index.js').problem>) {
    super(problem.detail);
  }
}

export async function signIn(
  url: string,
  login: string,
  password: string,
  signal: AbortSignal,
): Promise<Person> {
  let [cookie, word] = ['', ''];
  const ask: Person['ask'] = async ({ operation, answer, params = {} }, body) => {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    );
    const reply = await fetch(`${url}${path}`, {
      signal,
      method: operation.method.toUpperCase(),
      headers: { cookie, 'x-csrf-token': word, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const said: unknown = await reply.json();
    if (reply.ok) return answer.parse(said);
    throw new Refused(problem.parse(said));
  };
  const session = operations.readSession.answers[200].schema;
  word = (await ask({ operation: operations.readSession, answer: session })).csrf;
  const signed = await ask({ operation: operations.signIn, answer: session }, { login, password });
  word = signed.csrf;
  return { login, duties: signed.duties, units: signed.units, ask };
}
