/** Registers the contract's operations with express: parses requests by their schemas, sends the handlers' answers. */
import type { Application, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Principal, Viewer } from '../identity/index.js';
import { basePath, Refusal } from '../kernel/index.js';
import type { Law, Laws } from '../kernel/law.js';
import {
  operations,
  type Answered,
  type Operation,
  type OperationId,
  type Operations,
} from './contract/operations.js';
import { unlisted, type Unlisted } from './contract/package-key.js';
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

/** The caller: nobody for `anyone`, else a person, or a system where scopes are given. */
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

type AnswerOf<O extends Operation> = {
  [Status in keyof O['answers'] & number]: {
    readonly status: Status;
    readonly body: O['answers'][Status] extends { readonly type: 'text/event-stream' }
      ? Subscribe
      : O['answers'][Status] extends { readonly type: 'application/octet-stream' | '*/*' }
        ? Download
        : O['answers'][Status] extends Answered
          ? z.input<O['answers'][Status]['schema']>
          : never;
    readonly headers?: { readonly [name: string]: string };
  };
}[keyof O['answers'] & number];

type Handler<Id extends OperationId> = (
  input: InputOf<Operations[Id]>,
) => Promise<AnswerOf<Operations[Id]>> | AnswerOf<Operations[Id]>;

export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/**
 * @param laws holds the lists that keys in requests are out of
 * @param largestOf bytes of a body that another system sends
 */
export function dispatch(
  app: Application,
  handlers: Handlers,
  gate: Gate,
  laws: Laws,
  largestOf: (request: Request) => Promise<number>,
): void {
  const asItIs = rawBody(largestOf);
  const methods = new Map<string, string[]>();
  const streams = createEventStreams(app);
  for (const id of Object.keys(operations) as OperationId[]) {
    const operation: Operation = operations[id];
    const path = expressPath(operation.path);
    methods.set(path, [...(methods.get(path) ?? []), operation.method.toUpperCase()]);
    // Input and answer of one operation match by the table's type parameter, which is lost across operations.
    const handler = handlers[id] as (input: InputOf<Operation>) => Promise<Answer> | Answer;
    app[operation.method](
      path,
      named(id),
      gate.admit(id, operation),
      ...(operation.upload ? [uploadBody] : operation.body ? bodyOf(operation, asItIs) : []),
      serve(operation, handler, laws, streams, (...turned) => gate.note(id, ...turned)),
    );
  }
  for (const [path, allowed] of methods) app.route(path).all(otherMethods(allowed));
}

const bodyOf = (
  { form, raw, diagrams }: Operation,
  asItIs: readonly RequestHandler[],
): readonly RequestHandler[] => (raw ? asItIs : form ? formBody : jsonBody(diagrams));

const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

function serve(
  operation: Operation,
  handler: (input: InputOf<Operation>) => Promise<Answer> | Answer,
  laws: Laws,
  streams: EventStreams,
  note: (request: Request, response: Response, error: unknown) => Promise<void>,
): RequestHandler {
  const answerTo = async (request: Request, response: Response): Promise<Answer> => {
    const law = laws.today();
    return handler({
      ...admitted(response),
      params: read(operation.params, request.params, '路径参数', law),
      query: read(operation.query, request.query, '查询参数', law),
      headers: read(operation.headers, request.headers, '请求头', law),
      body: operation.upload ? (request.body as Upload) : read(operation.body, request.body, '正文', law),
    } as InputOf<Operation>);
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

function send(response: Response, operation: Operation, answer: Answer): void {
  const { type } = operation.answers[answer.status] ?? { type: 'application/json' };
  response.status(answer.status).set('Cache-Control', 'no-store');
  if (answer.headers) response.set(belowOurs(answer.headers));
  response.type(type).send(type === 'application/json' ? JSON.stringify(answer.body) : String(answer.body));
}

/** Handlers name our own addresses without the base path. */
function belowOurs({ Location: place, ...headers }: NonNullable<Answer['headers']>): Record<string, string> {
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
  // What is not of the contract is named, whatever else is wrong: of many findings only some are told.
  const issues = found.toSorted((one, other) => Number(isForeign(other)) - Number(isForeign(one)));
  const findings = issues.slice(0, 20).map(({ path, message }) => {
    const field = path.map(String).join('.').slice(0, 200);
    return field === '' ? `${part}${message}` : `${part}“${field}”${message}`;
  });
  const first = found[0]?.path.map(String).join('.') ?? '';
  throw new Refusal('input.invalid', findings.join(';'), {
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
      remedy: `可用的方法:${allowed.join('、')}`,
    });
  };
}
