import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The horizon of the log moves forward only, only over transactions that have ended, and over no entry that has no
 * place in the tree: such an entry would never get one. Places are written before the horizon, in one transaction.
 *
 * In a database restored from another server the horizon lies among numbers that this server has not reached; there it
 * comes back to this server's, once, after everything has been looked through.
 */
export class Horizon0121 implements MigrationInterface {
  readonly name = 'Horizon9121000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION hotline.grow_log_only() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        settled xid8 := pg_snapshot_xmin(pg_current_snapshot());
        restored boolean := OLD.horizon > settled;
        passed record;
      BEGIN
        IF NEW.size < OLD.size THEN
          RAISE EXCEPTION '轨迹只能增长:% 条不能改为 % 条', OLD.size, NEW.size USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.horizon = OLD.horizon THEN
          RETURN NEW;
        END IF;
        IF NEW.horizon > settled OR (NEW.horizon < OLD.horizon AND NOT restored) THEN
          RAISE EXCEPTION '轨迹排号的界只能往前推到已结束的事务:% 不能改为 %', OLD.horizon, NEW.horizon
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        -- By the index on xact; a backlog of 100,000 entries takes a seventh longer for it. EXECUTE plans anew: a plan
        -- kept from an empty table would read a large one from end to end.
        EXECUTE 'SELECT stream, seq FROM hotline.trail_entry e WHERE '
          || CASE WHEN restored THEN '(xact < $2 OR xact >= pg_snapshot_xmax(pg_current_snapshot()))'
                  ELSE 'xact >= $1 AND xact < $2' END
          || ' AND NOT EXISTS (SELECT FROM hotline.trail_leaf l WHERE l.stream = e.stream AND l.seq = e.seq) LIMIT 1'
          INTO passed USING OLD.horizon, NEW.horizon;
        IF passed IS NOT NULL THEN
          RAISE EXCEPTION '轨迹排号的界不能越过没有入树的条目:% 第 % 条', passed.stream, passed.seq
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
