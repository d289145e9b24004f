/**
 * Dumps a schema from its catalogue: tables with columns, constraints, indexes, triggers, policies
 * and rights, views, sequences, functions. The dump is sorted, and the same on PostgreSQL 15 to 18,
 * under any schema name and wherever the extensions are installed, so that two dumps can be
 * compared. `pg_dump` is not part of the embedded PostgreSQL, and its text differs between
 * versions. How tables are stored and vacuumed is left to the administrator, so the dump omits it.
 */
import { extensionNames, extensionSchemas } from './extensions.js';
import type { SchemaNames } from './schema-names.js';
import type { Transaction } from './transaction.js';

export interface SchemaObject {
  /** For example `table trail_entry` or `function refuse_change() returns trigger`. */
  readonly title: string;
  /** One line per part. */
  readonly parts: readonly string[];
}

export async function dumpSchema(
  transaction: Pick<Transaction, 'query'>,
  names: SchemaNames,
): Promise<readonly SchemaObject[]> {
  const extensions = await extensionSchemas((sql, parameters) => transaction.query(sql, parameters));
  const inOurs = withoutNames(names, extensions);
  const objects: SchemaObject[] = [];
  await withPath(transaction, [names.schema, ...extensions], async () => {
    for (const sql of [spaces, writableSpaces, references, relations, sequences, functions]) {
      const rows = await transaction.query<SchemaObject>(`${named} ${sql}`, [
        ...[names.schema, names.app, names.viewer],
      ]);
      for (const { title, parts } of rows)
        objects.push({ title: inOurs(title), parts: parts.map((part) => inOurs(neutral(part))) });
    }
  });
  return objects;
}

export const schemaText = (objects: readonly SchemaObject[]): string =>
  objects.map(({ title, parts }) => [title, ...parts.map((part) => `  ${part}`), ''].join('\n')).join('\n');

/** Objects in the search path are printed without their schema, objects of the same name elsewhere with it. */
async function withPath(
  transaction: Pick<Transaction, 'query'>,
  path: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const set = 'SELECT set_config($1, $2, true)';
  const [before] = await transaction.query<{ path: string }>("SELECT current_setting('search_path') AS path");
  await transaction.query(set, ['search_path', path.join(', ')]);
  await work();
  await transaction.query(set, ['search_path', before?.path ?? '']);
}

/**
 * Puts a part on one line. PostgreSQL 15 writes `UPDATE t AS a` in a body, and prefixes a view's
 * columns with its only relation. (A schema of that name instead of the relation shows among the
 * references.)
 */
function neutral(part: string): string {
  const line = part.replaceAll(/\s+/g, ' ');
  if (line.startsWith('BEGIN ATOMIC')) return outsideQuotes(line, /(?<=UPDATE \w+) AS\b/);
  const alias = line.startsWith('as ') ? onlyRelation(line) : undefined;
  return alias === undefined ? line : outsideQuotes(line, new RegExp(`\\b${alias}\\.(?=\\w)`));
}

const outsideQuotes = (text: string, removed: RegExp): string =>
  text.replaceAll(new RegExp(`'(?:[^']|'')*'|${removed.source}`, 'g'), (found) =>
    found.startsWith("'") ? found : '',
  );

/** Alias of the relation that a view selects from, if there is only one. */
function onlyRelation(view: string): string | undefined {
  let depth = 0;
  for (const { 0: found, index } of view.matchAll(/'(?:[^']|'')*'|[()]| FROM /g)) {
    if (found === '(') depth += 1;
    else if (found === ')') depth -= 1;
    else if (found === ' FROM ' && depth === 0) {
      const [, table, alias] = /^ FROM (\w+)(?: (?!WHERE)(\w+))?(?: WHERE |;$)/.exec(view.slice(index)) ?? [];
      return alias ?? table;
    }
  }
  return undefined;
}

/** Replaces names of roles and schemas by their purposes. */
const withoutNames =
  ({ schema, app, viewer, jobs }: SchemaNames, extensions: readonly string[]) =>
  (text: string): string =>
    text
      .replaceAll(/(?<=search_path=)[^;]*/g, (path) => pathByPurpose(path, schema, extensions))
      .replaceAll(new RegExp(`\\b${app}\\b`, 'g'), '<app>')
      .replaceAll(new RegExp(`\\b${viewer}\\b`, 'g'), '<viewer>')
      .replaceAll(new RegExp(`\\b${jobs}\\b`, 'g'), '<jobs>')
      .replaceAll(`'${schema}'`, '<schema>');

/** `<schema>, <extensions>, pg_temp`, however many schemas contain the extensions. */
const pathByPurpose = (path: string, schema: string, extensions: readonly string[]): string =>
  path
    .split(', ')
    .map((name) => (name === schema ? '<schema>' : extensions.includes(name) ? '<extensions>' : name))
    .filter((name, at, all) => name !== '<extensions>' || all[at - 1] !== name)
    .join(', ');

const named = 'WITH names (schema, app, viewer) AS (VALUES ($1::text, $2::text, $3::text))';
const ours = '(SELECT schema FROM names)';

/**
 * Superusers, the role in the program's URL and the database's owner have all rights anyway. The
 * program's own roles never count among them.
 */
const mayAll = (role: string): string => `
  (${role} IN (SELECT r.oid FROM pg_roles r, names WHERE rolname NOT IN (app, viewer)
     AND (rolsuper OR rolname IN (session_user, 'pg_database_owner')
          OR r.oid = (SELECT datdba FROM pg_database WHERE datname = current_database()))))`;

/** A quoted name cannot be confused with another. */
const nameOf = (role: string): string => `quote_ident(pg_get_userbyid(${role}))`;

/** The owner, unless it has all rights. */
const ownerOf = (owner: string): string =>
  `CASE WHEN ${mayAll(owner)} THEN '{}' ELSE ARRAY['owner ' || ${nameOf(owner)}] END`;

/** Rights by role, without roles that have all rights. @param which a condition on `privilege_type` */
const rightsOf = (acl: string, which = 'true'): string => `
  ARRAY(SELECT part FROM (
          SELECT 'grant ' || string_agg(lower(privilege_type), ', ' ORDER BY privilege_type) || ' to '
                 || CASE grantee WHEN 0 THEN 'everybody' ELSE ${nameOf('grantee')} END AS part
            FROM aclexplode(${acl}) a WHERE ${which} AND NOT ${mayAll('a.grantee')} GROUP BY grantee) granted
         ORDER BY part COLLATE "C")`;

const spaces = `
  SELECT 'schema' AS title, ${ownerOf('nspowner')} || ${rightsOf('nspacl')} AS parts
    FROM pg_namespace WHERE nspname = ${ours}`;

/**
 * Schemas in which others may create objects: a function there could be called instead of an
 * extension's, so only roles with all rights may create.
 */
const writableSpaces = `
  SELECT 'extensions' AS title, ARRAY(
           SELECT unnest(${rightsOf('nspacl', "privilege_type = 'CREATE'")}) FROM pg_namespace
            WHERE oid IN (SELECT extnamespace FROM pg_extension WHERE extname IN (${extensionNames}))) AS parts`;

/**
 * Objects outside of the schema and PostgreSQL that views, policies, defaults, constraints,
 * triggers and SQL bodies use.
 */
const references = `
  SELECT 'references' AS title, ARRAY(
    SELECT DISTINCT o.name || ': ' || pg_describe_object(d.refclassid, d.refobjid, 0)
      FROM (
        SELECT 'pg_proc'::regclass AS class, oid, proname AS name FROM pg_proc WHERE pronamespace = ${ours}::regnamespace
        UNION ALL
        SELECT v.class, v.oid, relname FROM pg_class c, LATERAL (
          SELECT 'pg_class'::regclass AS class, c.oid
          UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE ev_class = c.oid
          UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy WHERE polrelid = c.oid
          UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef WHERE adrelid = c.oid
          UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid = c.oid
          UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE tgrelid = c.oid
        ) v WHERE relnamespace = ${ours}::regnamespace
      ) o JOIN pg_depend d ON d.classid = o.class AND d.objid = o.oid
      CROSS JOIN LATERAL pg_identify_object(d.refclassid, d.refobjid, 0) i
     WHERE i.schema NOT IN (${ours}, 'pg_catalog', 'pg_toast')
       AND NOT EXISTS (SELECT FROM pg_depend e JOIN pg_extension x ON x.oid = e.refobjid
                        WHERE e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e'
                          AND e.refclassid = 'pg_extension'::regclass AND x.extname IN (${extensionNames}))
     ORDER BY 1) AS parts`;

const relations = `
  SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'r' THEN CASE relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END || 'table ' END
         || relname AS title,
         CASE WHEN relkind = 'v' AND reloptions IS NOT NULL
              THEN ARRAY['with ' || array_to_string(reloptions, ', ')] ELSE '{}' END
         || CASE WHEN relrowsecurity THEN ARRAY['row security'] ELSE '{}' END
         || ARRAY(
           SELECT attname || ' ' || format_type(atttypid, atttypmod)
                  || CASE WHEN attnotnull THEN ' not null' ELSE '' END
                  || CASE attidentity WHEN 'a' THEN ' identity' ELSE '' END
                  || CASE WHEN attstorage <> typstorage THEN ' storage ' || attstorage::text ELSE '' END
                  || CASE WHEN attcollation <> typcollation
                       THEN ' collate ' || (SELECT collname FROM pg_collation l WHERE l.oid = attcollation) ELSE '' END
                  || CASE WHEN d.oid IS NULL THEN ''
                          ELSE CASE attgenerated WHEN 's' THEN ' generated ' ELSE ' default ' END
                               || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '\\s+', ' ', 'g') END
             FROM pg_attribute a JOIN pg_type t ON t.oid = atttypid
             LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
         || CASE relkind WHEN 'v' THEN ARRAY['as ' || regexp_replace(pg_get_viewdef(c.oid), '\\s+', ' ', 'g')] ELSE '{}' END
         || ARRAY(SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(o.oid)
                         || CASE WHEN convalidated THEN '' ELSE ' not valid' END
                    FROM pg_constraint o WHERE conrelid = c.oid AND contype <> 'n' ORDER BY conname)
         || ARRAY(SELECT regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX (\\S+) ON (ONLY )?\\S+', '\\1index \\2')
                    FROM pg_index x WHERE indrelid = c.oid
                     AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = indexrelid AND contype IN ('p', 'u', 'x'))
                   ORDER BY indexrelid::regclass::text COLLATE "C")
         || ARRAY(SELECT CASE tgenabled WHEN 'A' THEN 'always ' WHEN 'D' THEN 'disabled ' WHEN 'R' THEN 'replica ' ELSE '' END
                         || regexp_replace(pg_get_triggerdef(g.oid), '^CREATE TRIGGER | ON \\S+', '', 'g')
                    FROM pg_trigger g WHERE tgrelid = c.oid AND NOT tgisinternal ORDER BY tgname)
         || ARRAY(SELECT 'policy ' || polname || ' for ' || polcmd::text || ' to '
                         || array_to_string(ARRAY(SELECT ${nameOf('r')} FROM unnest(polroles) r ORDER BY 1), ', ')
                         || coalesce(' using ' || pg_get_expr(polqual, polrelid), '')
                         || coalesce(' check ' || pg_get_expr(polwithcheck, polrelid), '')
                    FROM pg_policy WHERE polrelid = c.oid ORDER BY polname)
         || ARRAY(SELECT 'rule ' || regexp_replace(pg_get_ruledef(w.oid), '\\s+', ' ', 'g')
                    FROM pg_rewrite w WHERE ev_class = c.oid AND rulename <> '_RETURN' ORDER BY rulename)
         || ${ownerOf('relowner')} || ${rightsOf('relacl')}
         || ARRAY(SELECT 'grant ' || lower(privilege_type) || ' (' || string_agg(attname, ', ' ORDER BY attnum) || ') to '
                         || CASE g.grantee WHEN 0 THEN 'everybody' ELSE ${nameOf('g.grantee')} END
                    FROM pg_attribute a, aclexplode(attacl) g WHERE a.attrelid = c.oid AND NOT ${mayAll('g.grantee')}
                   GROUP BY g.grantee, privilege_type ORDER BY g.grantee::regrole::text COLLATE "C", privilege_type COLLATE "C") AS parts
    FROM pg_class c WHERE relnamespace = ${ours}::regnamespace AND relkind IN ('r', 'v') ORDER BY relname`;

/** Independent sequences; an identity's sequence is shown with its column. */
const sequences = `
  SELECT 'sequence ' || relname AS title,
         ${ownerOf('relowner')} || ${rightsOf('relacl')} AS parts
    FROM pg_class c WHERE relnamespace = ${ours}::regnamespace AND relkind = 'S'
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i') ORDER BY relname`;

/** A PL/pgSQL body is shown by its digest; the baseline contains the text. */
const functions = `
  SELECT 'function ' || proname || '(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid) AS title,
         ARRAY[concat_ws(', ', lanname, CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
                         CASE WHEN proisstrict THEN 'strict' END, CASE WHEN prosecdef THEN 'security definer' END,
                         CASE proparallel WHEN 's' THEN 'parallel safe' END, array_to_string(proconfig, '; ')),
               CASE WHEN prosqlbody IS NULL THEN 'sha256 ' || encode(sha256(convert_to(replace(prosrc, '"' || ${ours} || '"', ''), 'UTF8')), 'hex')
                    ELSE regexp_replace(pg_get_function_sqlbody(p.oid), '\\s+', ' ', 'g') END]
         || ${ownerOf('proowner')} || ${rightsOf("coalesce(proacl, acldefault('f', proowner))")} AS parts
    FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE pronamespace = ${ours}::regnamespace
   ORDER BY proname, pg_get_function_identity_arguments(p.oid) COLLATE "C"`;
