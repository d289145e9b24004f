import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Other systems and their tokens. Of a token only a keyed hash is kept: who can read or write the database can neither
 * use one nor make one up. Every change is an entry of the trail `accounts`.
 */
export class ApiToken0062 implements MigrationInterface {
  readonly name = 'ApiToken9062000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.client_system (
        id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name       text NOT NULL,
        -- Whose sheets it sees; null for a system of no unit.
        unit       integer REFERENCES hotline.unit,
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        closed_at  timestamptz,
        closed_by  text
      );
      CREATE UNIQUE INDEX client_system_name ON hotline.client_system (name) WHERE closed_at IS NULL;

      CREATE TABLE hotline.api_token (
        id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        system       integer NOT NULL REFERENCES hotline.client_system,
        -- What the token begins with, to recognise it by; the rest only its holder knows.
        prefix       text NOT NULL UNIQUE,
        hash         bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
        scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
        issued_at    timestamptz NOT NULL,
        issued_by    text NOT NULL,
        expires_at   timestamptz NOT NULL CHECK (expires_at > issued_at),
        -- The one that has taken its place; this one goes on until it expires, so that there is time to change over.
        replaced_by  integer REFERENCES hotline.api_token,
        last_used_at timestamptz,
        revoked_at   timestamptz,
        revoked_by   text
      );
      CREATE INDEX api_token_system ON hotline.api_token (system);

      -- Counted at all programs together. Not worth a write to disk: after a crash everyone begins anew.
      CREATE UNLOGGED TABLE hotline.request_rate (
        key    varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      ) WITH (fillfactor = 50);

      GRANT SELECT, INSERT ON hotline.client_system, hotline.api_token TO hotline_app;
      GRANT UPDATE (closed_at, closed_by) ON hotline.client_system TO hotline_app;
      GRANT UPDATE (expires_at, replaced_by, last_used_at, revoked_at, revoked_by) ON hotline.api_token
        TO hotline_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON hotline.request_rate TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
