import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Early warning (Art 26): where the live sheets come from and what about, kept by increments beside the trail, and the
 * warnings that follow from it. Neither holds a word of the matter nor anything of a caller.
 */
export class Warnings0160 implements MigrationInterface {
  readonly name = 'Warnings9160000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How far the tree of the trail has been followed, and the earliest hour of which anything is counted.
      CREATE TABLE hotline.matter_cursor (
        one   boolean PRIMARY KEY DEFAULT true CHECK (one),
        place bigint NOT NULL,
        since timestamptz
      );
      INSERT INTO hotline.matter_cursor (place) VALUES (0);

      -- What each live sheet is counted as at present.
      CREATE TABLE hotline.matter_sheet (
        no          text PRIMARY KEY,
        -- Empty where it is not known; so are the codes, of the first level of the classification and of its leaf.
        district    text NOT NULL,
        area        text NOT NULL,
        class       text NOT NULL,
        -- Names of the emergencies of which its title or kind speaks.
        emergencies text[] NOT NULL,
        -- The same caller had raised the same kind within the days of the policy.
        repeated    boolean NOT NULL,
        received_at timestamptz NOT NULL
      );
      CREATE INDEX matter_sheet_class ON hotline.matter_sheet (class, district, received_at DESC, no);
      CREATE INDEX matter_sheet_area ON hotline.matter_sheet (area, district, received_at DESC, no);
      CREATE INDEX matter_sheet_district ON hotline.matter_sheet (district, received_at DESC, no);

      -- Sheets of ten minutes, by place and kind (an area or a leaf); old ones go.
      CREATE TABLE hotline.matter_slot (
        district text NOT NULL,
        code     text NOT NULL,
        -- Ten minutes since 1970.
        slot     integer NOT NULL,
        sheets   integer NOT NULL,
        PRIMARY KEY (district, code, slot)
      ) WITH (fillfactor = 70);
      CREATE INDEX matter_slot_old ON hotline.matter_slot (slot);

      CREATE TABLE hotline.matter_day (
        day      date NOT NULL,
        district text NOT NULL,
        area     text NOT NULL,
        class    text NOT NULL,
        sheets   integer NOT NULL,
        repeated integer NOT NULL,
        PRIMARY KEY (day, district, class)
      ) WITH (fillfactor = 70);
      CREATE INDEX matter_day_class ON hotline.matter_day (class, district, day);

      CREATE TABLE hotline.warning (
        id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sort      text NOT NULL CHECK (sort IN ('rise', 'burst', 'repeat-caller', 'repeat-place')),
        district  text NOT NULL,
        -- Of a burst the name of the emergency, else the code of the kind.
        matter    text NOT NULL,
        -- What it counts is since this instant, and when the sheet came in that tipped it.
        since     timestamptz NOT NULL,
        tipped_at timestamptz NOT NULL,
        tipped_by text NOT NULL,
        raised_at timestamptz NOT NULL,
        -- How many there were then, and how many are usual; hundredths, null where nothing is compared.
        observed  integer NOT NULL,
        expected  integer,
        -- Sheets by now, and the last one.
        sheets    integer NOT NULL,
        last_at   timestamptz NOT NULL
      );
      CREATE INDEX warning_standing ON hotline.warning (sort, district, matter, last_at DESC);

      CREATE TABLE hotline.warning_sheet (
        warning integer NOT NULL REFERENCES hotline.warning,
        no      text NOT NULL,
        PRIMARY KEY (warning, no)
      );
      CREATE INDEX warning_sheet_no ON hotline.warning_sheet (no);

      -- What people did about it: only ever added. The last one says how it stands.
      CREATE TABLE hotline.warning_act (
        id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        warning integer NOT NULL REFERENCES hotline.warning,
        act     text NOT NULL CHECK (act IN ('acknowledged', 'dismissed', 'suggested')),
        reason  text NOT NULL,
        actor   text NOT NULL,
        at      timestamptz NOT NULL
      );
      CREATE INDEX warning_act_of ON hotline.warning_act (warning, id);

      -- Art 26: a unit is asked to make a special study; it answers once.
      CREATE TABLE hotline.study_suggestion (
        id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        warning      integer REFERENCES hotline.warning,
        district     text NOT NULL,
        matter       text NOT NULL,
        unit         text NOT NULL,
        reason       text NOT NULL,
        suggested_by text NOT NULL,
        suggested_at timestamptz NOT NULL
      );
      CREATE TABLE hotline.study_answer (
        suggestion  integer PRIMARY KEY REFERENCES hotline.study_suggestion,
        taken       boolean NOT NULL,
        reason      text NOT NULL,
        answered_by text NOT NULL,
        answered_at timestamptz NOT NULL
      );

      GRANT SELECT, UPDATE ON hotline.matter_cursor TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.matter_sheet, hotline.matter_day TO hotline_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON hotline.matter_slot TO hotline_app;
      GRANT SELECT, INSERT ON hotline.warning, hotline.warning_sheet TO hotline_app;
      GRANT UPDATE (sheets, last_at) ON hotline.warning TO hotline_app;

      CREATE FUNCTION hotline.viewer_sees_warning(id integer) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
        SELECT EXISTS (SELECT FROM warning_sheet m
                        WHERE m.warning = viewer_sees_warning.id AND m.no <> ALL (hotline.viewer_recused())
                          AND (hotline.viewer_sees_all()
                               OR EXISTS (SELECT FROM case_party p
                                           WHERE p.business_key = m.no AND p.party = ANY (hotline.viewer_units()))))
      $$;
      REVOKE ALL ON FUNCTION hotline.viewer_sees_warning FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.viewer_sees_warning TO hotline_viewer, hotline_app;
    `);
    for (const table of ['warning_act', 'study_suggestion', 'study_answer']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON hotline.${table}
          FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
        GRANT SELECT, INSERT ON hotline.${table} TO hotline_app`);
    }
    const rows = {
      matter_sheet: 'hotline.viewer_sees(no)',
      warning: 'hotline.viewer_sees_warning(id)',
      warning_sheet: 'hotline.viewer_sees(no)',
      warning_act: 'hotline.viewer_sees_warning(warning)',
    };
    for (const [table, seen] of Object.entries(rows)) {
      await runner.query(`
        ALTER TABLE hotline.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY program ON hotline.${table} TO hotline_app USING (true) WITH CHECK (true);
        CREATE POLICY viewer ON hotline.${table} FOR SELECT TO hotline_viewer USING (${seen});
        GRANT SELECT ON hotline.${table} TO hotline_viewer`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
