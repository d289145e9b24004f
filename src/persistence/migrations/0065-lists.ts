import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists that cost the same with ten thousand sheets and a million. A task tells its case's level and nearest limit,
 * so that a worklist walks one index in its own order; whose a case is tells who leads it, whether it is open and
 * since when, so that a unit's lists begin at its own rows.
 *
 * What a viewer lists comes out of views of the owner's that hold the same fence as the policies, once a query: a
 * policy is asked row by row, which is nothing for a page and seconds for a count.
 */
export class Lists0065 implements MigrationInterface {
  readonly name = 'Lists9065000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No limit is later than any: lists are in the order of their limits.
      ALTER TABLE hotline.task ADD COLUMN level text,
                               ADD COLUMN limit_at timestamptz NOT NULL DEFAULT 'infinity',
        -- What lists are divided by, never null, so that an index finds each part by itself.
        ADD COLUMN duty text NOT NULL GENERATED ALWAYS AS (coalesce(role, '')) STORED,
        ADD COLUMN light text NOT NULL GENERATED ALWAYS AS (
          CASE WHEN level IS NULL OR level = 'reminder' THEN 'normal' WHEN level = 'yellow' THEN 'yellow' ELSE 'red' END
        ) STORED;
      UPDATE hotline.task t SET level = c.level, limit_at = coalesce(c.limit_at, 'infinity')
        FROM hotline.process_case c WHERE c.id = t.case_id;
      DROP INDEX hotline.task_worklist;
      CREATE INDEX task_nearest ON hotline.task (limit_at, case_id, instance, token, element)
        WHERE realm = 'live';
      CREATE INDEX task_duty ON hotline.task (duty, light, limit_at, case_id, instance, token, element)
        WHERE realm = 'live';
      CREATE INDEX task_place ON hotline.task (process, element, level, opened_at) INCLUDE (limit_at)
        WHERE realm = 'live';

      ALTER TABLE hotline.case_party ADD COLUMN leads boolean NOT NULL DEFAULT false,
                                     ADD COLUMN is_open boolean NOT NULL DEFAULT true,
                                     ADD COLUMN realm text NOT NULL DEFAULT 'live',
                                     ADD COLUMN started_at timestamptz NOT NULL DEFAULT '-infinity';
      UPDATE hotline.case_party p
         SET leads = p.party = regexp_replace(coalesce(c.variables ->> 'unit', ''), '\\s', '', 'g'),
             is_open = c.ended_at IS NULL, realm = c.realm, started_at = c.started_at
        FROM hotline.process_case c WHERE c.id = p.case_id;
      CREATE INDEX case_party_open ON hotline.case_party (party, leads, case_id) WHERE is_open;
      CREATE INDEX case_party_newest ON hotline.case_party (party, realm, started_at DESC, business_key DESC);

      DROP INDEX hotline.work_order_received;
      CREATE INDEX work_order_received ON hotline.work_order (realm, received_at DESC, no DESC);

      CREATE VIEW hotline.seen_party WITH (security_barrier) AS
        SELECT p.* FROM hotline.case_party p
         WHERE p.party = ANY (hotline.viewer_units()) AND p.business_key <> ALL (hotline.viewer_recused());
      CREATE VIEW hotline.seen_task WITH (security_barrier) AS
        -- OFFSET 0: from the units' cases to their tasks. Left to itself PostgreSQL reads the tasks of all units.
        SELECT t.*, p.led FROM (
          SELECT p.case_id, bool_or(p.leads) AS led FROM hotline.case_party p
           WHERE p.is_open AND p.party = ANY (hotline.viewer_units())
             AND p.business_key <> ALL (hotline.viewer_recused()) GROUP BY p.case_id) p
          CROSS JOIN LATERAL (SELECT * FROM hotline.task t WHERE t.case_id = p.case_id OFFSET 0) t;
      CREATE VIEW hotline.seen_open_case WITH (security_barrier) AS
        SELECT c.id, c.business_key, c.realm, c.level, c.limit_at, c.ended_at, c.variables
          FROM hotline.process_case c WHERE c.ended_at IS NULL
           AND c.id IN (SELECT p.case_id FROM hotline.case_party p
                         WHERE p.is_open AND p.party = ANY (hotline.viewer_units())
                           AND p.business_key <> ALL (hotline.viewer_recused()));
      CREATE VIEW hotline.seen_case WITH (security_barrier) AS
        SELECT c.id, c.business_key, c.realm, c.started_at, c.ended_at FROM hotline.process_case c
         WHERE c.business_key <> ALL (hotline.viewer_recused())
           AND c.id IN (SELECT p.case_id FROM hotline.case_party p WHERE p.party = ANY (hotline.viewer_units()));
      -- The newest sheets of the viewer's units before the mark: from each unit so many, by its stretch of one index. A
      -- view would be asked for each row whose it is, and PostgreSQL, expecting next to none, would sort them all.
      CREATE FUNCTION hotline.newest_seen(asked text, mark timestamptz, mark_no text, most integer)
        RETURNS TABLE (no text, started_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
        SELECT DISTINCT t.business_key, t.started_at FROM unnest(viewer_units()) unit CROSS JOIN LATERAL (
          SELECT p.business_key, p.started_at FROM case_party p
           WHERE p.party = unit AND p.realm = asked AND (p.started_at, p.business_key) < (mark, mark_no)
             AND p.business_key <> ALL (viewer_recused())
           ORDER BY p.started_at DESC, p.business_key DESC LIMIT most) t
         ORDER BY t.started_at DESC, t.business_key DESC LIMIT most
      $$;
      REVOKE ALL ON FUNCTION hotline.newest_seen FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.newest_seen TO hotline_viewer;
      GRANT SELECT ON hotline.seen_party, hotline.seen_task, hotline.seen_open_case, hotline.seen_case TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
