/** What governance asks of others: what is wrong with a diagram, and what is otherwise in it. */
import type { Json } from '../kernel/index.js';

export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly element: string;
  readonly article: string;
  readonly message: string;
  readonly fix: string;
}

export interface CheckReport {
  readonly publishable: boolean;
  readonly findings: readonly Finding[];
}

/** What is otherwise in the later of two diagrams of one process. */
export type Compare = (key: string, before: string, after: string) => Promise<readonly Change[]>;

export interface Change {
  readonly element: string;
  readonly elementName: string;
  readonly property: string;
  readonly article: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly sentence: string;
  readonly kind: 'semantic' | 'layout';
}
