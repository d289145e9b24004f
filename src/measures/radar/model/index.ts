/** The radar's names. Also runs in browsers. */
export const patternKeys = [
  'return-ring',
  'same-text',
  'extensions',
  'satisfied-again',
  'kind-lowered',
  'exclusions',
  'read-then-adverse',
  'written-late',
  'closed-bare',
  'night-batch',
  'always-satisfied',
  'merged-repeats',
] as const;
export type PatternKey = (typeof patternKeys)[number];

export type SubjectKind = 'unit' | 'person' | 'district' | 'units';

export const decisions = ['followed-up', 'explained', 'no-pattern'] as const;
export type Decision = (typeof decisions)[number];
