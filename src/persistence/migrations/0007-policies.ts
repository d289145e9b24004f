import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of policies: what is proposed, and what was ruled on it, once. Neither is ever changed. */
export class Policies0007 implements MigrationInterface {
  readonly name = 'Policies0007000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.policy_proposal (
        id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key          text NOT NULL,
        value        text NOT NULL,
        author       text NOT NULL,
        reason       text NOT NULL,
        document     text,
        -- From 00:00 of this day in Asia/Shanghai.
        effective_on date NOT NULL,
        proposed_at  timestamptz NOT NULL
      );
      CREATE INDEX policy_proposal_key ON hotline.policy_proposal (key, id);

      CREATE TABLE hotline.policy_ruling (
        -- The order of ruling: of two approved for one day, the later ruling counts.
        id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        proposal_id integer NOT NULL UNIQUE REFERENCES hotline.policy_proposal,
        decision    text NOT NULL CHECK (decision IN ('approve', 'reject', 'withdraw')),
        actor       text NOT NULL,
        reason      text NOT NULL,
        ruled_at    timestamptz NOT NULL
      );

      CREATE TRIGGER policy_proposal_append_only BEFORE UPDATE OR DELETE ON hotline.policy_proposal
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER policy_ruling_append_only BEFORE UPDATE OR DELETE ON hotline.policy_ruling
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      GRANT SELECT, INSERT ON hotline.policy_proposal, hotline.policy_ruling TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
