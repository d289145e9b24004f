/** For rows that follow from the sheet's own entries: the column with its number. */
export const bySheet = { by: 'work_order' } as const;
