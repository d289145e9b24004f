import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Log-ins that are under way at the city's identity provider, and what ends a session there as well. */
export class SingleSignOn0063 implements MigrationInterface {
  readonly name = 'SingleSignOn9063000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.oidc_flow (
        -- SHA-256 of the state; used up by the first that comes back with it.
        id         bytea PRIMARY KEY,
        -- SHA-256 of what the browser holds that set out: no other may come back.
        browser    bytea NOT NULL,
        -- Nonce, code verifier and where to go afterwards, encrypted under the vault's key.
        sealed     bytea NOT NULL,
        started_at timestamptz NOT NULL
      );
      CREATE INDEX oidc_flow_started ON hotline.oidc_flow (started_at);
      -- Encrypted under the vault's key.
      ALTER TABLE hotline.session ADD COLUMN id_token bytea;
      GRANT SELECT, INSERT, DELETE ON hotline.oidc_flow TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
