import { expect } from 'chai';
import pg from 'pg';

/**
 * Compares the index of each unit's older sheets with what sheets and parties say, as far as it claims to have come.
 *
 * @returns how many sheets stand in it
 */
export async function expectGathered(url: string): Promise<number> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    const { rows: done } = await owner.query<Mark>(
      'SELECT before_day, until_day, party, received_at::text, no FROM hotline.party_sheet_done',
    );
    const { rows: sheets } = await owner.query<Sheet>(
      `SELECT w.no, p.party, w.received_at = p.started_at AS same, w.title || ' ' || w.content AS text,
              floor(extract(julian FROM w.received_at AT TIME ZONE 'UTC'))::int AS day,
              (p.party, w.received_at, w.no) <= ($1, $2::timestamptz, $3) AS reached
         FROM hotline.work_order w JOIN hotline.case_party p ON p.business_key = w.no
        WHERE w.realm = 'live' AND p.realm = 'live'`,
      [done[0]?.party, done[0]?.received_at, done[0]?.no],
    );
    const { rows: held } = await owner.query<{ no: string; party: string; pairs: number[] }>(
      'SELECT no, party, pairs FROM hotline.party_sheet',
    );
    const { before_day: before = 0, until_day: until = 0 } = done[0] ?? {};
    const expected = sheets.filter(
      ({ same, day, reached }) => !same || day < before || (day < until && reached),
    );
    const told = (rows: readonly (readonly [no: string, party: string, pairs: readonly number[]])[]) =>
      rows.map(([no, party, pairs]) => `${no} ${party} ${[...new Set(pairs)].sort().join()}`).sort();
    expect(told(held.map(({ no, party, pairs }) => [no, party, pairs]))).to.deep.equal(
      told(expected.map(({ no, party, text }) => [no, party, pairsOf(text)])),
    );
    return held.length;
  } finally {
    await owner.end();
  }
}

interface Mark {
  readonly before_day: number;
  readonly until_day: number;
  readonly party: string;
  readonly received_at: string;
  readonly no: string;
}

interface Sheet {
  readonly no: string;
  readonly party: string;
  readonly same: boolean;
  readonly text: string;
  readonly day: number;
  readonly reached: boolean;
}

/** Sixteen bits of each of two neighbours' code points. */
function pairsOf(text: string): number[] {
  const points = [...text.toLowerCase()].map((character) => character.codePointAt(0) ?? 0);
  return points.slice(1).map((next, index) => (((points[index] ?? 0) & 0xffff) << 16) | (next & 0xffff));
}
