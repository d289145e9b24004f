/** What an operation of the interface is. Runs in the browser too: types alone from elsewhere. */
import type { z } from 'zod';
import type { Role, Scope } from '../../identity/index.js';
import type { RefusalCode } from '../../kernel/index.js';

export interface Answered {
  readonly description: string;
  readonly type:
    | 'application/json'
    | 'application/xml'
    | 'application/octet-stream'
    | 'text/csv'
    | 'text/event-stream'
    | 'text/plain';
  readonly schema: z.ZodType;
  /** Headers by name, with their description. */
  readonly headers?: { readonly [name: string]: string };
}

/** Who may: anyone at all, anyone with an account, or whoever holds one of the roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** What is open to more than named roles says why. */
type Admitting =
  | { readonly access: 'anyone' | 'signed-in'; readonly because: string }
  | { readonly access: readonly Role[]; readonly because?: never };

/** Who works on sheets, who besides may read them, and who sees to it that the rules are kept. */
export const workers = ['intake', 'handler', 'reviewer', 'supervisor', 'assessor', 'inspector'] as const;
export const sheetReaders = [...workers, 'auditor'] as const;
export const complianceOfficers = ['compliance-editor', 'compliance-approver'] as const;
/** Everybody but the three administrators, who do no business. */
export const officers = [...sheetReaders, ...complianceOfficers] as const;

export type Operation = Admitting & {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `/api/work-orders/{no}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** What another system's token must be good for, any of these; without it no token gets in. */
  readonly scopes?: readonly Scope[];
  /** Only for whoever has proved within the last minutes who they are. */
  readonly recent?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** How many whole diagrams the body may hold; without it none. */
  readonly diagrams?: number;
  /** The body comes as a form (`application/x-www-form-urlencoded`), where a standard says so; else as JSON. */
  readonly form?: true;
  readonly answers: { readonly [status: number]: Answered };
  /** Refusals beyond those that every operation may give. */
  readonly refusals: readonly RefusalCode[];
};

export const json = <Schema extends z.ZodType>(description: string, schema: Schema) =>
  ({ description, type: 'application/json', schema }) as const;

/** What stands in the way of a step of a process, whoever asks for it. */
export const stepRefusals = [
  'definition.not-found',
  'expression.invalid',
  'flow.no-way-out',
  'flow.endless',
  'handler.unknown',
  'handler.failed',
  'trail.broken',
  'timer.invalid',
  'calendar.invalid',
] as const satisfies readonly RefusalCode[];
