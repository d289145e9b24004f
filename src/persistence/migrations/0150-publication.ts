import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is published of a month (Arts 33, 38): versions, and what people did to them. Neither is ever changed. */
export class Publication0150 implements MigrationInterface {
  readonly name = 'Publication9150000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.assessment_publication (
        id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind       text NOT NULL CHECK (kind IN ('public', 'circular')),
        period     text NOT NULL,
        version    integer NOT NULL CHECK (version > 0),
        content    json NOT NULL,
        drafted_by text NOT NULL,
        drafted_at timestamptz NOT NULL,
        UNIQUE (kind, period, version)
      );
      CREATE TABLE hotline.assessment_publication_act (
        publication integer NOT NULL REFERENCES hotline.assessment_publication,
        -- Of two who act upon the same state, the second finds its number taken.
        seq         integer NOT NULL,
        act         text NOT NULL CHECK (act IN ('cases', 'approve', 'return', 'publish')),
        actor       text NOT NULL,
        at          timestamptz NOT NULL,
        reason      text,
        cases       json CHECK ((cases IS NOT NULL) = (act = 'cases')),
        content     json CHECK ((content IS NOT NULL) = (act = 'publish')),
        PRIMARY KEY (publication, seq)
      );
      CREATE UNIQUE INDEX assessment_publication_once ON hotline.assessment_publication_act (publication)
        WHERE act = 'publish';
    `);
    for (const table of ['assessment_publication', 'assessment_publication_act']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON hotline.${table}
          FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
        CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON hotline.${table}
          FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
        ALTER TABLE hotline.${table} ENABLE ALWAYS TRIGGER ${table}_append_only;
        ALTER TABLE hotline.${table} ENABLE ALWAYS TRIGGER ${table}_no_truncate;
        GRANT SELECT, INSERT ON hotline.${table} TO hotline_app`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
