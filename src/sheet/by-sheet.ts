/** Of rows that stand on the sheet's own entries: the column with its number. */
export const bySheet = { by: 'work_order' } as const;
