/** The real interface on a real database, listening on a free port, with a clock that the test moves. */
import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { z } from 'zod';
import type { workOrder } from '../../src/http/contract/case.js';
import {
  operations,
  type Answered,
  type Operation,
  type OperationId,
} from '../../src/http/contract/operations.js';
import { unlisted } from '../../src/http/contract/package-key.js';
import { problem, type Problem } from '../../src/http/contract/problem.js';
import type { FilingSettings } from '../../src/cases/index.js';
import { basePath, silentLog } from '../../src/kernel/index.js';
import type { Law } from '../../src/kernel/law.js';
import { createApp, listen, type Listening } from '../../src/http/index.js';
import { createPeople, type People, type SignedIn } from '../support/people.js';
import { useSystem, type TestSystem, type TestSystemOptions } from '../support/system.js';

export interface Served {
  readonly url: string;
  readonly system: TestSystem;
  readonly server: Listening;
  readonly people: People;
  /** What the program reported as unexpected. */
  readonly reported: unknown[];
}

const servedAt = new Map<string, Served>();

/** For the tests of one `describe`. */
export function useServer(
  options: TestSystemOptions & { readonly filing?: FilingSettings } = {},
): () => Served {
  const system = useSystem(options);
  let served: Served | undefined;
  before(async () => {
    served = await startServer(system(), options);
  });
  after(async () => {
    if (served) await stopServer(served);
  });
  return () => {
    if (!served) throw new Error('the server is there only while the tests of this describe run');
    return served;
  };
}

/** Serves a system; the caller stops it. */
export async function startServer(
  system: TestSystem,
  options: { readonly filing?: FilingSettings; readonly logins?: string } = {},
): Promise<Served> {
  const reported: unknown[] = [];
  const app = createApp({
    ...system,
    ...(options.filing ? { filing: options.filing } : {}),
    requests: { most: 1_000_000, withinSeconds: 60 },
    log: { ...silentLog, error: (_text, error) => reported.push(error) },
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const served = { url: server.url, system, server, reported, people: createPeople(system, options.logins) };
  servedAt.set(server.url, served);
  return served;
}

export async function stopServer({ url, server }: Served): Promise<void> {
  servedAt.delete(url); // The next process with this port may belong to another test.
  await server.close();
}

export interface Reply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly text: string;
  readonly json: unknown;
  /** Of the day, as the program that answered has it. */
  readonly law: Law | undefined;
}

export interface Sent {
  /** Who asks; default: a permitted person, unless the headers have a cookie. */
  readonly as?: SignedIn | 'nobody';
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

/** The headers of whoever asks. */
async function askerOf(url: string, path: string, { as, method = 'GET', headers = {} }: Sent) {
  if (as === 'nobody' || 'cookie' in headers) return {};
  if (as) return as.headers;
  const operation = operationAt(method, path);
  if (operation?.access === 'anyone') return {};
  return (await servedAt.get(url)?.people.allowed(operation?.access ?? 'signed-in'))?.headers ?? {};
}

function operationAt(method: string, path: string): Operation | undefined {
  const [bare = ''] = path.split('?');
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  return Object.values<Operation>(operations).find(
    (operation) =>
      operation.method === wanted &&
      new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]*')}$`).test(bare),
  );
}

/** Sends the path unchanged, without normalisation. */
export async function send(url: string, path: string, sent: Sent = {}): Promise<Reply> {
  const asker = await askerOf(url, path, sent);
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        path,
        method: sent.method ?? 'GET',
        headers: {
          ...asker,
          ...sent.headers,
          ...(sent.body === undefined ? {} : { 'content-length': Buffer.byteLength(sent.body) }),
        },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const headers = response.headers as { [name: string]: string | undefined };
          const isJson = /json/.test(headers['content-type'] ?? '') && text !== '';
          resolve({
            status: response.statusCode ?? 0,
            headers,
            text,
            json: isJson ? (JSON.parse(text) as unknown) : undefined,
            law: servedAt.get(url)?.system.laws.today(),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(sent.body);
  });
}

export const post = (
  url: string,
  path: string,
  body: unknown,
  headers: Sent['headers'] = {},
  as?: Sent['as'],
): Promise<Reply> =>
  send(url, path, {
    ...(as === undefined ? {} : { as }),
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** The answer's body, checked against the contract. */
export function answered<Id extends OperationId>(id: Id, reply: Reply): unknown {
  const answers: { readonly [status: number]: Answered } = operations[id].answers;
  const expected = answers[reply.status];
  if (!expected) expect.fail(`${id} answered ${reply.status}: ${reply.text.slice(0, 500)}`);
  if (expected.type !== '*/*')
    expect(reply.headers['content-type']).to.match(new RegExp(`^${expected.type}`));
  const body = expected.type === 'application/json' ? reply.json : reply.text;
  if (reply.law) expect(unlisted(expected.schema, body, reply.law)).to.deep.equal([]);
  return z.encode(expected.schema, expected.schema.parse(body));
}

export type WorkOrderView = z.input<typeof workOrder>;

/** The answer's problem, checked against the contract and its status line. */
export function problemIn(reply: Reply): Problem {
  expect(reply.headers['content-type'], reply.text.slice(0, 300)).to.match(/^application\/problem\+json/);
  const found = problem.strict().parse(reply.json);
  expect(found.status).to.equal(reply.status);
  expect(found.type).to.equal(`${basePath()}/problems/${found.code}`);
  expect(found.detail).to.match(/\p{Script=Han}/u);
  expect(reply.text).not.to.match(/node_modules|\.ts:\d|\n\s+at /);
  return found;
}

/** A request of our own. */
export const waterCut = {
  channel: 'phone',
  kind: 'help',
  title: '小区停水未提前通知',
  content: '早上起来就没有水，楼下也没有贴通知。',
  callerName: '来电人甲',
  callerContact: '13800001234',
};

export async function accept(url: string, request: object = waterCut): Promise<WorkOrderView> {
  if ('answers' in request) await registered(url, request.answers as { readonly [key: string]: unknown });
  return answered('acceptRequest', await post(url, '/api/work-orders', request)) as WorkOrderView;
}

/** Answers that a form accepts: the given ones, else the first option, true (but no confidentiality), 甲. */
export function fill(task: WorkOrderView['tasks'][number], given: { readonly [key: string]: unknown } = {}) {
  return Object.fromEntries(
    task.form
      .filter((field) => field.required || field.key in given)
      .map((field) => {
        const made =
          field.type === 'choice'
            ? field.options[0]?.value
            : field.type === 'boolean'
              ? field.key !== 'confidential'
              : '甲';
        return [field.key, given[field.key] ?? made];
      }),
  );
}

/** Registers every unit that a test names, as a city would. */
export async function registered(url: string, given: { readonly [key: string]: unknown }): Promise<void> {
  const people = servedAt.get(url)?.system.identity.people;
  const named = ['unit', 'supportingUnits', 'accusedUnit', 'interestedUnits'].flatMap((key) => {
    const written = given[key];
    return typeof written === 'string' ? written.split(/[、,,;;]/u) : [];
  });
  const known = new Set((await people?.units())?.map(({ name }) => name));
  for (const name of new Set(named.map((one) => one.replaceAll(/\s/g, '')))) {
    if (name !== '' && !known.has(name)) await people?.addUnit({ name, kind: 'department' }, '测试');
  }
}

/** Completes a task as a permitted person with that name, for a unit's task one of the case's unit. */
export async function complete(
  url: string,
  order: WorkOrderView,
  task: WorkOrderView['tasks'][number],
  given: { readonly [key: string]: unknown },
  actor: string,
): Promise<WorkOrderView> {
  const served = servedAt.get(url);
  if (!served) throw new Error(`nothing is served at ${url}`);
  const { rows } = await served.system.database.pool.query<{ unit: string | null }>(
    "SELECT variables ->> 'unit' AS unit FROM hotline.process_case WHERE business_key = $1",
    [order.sheet.no],
  );
  const own: unknown = task.locals?.unit;
  const unit = typeof own === 'string' ? own : rows[0]?.unit;
  const as = await served.people.doing(task.role, actor, unit ?? undefined);
  const path = `/api/tasks/${encodeURIComponent(task.id)}/completion`;
  await registered(url, fill(task, given));
  return answered(
    'completeTask',
    await post(url, path, { answers: fill(task, given) }, {}, as),
  ) as WorkOrderView;
}

/** Completes the only open task. */
export async function completeOnly(
  url: string,
  order: WorkOrderView,
  given: { readonly [key: string]: unknown } = {},
  actor = '受理员甲',
): Promise<WorkOrderView> {
  const [task] = order.tasks;
  if (!task) throw new Error('nothing is open');
  return complete(url, order, task, given, actor);
}

/** Accepted, registered and handed to a unit: the five working days run. */
export async function dispatched(url: string): Promise<WorkOrderView> {
  const registered = await completeOnly(url, await accept(url), { conduct: 'orderly' });
  return completeOnly(url, await completeOnly(url, registered, { wayOut: 'dispatch' }), { unit: '某水务局' });
}
