/** The body of a row `e` of `trail_entry` as text; NULL where its bytes are not those that were hashed. */
export const soundText = `CASE WHEN e.leaf = sha256('\\x00'::bytea || e.body) THEN convert_from(e.body, 'UTF8') END`;
