/** SQL: the body of row `e` of `trail_entry` as text; NULL if the bytes do not match their hash. */
export const verifiedText = `CASE WHEN e.leaf = sha256('\\x00'::bytea || e.body) THEN convert_from(e.body, 'UTF8') END`;
