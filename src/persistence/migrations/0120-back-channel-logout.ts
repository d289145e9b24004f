import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What tells the sessions that end with one at the city's identity provider. */
export class BackChannelLogout0120 implements MigrationInterface {
  readonly name = 'BackChannelLogout9120000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- SHA-256 of the provider's session; null where it names none, or the session did not begin there.
      ALTER TABLE hotline.session ADD COLUMN oidc_session bytea;
      CREATE TABLE hotline.oidc_logout (
        -- SHA-256 of a notice's number: it counts once.
        id         bytea PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX oidc_logout_expires ON hotline.oidc_logout (expires_at);
      GRANT SELECT, INSERT, DELETE ON hotline.oidc_logout TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
