/** Tables whose rows follow from entries, as readers of the trail need them: each row with its stream. */
export const definitionTable = {
  table: 'definition',
  source: `(SELECT *, 'definition:' || key AS stream FROM definition)`,
} as const;

export const incidentTable = {
  table: 'incident',
  source: '(SELECT i.*, c.business_key FROM incident i JOIN process_case c ON c.id = i.case_id)',
} as const;
