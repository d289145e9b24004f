import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which events another system wants to be sent. Every change is an entry of the trail `notifications`. */
export class EventSubscription0064 implements MigrationInterface {
  readonly name = 'EventSubscription9064000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.event_subscription (
        id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        system          integer NOT NULL REFERENCES hotline.client_system,
        address         text NOT NULL,
        types           text[] NOT NULL CHECK (cardinality(types) > 0),
        -- Whose sheets, with those of the units below; null for all.
        unit            integer REFERENCES hotline.unit,
        -- Encrypted under the vault's key, bound to the system and the address.
        secret          bytea NOT NULL,
        -- The one before: events are signed with it as well until then, so that there is time to change over.
        previous_secret bytea,
        previous_until  timestamptz,
        created_at      timestamptz NOT NULL,
        created_by      text NOT NULL,
        closed_at       timestamptz,
        closed_by       text,
        CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
        CHECK ((closed_at IS NULL) = (closed_by IS NULL))
      );
      CREATE UNIQUE INDEX event_subscription_once ON hotline.event_subscription (system, address)
        WHERE closed_at IS NULL;

      GRANT SELECT, INSERT ON hotline.event_subscription TO hotline_app;
      GRANT UPDATE (secret, previous_secret, previous_until, closed_at, closed_by) ON hotline.event_subscription
        TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
