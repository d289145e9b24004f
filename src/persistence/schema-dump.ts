/**
 * A schema as its catalog says it is: tables with columns, constraints, indexes, triggers, policies and rights, views,
 * sequences, functions; sorted, and without the schema's name, so that two of them can be compared as texts. `pg_dump` is
 * not part of the embedded PostgreSQL, and its text differs from version to version.
 */
import type { SchemaNames } from './schema-names.js';
import type { Transaction } from './transaction.js';

/** @param transaction of a session whose search path begins with the schema */
export async function dumpSchema(
  transaction: Pick<Transaction, 'query'>,
  names: SchemaNames,
): Promise<string> {
  const lines: string[] = [];
  for (const sql of [relations, sequences, functions]) {
    const rows = await transaction.query<{ title: string; parts: readonly string[] }>(sql, [names.schema]);
    for (const { title, parts } of rows) lines.push(title, ...parts.map((part) => `  ${part}`), '');
  }
  return withoutNames(lines.join('\n'), names);
}

/** Roles and schemas by what they are for. */
const withoutNames = (text: string, { schema, app, viewer, jobs }: SchemaNames): string =>
  text
    .replaceAll(new RegExp(`\\b${app}\\b`, 'g'), '<app>')
    .replaceAll(new RegExp(`\\b${viewer}\\b`, 'g'), '<viewer>')
    .replaceAll(new RegExp(`\\b${jobs}\\b`, 'g'), '<jobs>')
    .replaceAll(new RegExp(`(?<=search_path=)${schema}\\b|'${schema}'`, 'g'), '<schema>')
    .replaceAll('extensions.', '');

/** Who may do what; a right of the owner's is not worth a line. */
const rightsOf = (acl: string, owner: string): string => `
  SELECT 'grant ' || string_agg(lower(privilege_type), ', ' ORDER BY privilege_type) || ' to ' || grantee AS part
    FROM (SELECT privilege_type,
                 CASE a.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(a.grantee) END AS grantee
            FROM aclexplode(${acl}) a WHERE a.grantee <> ${owner}) granted
   GROUP BY grantee`;

const relations = `
  SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'r' THEN CASE relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END || 'table ' END
         || relname || CASE WHEN reloptions IS NULL THEN '' ELSE ' with ' || array_to_string(reloptions, ', ') END
         || CASE WHEN relrowsecurity THEN ' row security' ELSE '' END AS title,
         ARRAY(
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
                         || array_to_string(ARRAY(SELECT pg_get_userbyid(r) FROM unnest(polroles) r ORDER BY 1), ', ')
                         || coalesce(' using ' || pg_get_expr(polqual, polrelid), '')
                         || coalesce(' check ' || pg_get_expr(polwithcheck, polrelid), '')
                    FROM pg_policy WHERE polrelid = c.oid ORDER BY polname)
         || ARRAY(SELECT 'rule ' || regexp_replace(pg_get_ruledef(w.oid), '\\s+', ' ', 'g')
                    FROM pg_rewrite w WHERE ev_class = c.oid AND rulename <> '_RETURN' ORDER BY rulename)
         || ARRAY(SELECT part FROM (${rightsOf('relacl', 'relowner')}) r ORDER BY part COLLATE "C")
         || ARRAY(SELECT 'grant ' || lower(privilege_type) || ' (' || string_agg(attname, ', ' ORDER BY attnum) || ') to '
                         || pg_get_userbyid(g.grantee)
                    FROM pg_attribute a, aclexplode(attacl) g WHERE a.attrelid = c.oid
                   GROUP BY g.grantee, privilege_type ORDER BY pg_get_userbyid(g.grantee), privilege_type COLLATE "C") AS parts
    FROM pg_class c WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'v') ORDER BY relname`;

/** Those of their own: an identity's is told by its column. */
const sequences = `
  SELECT 'sequence ' || relname AS title,
         ARRAY(SELECT part FROM (${rightsOf('relacl', 'relowner')}) r ORDER BY part COLLATE "C") AS parts
    FROM pg_class c WHERE relnamespace = $1::regnamespace AND relkind = 'S'
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i') ORDER BY relname`;

/** A PL/pgSQL body by its digest: it stands in the baseline as it is. */
const functions = `
  SELECT 'function ' || proname || '(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid) AS title,
         ARRAY[concat_ws(', ', lanname, CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
                         CASE WHEN proisstrict THEN 'strict' END, CASE WHEN prosecdef THEN 'security definer' END,
                         CASE proparallel WHEN 's' THEN 'parallel safe' END, array_to_string(proconfig, ', ')),
               CASE WHEN prosqlbody IS NULL THEN 'sha256 ' || encode(sha256(convert_to(replace(prosrc, '"' || $1 || '"', ''), 'UTF8')), 'hex')
                    ELSE regexp_replace(pg_get_function_sqlbody(p.oid), '\\s+', ' ', 'g') END]
         || CASE WHEN proowner = (SELECT nspowner FROM pg_namespace n WHERE n.oid = pronamespace)
                   OR (SELECT rolsuper FROM pg_roles r WHERE r.oid = proowner) THEN '{}'
                 ELSE ARRAY['owner ' || pg_get_userbyid(proowner)] END
         || ARRAY(SELECT part FROM (${rightsOf("coalesce(proacl, acldefault('f', proowner))", 'proowner')}) r
                   ORDER BY part COLLATE "C") AS parts
    FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE pronamespace = $1::regnamespace
   ORDER BY proname, pg_get_function_identity_arguments(p.oid) COLLATE "C"`;
