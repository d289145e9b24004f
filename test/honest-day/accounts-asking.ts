/** Shared by the administrators' stories: answers other than success, and programs with other settings. */
import { expect } from 'chai';
import { outgoingSettings } from '../../src/channel/outbox/index.js';
import { problemIn, type Reply } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import type { Day } from './day.js';

interface Asked {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: { readonly [name: string]: string };
  readonly as?: SignedIn | 'nobody';
}

/** Sends a request as JSON, whatever the answer will be. */
const ask = (day: Day, path: string, { method, body, headers, as = 'nobody' }: Asked): Promise<Reply> =>
  day.sendTo(path, {
    as,
    method: method ?? (body ? 'POST' : 'GET'),
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

/** The program refuses with the documented code. */
export async function refused(day: Day, code: string, path: string, asked: Asked): Promise<void> {
  const reply = await ask(day, path, asked);
  expect(problemIn(reply), `${asked.method ?? ''} ${path}`).to.include({ code });
}

/** Both programs use these settings meanwhile: the first gets those for sending, the second starts with all of them. */
export async function withSettings(
  day: Day,
  settings: { readonly [name: string]: string },
  then: () => Promise<void>,
): Promise<void> {
  const { outgoing } = day.served.system;
  const former = { ...outgoing };
  const told = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  Object.assign(outgoing, outgoingSettings());
  try {
    await day.restart();
    await then();
  } finally {
    for (const [name, value] of told) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    Reflect.deleteProperty(outgoing, 'smtp');
    Object.assign(outgoing, former);
    await day.restart();
  }
}
