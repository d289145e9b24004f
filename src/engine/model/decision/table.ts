/** A decision table as far as we support it: DMN 1.3, FEEL, hit policies U, F and C. */

/** U: at most one rule fits. F: the first that fits. C: all that fit, each output a list. */
export type HitPolicy = 'U' | 'F' | 'C';

/** Dates and instants are texts in JSON, as everywhere in a case. */
export type CellType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'instant' | 'any';

/**
 * Where the values of a column come from, as `duty:register` of the column says. Of `class`, a tree, an input is the
 * list of codes from the first level down, and a test `list contains(?, "CODE")`: a row holds for all below. `units`
 * are several of `unit`, written with 、 between them.
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
  /** FEEL; where no rule fits. */
  readonly otherwise: string | undefined;
  readonly register: RegisterName | undefined;
}

export interface DecisionRule {
  readonly id: string;
  /** From 1, as people see it. */
  readonly number: number;
  /** Unary tests, one an input; `-` fits anything. */
  readonly tests: readonly string[];
  /** FEEL, one an output. */
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
