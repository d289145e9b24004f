/** SQL: the body of row `e` of `trail_entry` as text; NULL if the bytes do not match their hash. */
export const verifiedText = 'entry_text(e.leaf, e.body)';
