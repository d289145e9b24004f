/** What a check says of a diagram. All texts are Chinese; severity `error` blocks, a `warning` needs a reason. */
export interface Finding {
  readonly rule: RuleName;
  readonly severity: 'error' | 'warning';
  /** Id of the element it is about; the process's or `?` where the diagram has no such thing. */
  readonly element: string;
  /** The article that stands behind it, for example `第二十四条第一款`; `—` where only the notation is wrong. */
  readonly article: string;
  readonly message: string;
  /** What to do, in one line. */
  readonly fix: string;
}

export const ruleNames = [
  'well-formed',
  'sound',
  'norm-coverage',
  'response',
  'precedence',
  'deadline',
  'escalation',
  'permission',
  'separation',
  'personal-data',
  'evidence',
  'executable',
  'scenarios',
  'replayed-cases',
  'running-cases',
] as const;

export type RuleName = (typeof ruleNames)[number];

export interface CheckReport {
  /** No finding is an error. */
  readonly publishable: boolean;
  readonly findings: readonly Finding[];
}
