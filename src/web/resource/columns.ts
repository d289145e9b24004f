/** The contract's lists, taken from it at build time, so that the console loads none of its schemas. */
import type { Column } from '../../http/contract/column.js';
import { titleUnder } from '../../http/contract/column-names.js';
import type { Lists, Page } from '../../http/contract/lists.js';
import type { OperationId } from '../../http/contract/operations.js';
import { law } from '../law/page-law.js';

export type { Column };

/** Rows within an operation's answer. */
export type RowsId = `${string}.${string}`;

declare const listsOfBuild: Lists;

const titled = (columns: readonly Column[] | undefined): readonly Column[] =>
  (columns ?? []).map((column) => ({ ...column, title: titleUnder(law(), column.title) }));

export const columnsOf = (rows: RowsId): readonly Column[] => titled(listsOfBuild.columns[rows]);
export const filtersOf = (id: OperationId): readonly Column[] => titled(listsOfBuild.filters[id]);
export const pageOf = (id: OperationId): Page | undefined => listsOfBuild.pages[id];
