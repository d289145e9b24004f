/** Input and output types of each operation. */
import type { z } from 'zod';
import type { Operation, OperationId, Operations } from '../../http/contract/operations.js';

type Part<O, Name extends string> =
  O extends Readonly<Record<Name, infer Schema>>
    ? Schema extends z.ZodType
      ? z.input<Schema>
      : never
    : undefined;

type Field<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<never, never> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

export type Input<Id extends OperationId> = Field<'params', Part<Operations[Id], 'params'>> &
  Field<'query', Part<Operations[Id], 'query'>> &
  Field<'headers', Part<Operations[Id], 'headers'>> &
  Field<'body', Part<Operations[Id], 'body'>>;

type Schemas<O extends Operation> = O['answers'][keyof O['answers'] & number];

/** The type as transmitted: instants are texts. */
export type Wire<Value> = unknown extends Value
  ? Value
  : Value extends Date
    ? string
    : { [Name in keyof Value]: Wire<Value[Name]> };

/** The operation's answer, if it is not refused. */
export type Output<Id extends OperationId> =
  Schemas<Operations[Id]> extends { schema: infer Schema }
    ? Schema extends z.ZodType
      ? Wire<z.output<Schema>>
      : never
    : never;

/** Operations that answer with rows as `items`. */
export type ListId = {
  readonly [Id in OperationId]: Output<Id> extends { readonly items: readonly object[] } ? Id : never;
}[OperationId];

export type RowOf<Id extends ListId> =
  Output<Id> extends { readonly items: readonly (infer Row extends object)[] } ? Row : never;

export type ListAnswer<Id extends ListId> = Output<Id> & {
  readonly items: readonly RowOf<Id>[];
  readonly next?: string | number | null;
  readonly total?: number;
};
