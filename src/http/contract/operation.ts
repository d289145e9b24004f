/** The type of an API operation and of its answers. It also runs in browsers: only types are imported. */
import type { z } from 'zod';
import type { Role, Scope } from '../../identity/index.js';
import type { RefusalCode } from '../../kernel/index.js';
import type { Part } from '../../kernel/law.js';

export interface Answered {
  readonly description: string;
  /** `*\/*`: a file with its own type. */
  readonly type:
    | '*/*'
    | 'application/json'
    | 'application/xml'
    | 'application/octet-stream'
    | 'text/csv'
    | 'text/event-stream'
    | 'text/plain';
  readonly schema: z.ZodType;
  readonly headers?: { readonly [name: string]: string };
}

/** Anyone, anyone logged in, or holders of one of the roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** Access beyond named roles requires a reason. */
type Admitting =
  | { readonly access: 'anyone' | 'signed-in'; readonly because: string }
  | { readonly access: readonly Role[]; readonly because?: never };

/** Roles that work on sheets, that may read them, and that maintain the rules. */
export const workers = ['intake', 'handler', 'reviewer', 'supervisor', 'assessor', 'inspector'] as const;
export const sheetReaders = [...workers, 'auditor'] as const;
export const complianceOfficers = ['compliance-editor', 'compliance-approver'] as const;
/** Everyone but the three administrators, who do no casework. */
export const officers = [...sheetReaders, ...complianceOfficers] as const;

export type Operation = Terms & {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** In OpenAPI notation: `/api/work-orders/{no}`. */
  readonly path: string;
  /** The heading of the document under which it stands. */
  readonly tag: string;
};

/** An operation as the contract writes it: `GET /api/work-orders/{no}`. */
type Written = Terms & { readonly request: `${Uppercase<Operation['method']>} /${string}` };

type Terms = Admitting & {
  readonly summary: string;
  /** It is there only in a city that has this part. */
  readonly part?: Part;
  /**
   * The console does not report it as done: it leaves nothing behind, no person means it as an act, or its answer says
   * what came of it.
   */
  readonly quiet?: true;
  /** One of these scopes admits another system's token; without scopes no token is admitted. */
  readonly scopes?: readonly Scope[];
  /** Requires authentication within the last minutes. */
  readonly recent?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Number of complete diagrams that the body may contain. */
  readonly diagrams?: number;
  /** The body is `application/x-www-form-urlencoded`, as a standard demands; otherwise JSON. */
  readonly form?: true;
  /** The body comes from another system and is kept as bytes, because its signature covers them. */
  readonly raw?: true;
  /** The body is a file, `application/octet-stream`. */
  readonly upload?: true;
  readonly answers: { readonly [status: number]: Answered };
  /** Refusals in addition to those that any operation may return. */
  readonly refusals?: readonly RefusalCode[];
};

type Under<Operations> = {
  readonly [Id in keyof Operations]: Operations[Id] & Pick<Operation, 'method' | 'path' | 'tag' | 'part'>;
};

/** Operations under one heading. @param part without which a city does not have them */
export function under<const Operations extends Record<string, Written>>(
  tag: string,
  operations: Operations,
  part?: Part,
): Under<Operations>;
export function under(
  tag: string,
  operations: Record<string, Written>,
  part?: Part,
): Record<string, Operation> {
  const of = part === undefined ? {} : { part };
  const operationOf = ({ request, ...terms }: Written): Operation => {
    const [method = '', path = ''] = request.split(' ');
    return { method: method.toLowerCase() as Operation['method'], path, tag, ...of, ...terms };
  };
  return Object.fromEntries(Object.entries(operations).map(([id, one]) => [id, operationOf(one)]));
}

/** The type that the program returns for a schema: instants are dates, and read-only values stay read-only. */
export type Said<Schema extends z.ZodType> = Lasting<z.output<Schema>>;

type Lasting<Value> = unknown extends Value
  ? Value
  : Value extends Date
    ? Date
    : { readonly [Name in keyof Value]: Lasting<Value[Name]> };

export const json = <Schema extends z.ZodType>(description: string, schema: Schema) =>
  ({ description, type: 'application/json', schema }) as const;

/** Refusals of a process step. */
export const stepRefusals = [
  'deed.forbidden',
  'definition.not-found',
  'expression.invalid',
  'flow.no-way-out',
  'flow.endless',
  'handler.unknown',
  'handler.failed',
  'trail.broken',
  'case.altered',
  'definition.altered',
  'timer.invalid',
  'calendar.invalid',
] as const satisfies readonly RefusalCode[];

/** Refusals of completing a task of a case that has no sheet. */
export const completionRefusals = [
  ...(['case.not-found', 'task.not-found', 'task.closed', 'task.not-yours', 'unit.not-found'] as const),
  ...stepRefusals,
] as const;
