/** Sheets behind one warning that are named; more are counted. */
export const mostBehind = 200;
