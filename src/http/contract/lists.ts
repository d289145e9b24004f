/** The lists of the contract with their columns, filters and pages, as a screen needs them. */
import { z } from 'zod';
import { columnsOf, type Column } from './column.js';
import type { Operation } from './operation.js';

export interface Lists {
  /** By operation and path within its answer, for example `listPolicies.items`. */
  readonly columns: { readonly [rows: string]: readonly Column[] };
  /** Filters by operation: fields of its query. */
  readonly filters: { readonly [operation: string]: readonly Column[] };
  /** By operation: the query field that continues the list. */
  readonly pages: { readonly [operation: string]: Page };
}

export type Page = (typeof pages)[number];

const pages = ['cursor', 'before', 'offset'] as const;

export function listsOf(operations: { readonly [id: string]: Operation }): Lists {
  const columns: [string, readonly Column[]][] = [];
  const filters: [string, readonly Column[]][] = [];
  const continued: [string, Page][] = [];
  for (const [id, { query, answers }] of Object.entries(operations)) {
    for (const { schema } of Object.values(answers)) columns.push(...rowsIn(schema, id));
    if (!query) continue;
    filters.push([id, columnsOf(query)]);
    const page = pages.find((name) => name in query.shape);
    if (page) continued.push([id, page]);
  }
  return {
    columns: Object.fromEntries(columns.filter(([, found]) => found.length > 0)),
    filters: Object.fromEntries(filters.filter(([, found]) => found.length > 0)),
    pages: Object.fromEntries(continued),
  };
}

function rowsIn(schema: z.core.$ZodType, at: string): [string, readonly Column[]][] {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return rowsIn(schema.unwrap(), at);
  if (schema instanceof z.ZodArray) {
    const row = schema.unwrap();
    return row instanceof z.ZodObject ? [[at, columnsOf(row)], ...rowsIn(row, at)] : [];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = Object.entries<z.core.$ZodType>(schema.shape);
  return fields.flatMap(([key, field]) => rowsIn(field, `${at}.${key}`));
}
