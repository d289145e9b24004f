/** A decision table as far as we support it: DMN 1.3, FEEL, hit policies U, F and C. */

/** U: at most one rule may match. F: the first match counts. C: all matches count, and each output is a list. */
export type HitPolicy = 'U' | 'F' | 'C';

/** Dates and instants are texts in JSON, as everywhere in a case. */
export type CellType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'instant' | 'any';

/**
 * The register that a column's values come from, as `duty:register` of the column says. `class` is
 * a tree: an input is the list of codes from the first level down, with a test `list contains(?,
 * "CODE")`, so that a row applies to all classes below. `units` are several values of `unit`,
 * separated by 、.
 */
export const registerNames = ['class', 'trade', 'district', 'kind', 'unit', 'units', 'basis'] as const;
export type RegisterName = (typeof registerNames)[number];

export interface DecisionInput {
  readonly id: string;
  /** Column heading. */
  readonly label: string;
  /** FEEL over the variables of the case, and `policies.KEY`. */
  readonly expression: string;
  readonly type: CellType;
  /** Unary tests; undefined: any value. */
  readonly allowed: string | undefined;
  readonly register: RegisterName | undefined;
}

export interface DecisionOutput {
  readonly id: string;
  readonly label: string;
  /** The variable of the case that it sets. */
  readonly name: string;
  readonly type: CellType;
  readonly allowed: string | undefined;
  /** FEEL for the value if no rule matches. */
  readonly otherwise: string | undefined;
  readonly register: RegisterName | undefined;
}

export interface DecisionRule {
  readonly id: string;
  /** Number as shown to people, from 1. */
  readonly number: number;
  /** Unary tests, one per input; `-` matches anything. */
  readonly tests: readonly string[];
  /** FEEL texts, one per output. */
  readonly results: readonly string[];
  readonly note: string | undefined;
}

export interface DecisionTable {
  /** The decision's id, under which versions are deployed. */
  readonly key: string;
  readonly name: string;
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly DecisionInput[];
  readonly outputs: readonly DecisionOutput[];
  readonly rules: readonly DecisionRule[];
  /** The exact source text. */
  readonly xml: string;
}

export const fitsAnything = (test: string): boolean => test === '-';
