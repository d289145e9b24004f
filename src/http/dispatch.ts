/** Registers the contract's operations with express: parses requests by their schemas, sends the handlers' answers. */
import type { Application, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Principal, Viewer } from '../identity/index.js';
import { basePath, Refusal } from '../kernel/index.js';
import type { Law, Part as LawPart } from '../kernel/law.js';
import { assertPart } from '../kernel/part-absent.js';
import type { Transaction } from '../platform/database/index.js';
import type { Said } from './contract/operation.js';
import {
  operations,
  type Answered,
  type Operation,
  type OperationId,
  type Operations,
} from './contract/operations.js';
import { unlisted, type Unlisted } from './contract/package-key.js';
import type { HttpDeps } from './deps.js';
import { encoderOf } from './encode.js';
import { admitted, type Gate, type Origin } from './gate.js';
import { formBody } from './middleware/form-body.js';
import { jsonBody } from './middleware/json-body.js';
import { rawBody } from './middleware/raw-body.js';
import { createEventStreams, type EventStreams, type Subscribe } from './middleware/event-streams.js';
import { named } from './middleware/observed.js';
import { sendFile, type Download } from './middleware/download.js';
import { uploadBody, type Upload } from './middleware/upload-body.js';
import { assertStorable } from './middleware/storable.js';

type Part<O, Name extends string> =
  O extends Readonly<Record<Name, infer Schema>>
    ? Schema extends z.ZodType
      ? z.output<Schema>
      : never
    : undefined;

/** The requester: nobody for `anyone`, else a person, or a system if the operation has scopes. */
type Asker<O> = O extends { readonly access: 'anyone' }
  ? Viewer | undefined
  : O extends { readonly scopes: readonly unknown[] }
    ? Principal
    : Viewer;

interface InputOf<O> {
  readonly viewer: Asker<O>;
  readonly origin: Origin;
  readonly params: Part<O, 'params'>;
  readonly query: Part<O, 'query'>;
  readonly headers: Part<O, 'headers'>;
  readonly body: O extends { readonly upload: true } ? Upload : Part<O, 'body'>;
}

type BodyOf<A> = A extends { readonly type: 'text/event-stream' }
  ? Subscribe
  : A extends { readonly type: 'application/octet-stream' | '*/*' }
    ? Download
    : A extends Answered
      ? Said<A['schema']>
      : never;

/** An answer with a status or headers, for operations that have several answers. */
export class Reply<Status extends number, Body> {
  /** The private field makes the class nominal: a plain copy of its fields is an answer's body, not a reply. */
  readonly #isReply = true;

  static is(answer: unknown): answer is Answer {
    return answer instanceof Reply && answer.#isReply;
  }

  constructor(
    readonly status: Status,
    readonly body: Body,
    readonly headers: { readonly [name: string]: string } = {},
  ) {}
}

type Statuses<O extends Operation> = keyof O['answers'] & number;

type Replies<O extends Operation> = {
  [Status in Statuses<O>]: Reply<Status, BodyOf<O['answers'][Status]>>;
}[Statuses<O>];

/** The body alone, if the contract has only one answer. */
type AnswerOf<O extends Operation> =
  Replies<O> | ([Statuses<O>] extends [200] | [201] | [202] | [303] ? Replies<O>['body'] : never);

/**
 * Work that a handler returns for the dispatch to do. If a handler, or its returned work, takes a
 * transaction, the dispatch opens one and may repeat the work after a conflict. Work that must not
 * hold a transaction open, or must see it committed, takes none.
 */
type Left<Answer> = (transaction: Transaction) => Promise<Answer | Left<Answer>> | Answer;

type Handled<O extends Operation> = Replies<O>['body'] extends Subscribe
  ? AnswerOf<O>
  : AnswerOf<O> | Left<AnswerOf<O>>;

type Handler<Id extends OperationId> = (
  input: InputOf<Operations[Id]>,
  transaction: Transaction,
) => Promise<Handled<Operations[Id]>> | Handled<Operations[Id]>;

export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

type Answer = Reply<number, unknown>;

/**
 * @param deps the database, and the laws with the lists of keys in requests
 * @param largestOf most bytes of another system's body
 */
export function dispatch(
  app: Application,
  handlers: Handlers,
  gate: Gate,
  deps: Dispatching,
  largestOf: (request: Request) => Promise<number>,
): void {
  const asItIs = rawBody(largestOf);
  const methods = new Map<string, string[]>();
  const streams = createEventStreams(app);
  for (const id of Object.keys(operations) as OperationId[]) {
    const operation: Operation = operations[id];
    const path = expressPath(operation.path);
    methods.set(path, [...(methods.get(path) ?? []), operation.method.toUpperCase()]);
    // The table pairs the input and answer types of each operation. TypeScript loses the pairing
    // when it iterates over all operations.
    const handler = handlers[id] as AnyHandler;
    app[operation.method](
      path,
      named(id),
      ...(operation.part === undefined ? [] : [onlyWith(operation.part, deps)]),
      gate.admit(id, operation),
      ...(operation.upload ? [uploadBody] : operation.body ? bodyOf(operation, asItIs) : []),
      serve(operation, handler, deps, streams, (...turned) => gate.note(id, ...turned)),
    );
  }
  for (const [path, allowed] of methods) app.route(path).all(otherMethods(allowed));
}

/** Refuses what a city does not have. @throws {Refusal} `part.absent` */
const onlyWith =
  (part: LawPart, { laws }: Dispatching): RequestHandler =>
  (_request, _response, next) => {
    assertPart(part, laws.today());
    next();
  };

const bodyOf = (
  { form, raw, diagrams }: Operation,
  asItIs: readonly RequestHandler[],
): readonly RequestHandler[] => (raw ? asItIs : form ? formBody : jsonBody(diagrams));

const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

type Dispatching = Pick<HttpDeps, 'database' | 'laws'>;

type AnyHandler = (input: InputOf<Operation>, transaction?: Transaction) => unknown;

function serve(
  operation: Operation,
  handler: AnyHandler,
  { database, laws }: Dispatching,
  streams: EventStreams,
  note: (request: Request, response: Response, error: unknown) => Promise<void>,
): RequestHandler {
  const statuses = Object.keys(operation.answers).map(Number);
  const isStream = Object.values(operation.answers).some(({ type }) => type === 'text/event-stream');
  const answerTo = async (request: Request, response: Response): Promise<Answer> => {
    const law = laws.today();
    const input = {
      ...admitted(response),
      params: read(operation.params, request.params, '路径参数', law),
      query: read(operation.query, request.query, '查询参数', law),
      headers: read(operation.headers, request.headers, '请求头', law),
      body: operation.upload ? (request.body as Upload) : read(operation.body, request.body, '正文', law),
    } as InputOf<Operation>;
    const given =
      handler.length > 1
        ? await database.transaction(async (transaction) => handler(input, transaction))
        : await handler(input);
    const said = isStream ? given : await done(database, given);
    return Reply.is(said) ? said : new Reply(statuses[0] ?? 200, said);
  };
  return async (request, response) => {
    try {
      const answer = await answerTo(request, response);
      const type = operation.answers[answer.status]?.type;
      if (type === 'text/event-stream') {
        const { secret, address } = admitted(response).origin;
        streams.open(request, response, answer.body as Subscribe, secret ?? address);
      } else if (type === 'application/octet-stream' || type === '*/*') {
        await sendFile(response, answer.body as Download);
      } else send(response, operation, answer);
    } catch (error) {
      await note(request, response, error);
      throw error;
    }
  };
}

async function done(database: Dispatching['database'], given: unknown): Promise<unknown> {
  if (typeof given !== 'function') return given;
  const left = given as Left<unknown> & (() => unknown);
  return done(
    database,
    left.length === 0 ? await left() : await database.transaction(async (transaction) => left(transaction)),
  );
}

function send(response: Response, operation: Operation, { status, body, headers }: Answer): void {
  const answered = operation.answers[status];
  const { type } = answered ?? { type: 'application/json' };
  response.status(status).set('Cache-Control', 'no-store').set(belowOurs(headers));
  const encode = encoderOf(answered?.schema ?? z.unknown());
  response.type(type).send(type === 'application/json' ? JSON.stringify(encode(body)) : String(body));
}

/** Handlers give our own URLs without the base path. */
function belowOurs({ Location: place, ...headers }: Answer['headers']): Record<string, string> {
  if (place === undefined) return headers;
  return { ...headers, Location: place.startsWith('/') ? `${basePath()}${place}` : place };
}

/** @throws {Refusal} `input.invalid` with every faulty field */
function read(schema: z.ZodType | undefined, given: unknown, part: string, law: Law): unknown {
  if (!schema) return undefined;
  assertStorable(given);
  const result = schema.safeParse(given);
  const found = [...(result.error?.issues ?? []), ...unlisted(schema, given, law)];
  if (result.success && found.length === 0) return result.data;
  // Fields outside the contract are reported first, because of many findings only some are shown.
  const issues = found.toSorted((one, other) => Number(isForeign(other)) - Number(isForeign(one)));
  const findings = issues.slice(0, 20).map(({ path, message }) => {
    const field = path.map(String).join('.').slice(0, 200);
    return field === '' ? `${part}${message}` : `${part}“${field}”${message}`;
  });
  const first = found[0]?.path.map(String).join('.') ?? '';
  throw new Refusal('input.invalid', findings.join('；'), {
    where: first === '' ? part : first.slice(0, 200),
    remedy: '各字段的写法见 /docs',
  });
}

const isForeign = (issue: z.core.$ZodIssue | Unlisted): boolean =>
  'code' in issue && issue.code === 'unrecognized_keys';

/** HEAD comes with GET; other methods get 405 with `Allow`. */
function otherMethods(methods: readonly string[]): RequestHandler {
  const allowed = [
    ...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
    'OPTIONS',
  ];
  return (request: Request, response: Response) => {
    response.set('Allow', allowed.join(', '));
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new Refusal('method.not-allowed', `${request.method} 不适用于 ${request.path.slice(0, 200)}`, {
      remedy: `可用的方法：${allowed.join('、')}`,
    });
  };
}
