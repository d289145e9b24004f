import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their units and roles, their sessions. Every change of them is an entry of the trail `accounts`. */
export class Identity0020 implements MigrationInterface {
  readonly name = 'Identity9020000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.unit (
        id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- As the forms of the processes name it; blanks do not count.
        name   text NOT NULL UNIQUE CHECK (name = regexp_replace(name, '\\s', '', 'g') AND name <> ''),
        kind   text NOT NULL,
        parent integer REFERENCES hotline.unit
      );

      CREATE TABLE hotline.person (
        id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        login         text NOT NULL UNIQUE,
        name          text NOT NULL,
        unit          integer NOT NULL REFERENCES hotline.unit,
        -- argon2id in the PHC format; null for whoever comes by single sign-on only.
        password      text,
        -- Set by somebody else: good for one thing, setting one's own.
        must_change   boolean NOT NULL DEFAULT false,
        -- Encrypted under the vault's key. The last step of 30 seconds that was used up, so that no code works twice.
        totp_secret   bytea,
        totp_used     bigint,
        oidc_subject  text UNIQUE,
        -- Made for trying out: the program then listens on the local address only.
        sample        boolean NOT NULL DEFAULT false,
        created_at    timestamptz NOT NULL,
        closed_at     timestamptz
      );

      CREATE TABLE hotline.role_grant (
        person     integer NOT NULL REFERENCES hotline.person,
        role       text NOT NULL,
        granted_at timestamptz NOT NULL,
        granted_by text NOT NULL,
        PRIMARY KEY (person, role)
      );

      CREATE TABLE hotline.session (
        -- SHA-256 of what the browser holds.
        id         bytea PRIMARY KEY,
        person     integer NOT NULL REFERENCES hotline.person,
        started_at timestamptz NOT NULL,
        seen_at    timestamptz NOT NULL,
        -- When the person last proved who they are.
        auth_at    timestamptz NOT NULL
      );
      CREATE INDEX session_person ON hotline.session (person);
      CREATE INDEX session_seen ON hotline.session (seen_at);

      -- Failed log-ins, counted by account, by address and by both.
      CREATE TABLE hotline.sign_in_failure (
        subject text PRIMARY KEY,
        count   integer NOT NULL,
        since   timestamptz NOT NULL
      );

      GRANT SELECT, INSERT ON hotline.unit TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.person TO hotline_app;
      GRANT SELECT, INSERT, DELETE ON hotline.role_grant TO hotline_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON hotline.session, hotline.sign_in_failure TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
