import type { MigrationInterface, QueryRunner } from 'typeorm';

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const columns = weekdays.flatMap((day) => [`sheets_${day}`, `repeated_${day}`]);

/**
 * The sums of the days once more, a row a week with a column a weekday: seven days that end on any day are the end of
 * one row and the beginning of the next, so that hot spots and the map read a third of the rows.
 *
 * A trigger keeps them, so that they follow whichever version of the program writes a day's sum while programs are
 * restarted one by one. Nobody else writes them.
 */
export class MatterWeeks0163 implements MigrationInterface {
  readonly name = 'MatterWeeks9163000000000';

  async up(runner: QueryRunner): Promise<void> {
    const ofDay = (column: string, day: number): string =>
      `coalesce(sum(${column}) FILTER (WHERE extract(isodow FROM day) = ${day}), 0)`;
    await runner.query(`
      CREATE TABLE hotline.matter_week (
        -- Its Monday.
        week     date NOT NULL,
        class    text NOT NULL,
        district text NOT NULL,
        area     text NOT NULL,
        -- By the days of the week as ISO 8601 counts them.
        ${columns.map((column) => `${column} integer NOT NULL DEFAULT 0`).join(', ')},
        PRIMARY KEY (week, class, district, area)
      ) WITH (fillfactor = 70);
      GRANT SELECT ON hotline.matter_week TO hotline_app;

      CREATE FUNCTION hotline.add_to_matter_week() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
      DECLARE
        weekday  integer := extract(isodow FROM NEW.day);
        sheets   integer := NEW.sheets - coalesce(OLD.sheets, 0);
        repeated integer := NEW.repeated - coalesce(OLD.repeated, 0);
      BEGIN
        INSERT INTO matter_week AS w (week, class, district, area, ${columns.join(', ')})
        VALUES (NEW.day - weekday + 1, NEW.class, NEW.district, NEW.area, ${weekdays
          .flatMap((day) =>
            ['sheets', 'repeated'].map((sum) => `CASE weekday WHEN ${day} THEN ${sum} ELSE 0 END`),
          )
          .join(', ')})
        ON CONFLICT (week, class, district, area) DO UPDATE SET
          ${columns.map((column) => `${column} = w.${column} + excluded.${column}`).join(', ')};
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION hotline.add_to_matter_week FROM PUBLIC;

      -- From here on nobody writes a day until all are taken over. Of a day only its sums ever change.
      CREATE TRIGGER matter_week_follows AFTER INSERT OR UPDATE ON hotline.matter_day
        FOR EACH ROW EXECUTE FUNCTION hotline.add_to_matter_week();
      REVOKE UPDATE ON hotline.matter_day FROM hotline_app;
      GRANT UPDATE (sheets, repeated) ON hotline.matter_day TO hotline_app;

      INSERT INTO hotline.matter_week (week, class, district, area, ${columns.join(', ')})
      SELECT date_trunc('week', day::timestamp)::date, class, district, area,
             ${weekdays.flatMap((day) => [ofDay('sheets', day), ofDay('repeated', day)]).join(', ')}
        FROM hotline.matter_day GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
