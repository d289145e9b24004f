/** Extensions that text indexes need. An operator may have installed them in any schema. */

const required = ['pg_trgm', 'btree_gin'];

/** As a list in SQL. */
export const extensionNames = required.map((name) => `'${name}'`).join(', ');

type Query = <Row extends object>(sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>;

/** Returns the required extensions that the database has, with their schemas as quoted by SQL. */
const installedExtensions = (
  query: Query,
): Promise<readonly { readonly name: string; readonly schema: string }[]> =>
  query(
    `SELECT extname AS name, extnamespace::regnamespace::text AS schema FROM pg_extension
      WHERE extname = ANY ($1) ORDER BY extname DESC`,
    [required],
  );

export const missingExtensions = async (query: Query): Promise<readonly string[]> => {
  const there = (await installedExtensions(query)).map(({ name }) => name);
  return required.filter((name) => !there.includes(name));
};

/** Quoted; that of pg_trgm first. */
export const extensionSchemas = async (query: Query): Promise<readonly string[]> => [
  ...new Set((await installedExtensions(query)).map(({ schema }) => schema)),
];
