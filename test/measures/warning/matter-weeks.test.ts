/** Hot spots and the map read weekly sums, which always equal those of the sheets themselves. */
import { expect } from 'chai';
import { civilDateOf, civilDateOfDay, dayNumberOf, parseCivilDate } from '../../../src/kernel/civil-date.js';
import { hotSpots } from '../../../src/measures/warning/hot-spots.js';
import { matterCells, weekCounts } from '../../../src/measures/warning/index.js';
import type { Sheet } from '../../../src/measures/warning/matters.js';
import { countSheet } from '../../../src/measures/warning/store/matter-store.js';
import { useDatabase } from '../../support/database.js';
import { random as seeded } from '../../support/messages.js';

type Counted = NonNullable<Sheet['before']> & { readonly no: string; readonly receivedAt: Date };

const hour = 3_600_000;

describe('预警：按周的合计（第二十六条、第三十六条）', () => {
  const database = useDatabase();
  const standing = new Map<string, Counted>();

  const count = async (sheet: Counted): Promise<void> => {
    const before = standing.get(sheet.no);
    const taken: Sheet = { ...sheet, emergencies: [], ofCaller: [], spot: '', atSpot: [], before };
    await database().transaction((transaction) => countSheet(transaction, taken, sheet.repeated));
    standing.set(sheet.no, sheet);
  };
  const weeksTo = (day: string, least = 1, weeks = 4) =>
    database().transaction((transaction) => weekCounts(transaction, parseCivilDate(day), { weeks, least }));
  const daysOf = async (): Promise<readonly string[]> => {
    const { rows } = await database().pool.query<{ day: string }>(
      `SELECT concat_ws(' ', day, district, area, class, sheets, repeated) AS day FROM hotline.matter_day
        WHERE sheets <> 0 OR repeated <> 0 ORDER BY 1`,
    );
    return rows.map(({ day }) => day);
  };
  const weeksByDay = async (): Promise<readonly string[]> => {
    const { rows } = await database().pool.query<{ day: string }>(
      `SELECT concat_ws(' ', week + n::integer - 1, district, area, class, sheets, repeated) AS day
         FROM hotline.matter_week w CROSS JOIN LATERAL unnest(
           ARRAY[sheets_1, sheets_2, sheets_3, sheets_4, sheets_5, sheets_6, sheets_7],
           ARRAY[repeated_1, repeated_2, repeated_3, repeated_4, repeated_5, repeated_6, repeated_7])
           WITH ORDINALITY AS of_day (sheets, repeated, n)
        WHERE sheets <> 0 OR repeated <> 0 ORDER BY 1`,
    );
    return rows.map(({ day }) => day);
  };

  it('近七日和往前每七日，一日不多、一日不少：周一、周日、零点、明日', async () => {
    const at = (instant: string, more: Partial<Counted> = {}): Promise<void> =>
      count({
        no: `手算-${standing.size}`,
        district: '历下区',
        area: 'N',
        class: 'N1',
        repeated: false,
        receivedAt: new Date(`2026-04-${instant}+08:00`),
        ...more,
      });
    // Wednesday 15 April: the last seven days are those from Thursday the 9th.
    await at('15T23:59:59');
    await at('13T00:00:00');
    await at('12T23:59:59');
    await at('09T00:00:00');
    // The seven before: from the 2nd to the 8th; and before them only the 1st.
    await at('08T23:59:59');
    await at('02T00:00:00');
    await at('01T23:59:59');
    // Tomorrow is in none of them.
    await at('16T00:00:00');
    await at('15T08:00:00', { district: '市中区' });
    const found = (await weeksTo('2026-04-15')).toSorted((one, other) =>
      one.district < other.district ? -1 : 1,
    );
    expect(found).to.deep.equal([
      { district: '历下区', area: 'N', class: 'N1', weeks: [4, 2, 1, 0, 0] },
      { district: '市中区', area: 'N', class: 'N1', weeks: [1, 0, 0, 0, 0] },
    ]);
    expect((await weeksTo('2026-04-15', 2)).map(({ district }) => district)).to.deep.equal(['历下区']);
    expect((await weeksTo('2026-04-16', 2))[0]?.weeks).to.deep.equal([4, 2, 2, 0, 0]);
    expect((await weeksTo('2026-04-19', 2))[0]?.weeks).to.deep.equal([3, 3, 2, 0, 0]);
    expect(await weeksTo('2026-04-08', 3)).to.deep.equal([]);
  });

  it('改归分类改的是收到的那一日所在的周；换版的分类换了上级，还是同一个分类', async () => {
    const put = (no: string, day: string, area: string): Counted => ({
      no,
      district: '长清区',
      area,
      class: 'M1',
      repeated: false,
      receivedAt: new Date(`${day}T10:00:00+08:00`),
    });
    for (const [no, day] of [
      ['一', '2026-04-02'],
      ['二', '2026-04-03'],
      ['三', '2026-04-14'],
    ] as const) {
      await count(put(no, day, 'M'));
    }
    await count(put('四', '2026-04-15', 'X'));
    const found = async () =>
      (await weeksTo('2026-04-15')).filter(
        ({ district, class: code }) => district === '长清区' && code === 'M1',
      );
    expect(await found()).to.deep.equal([
      { district: '长清区', area: 'X', class: 'M1', weeks: [2, 2, 0, 0, 0] },
    ]);
    await count({ ...put('一', '2026-04-02', 'M'), class: 'M2' });
    expect((await found())[0]?.weeks).to.deep.equal([2, 1, 0, 0, 0]);
  });

  it('随便怎样收件、改归分类、改属地，周的合计就是各日的合计，答的就是工单自己的数', async () => {
    const random = seeded(26);
    const pick = <One>(some: readonly One[]): One =>
      some[Math.floor(random() * some.length)] ?? expect.fail();
    const kinds = ['A1', 'A2', 'B1', ''].map((code) => ({ class: code, area: code.slice(0, 1) }));
    const last = dayNumberOf(parseCivilDate('2026-04-19'));
    const end = Date.parse('2026-04-20T00:00:00+08:00');
    for (let one = 0; one < 400; one += 1) {
      const known = random() < 0.4 ? pick([...standing.values()]) : undefined;
      await count({
        no: known?.no ?? `随机-${one}`,
        receivedAt: known?.receivedAt ?? new Date(end - Math.ceil(random() * 40 * 24) * hour),
        district: pick(['历下区', '市中区', '']),
        repeated: random() < 0.3,
        ...pick(kinds),
      });
    }
    expect(await weeksByDay()).to.deep.equal(await daysOf());
    const sheets = [...standing.values()].map(({ receivedAt, ...sheet }) => ({
      ...sheet,
      day: dayNumberOf(civilDateOf(receivedAt)),
    }));
    for (let back = 0; back < 9; back += 1) {
      const today = last - back;
      for (const { district, class: code, weeks } of await weeksTo(civilDateOfDay(today))) {
        const own = sheets.filter((one) => one.district === district && one.class === code);
        const counted = weeks.map(
          (_, week) =>
            own.filter(({ day }) => day <= today - 7 * week && day > today - 7 * (week + 1)).length,
        );
        expect(weeks, `${civilDateOfDay(today)} ${district} ${code}`).to.deep.equal(counted);
      }
      for (const length of [1, 3, 8, 16, 30]) {
        const from = today - length + 1;
        const cells = await database().transaction((transaction) =>
          matterCells(transaction, {
            from: civilDateOfDay(from),
            to: civilDateOfDay(today),
            level: 'class',
          }),
        );
        const inside = sheets.filter(({ day }) => day >= from && day <= today);
        const sumOf = (of: readonly { sheets: number; repeated: number }[]): readonly number[] =>
          of.reduce(([all = 0, again = 0], one) => [all + one.sheets, again + one.repeated], [
            0, 0,
          ] as number[]);
        for (const code of ['A1', 'A2', 'B1', '', 'N1', 'M2']) {
          const own = inside.filter((one) => one.class === code);
          expect(
            sumOf(cells.filter((cell) => cell.class === code)),
            `${civilDateOfDay(from)} ${length} ${code}`,
          ).to.deep.equal([own.length, own.filter(({ repeated }) => repeated).length]);
        }
      }
    }
  });

  it('程序自己改不了周的合计，只随各日的', async () => {
    const before = await weeksByDay();
    const [known] = standing.values();
    await count({ ...(known ?? expect.fail()), class: 'A2', area: 'A' });
    expect(await weeksByDay())
      .to.deep.equal(await daysOf())
      .and.not.to.deep.equal(before);
    for (const change of [
      'UPDATE hotline.matter_week SET sheets_1 = 0',
      'DELETE FROM hotline.matter_week',
      "UPDATE hotline.matter_day SET area = 'Z'",
    ]) {
      const refused = await database()
        .pool.query(change)
        .then(() => undefined, String);
      expect(refused, change).to.match(/permission denied/);
    }
  });

  it('热点：突然多起来的列出，忽多忽少、一向就多的不列', async () => {
    const put = async (district: string, perWeek: readonly number[]): Promise<void> => {
      for (const [week, sheets] of perWeek.entries()) {
        for (let one = 0; one < sheets; one += 1) {
          await count({
            no: `${district}-${week}-${one}`,
            district,
            area: 'K',
            class: 'K1',
            repeated: false,
            receivedAt: new Date(
              Date.parse('2026-06-10T12:00:00+08:00') - (7 * week + (one % 7)) * 24 * hour,
            ),
          });
        }
      }
    };
    await put('槐荫区', [20, 4, 5, 3, 4]);
    await put('天桥区', [20, 19, 21, 20, 18]);
    await put('历城区', [20, 2, 19, 3, 20]);
    const found = hotSpots(await weeksTo('2026-06-10', 5), { least: 5, rarity: 10_000 }, 4);
    expect(found.map(({ district, count: sheets, weeks }) => ({ district, sheets, weeks }))).to.deep.equal([
      { district: '槐荫区', sheets: 20, weeks: [20, 4, 5, 3, 4] },
    ]);
  });
});
