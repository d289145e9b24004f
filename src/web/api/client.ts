/** Typed client: every call is an operation of the contract. */
import type { OperationId } from '../../http/contract/operations.js';
import type { Problem } from '../../http/contract/problem.js';
import { ours } from '../base-path.js';
import { csrfToken, sessionEnded } from '../session/session.js';
import { answered, unreachable } from '../change-feed/connection.js';
import { noteDeed } from './said.js';
import { routeOf } from './routes.js';
import type { Input, ListAnswer, ListId, Output, RowOf } from './shapes.js';

export type { Input, ListAnswer, ListId, Output, RowOf };

/** A refusal by the program. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** The program could not be reached. */
class Offline extends Error {}

interface Plain {
  readonly [name: string]: string | number | boolean | undefined;
}

interface Given {
  readonly params?: Plain;
  readonly query?: Plain;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

/** @throws {Refused} a refusal; {Offline} if the program cannot be reached */
export async function call<Id extends OperationId>(id: Id, input?: Input<Id>): Promise<Output<Id>> {
  const response = await ask(id, input ?? {});
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.includes('json') ?? false;
  return (isJson ? JSON.parse(text) : text) as Output<Id>;
}

/** Lists rows that match the typed filters of a screen. @throws like `call` */
export async function list<Id extends ListId>(id: Id, query: Plain): Promise<ListAnswer<Id>> {
  const response = await ask(id, { query });
  return (await response.json()) as ListAnswer<Id>;
}

/** Saves the file that the operation returns. @returns its name @throws like `call` */
export async function download<Id extends OperationId>(id: Id, input?: Input<Id>): Promise<string> {
  const response = await ask(id, input ?? {});
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'export';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return name;
}

/**
 * Sends a file. It does not use `fetch`, which reports no progress.
 *
 * @param sent called with the share sent, from 0 to 1
 * @throws like `call`
 */
export async function upload<Id extends OperationId>(
  id: Id,
  { params = {}, query = {}, headers = {} }: Given,
  file: Blob,
  sent: (share: number) => void,
): Promise<Output<Id>> {
  const request = new XMLHttpRequest();
  request.open(routeOf(id).method.toUpperCase(), addressOf(id, params, query));
  const all = { ...headers, ...csrfToken(), 'Content-Type': 'application/octet-stream' };
  for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
  const response = await new Promise<Response>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => sent(total === 0 ? 1 : loaded / total);
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = () => reject(new Offline('没有传完：网络中断，或程序已停止'));
    request.send(file);
  });
  if (!response.ok) throw await refusal(response);
  noteDeed(id);
  return (await response.json()) as Output<Id>;
}

/** URL of an operation that returns a file, for links and pictures. */
export const addressOf = (id: OperationId, params: Plain, query: Plain = {}): string => {
  const path = routeOf(id).path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  return ours(`${path}${search === '' ? '' : `?${search}`}`);
};

async function ask(
  id: OperationId,
  { params = {}, query = {}, headers = {}, body }: Given,
): Promise<Response> {
  const operation = routeOf(id);
  const response = await reach(addressOf(id, params, query), {
    method: operation.method.toUpperCase(),
    headers: {
      ...headers,
      ...(operation.method === 'get' ? {} : { ...csrfToken() }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await refusal(response);
  if (operation.method !== 'get') noteDeed(id);
  return response;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    answered();
    return response;
  } catch (error) {
    unreachable();
    throw new Offline('连不上程序：网络中断，或程序已停止', { cause: error });
  }
}

async function refusal(response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
  if (!problem?.detail) return new Offline(`程序没有正常应答（${response.status}）`);
  if (problem.code === 'session.required') sessionEnded();
  return new Refused(problem);
}
