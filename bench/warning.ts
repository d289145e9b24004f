/** Warnings raised by real messages, and planted bursts and rises detected, on the real database. */
import { readFileSync } from 'node:fs';
import { createModel, updatedProfile, type Profile } from '#src/sheet/classification/index.js';
import { movableClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { thresholdsOf } from '#src/measures/warning/index.js';
import { emergenciesIn } from '../src/measures/warning/emergencies.js';
import { countSheetAndWarn } from '../src/measures/warning/follow-matters.js';
import { benchServer, type BenchServer } from './postgres.js';
import { median, rounded, table } from './table.js';
import { noticed } from './warning-noticed.js';

interface Sheet {
  readonly no: string;
  readonly title: string;
  readonly district: string;
  readonly kind: string;
  readonly citizen: string;
  readonly receivedAt: Date;
}
interface Planted {
  readonly sort: 'burst' | 'rise';
  readonly size: number;
  readonly sheets: readonly Sheet[];
}

const weeks = 10;
const minute = 60_000;
const week = 7 * 24 * 60 * minute;
/** A Monday, 00:00 in China. */
const begin = Date.parse('2026-03-02T00:00:00+08:00');
/** Of each sort and size. */
const plantedEach = 20;

export async function run(): Promise<void> {
  const sheets = replayed();
  const plants = [
    ...[3, 5, 10].flatMap((size, at) => plant(sheets, 'burst', size, at)),
    ...[5, 8, 12].flatMap((size, at) => plant(sheets, 'rise', size, at + 3)),
  ];
  const server = await benchServer();
  try {
    await noticed(server);
    const bare = await lived(server, 'bare', sheets);
    const sown = await lived(server, 'sown', [...sheets, ...plants.flatMap((one) => one.sheets)]);
    const sorts = ['burst', 'rise', 'repeat-caller', 'repeat-place'];
    table(
      `Warnings of ${rounded(sheets.length)} real messages folded into ${weeks} weeks`,
      ['sort', 'warnings', 'per 1,000 messages'],
      sorts.map((sort) => {
        const count = bare.warnings.filter((one) => one.sort === sort).length;
        return [sort, count, rounded((1000 * count) / sheets.length, 1)];
      }),
    );
    table(
      'Planted',
      ['sort', 'sheets', 'planted', 'noticed'],
      [...new Set(plants.map(({ sort, size }) => `${sort} ${size}`))].map((key) => {
        const of = plants.filter(({ sort, size }) => `${sort} ${size}` === key);
        const noticed = of.filter(({ sort, sheets: own }) =>
          sown.warnings.some((one) => one.sort === sort && own.some(({ no }) => one.behind.includes(no))),
        );
        return [...key.split(' '), of.length, noticed.length];
      }),
    );
    console.log(`\nA sheet: ${rounded(median(bare.times), 1)} ms (median).`);
  } finally {
    await server.stop();
  }
}

const lines = <Line>(name: string): Line[] =>
  readFileSync(new URL(`../../shared/cases/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

interface Message {
  readonly no: string;
  readonly citizen: string;
  readonly title: string;
  readonly text: string;
  readonly receivedAt: string;
}

/** Each at its own hour of its own weekday; place from the message, class as labelled. */
function replayed(): Sheet[] {
  const profiles = new Map<string, Profile>();
  for (const { title, text, kind } of lines<{ title: string; text: string; kind: string }>(
    'labelled.jsonl',
  )) {
    const before = profiles.get(kind) ?? { code: kind, sheets: 0, terms: new Map() };
    profiles.set(kind, updatedProfile(before, `${title}\n${text}`, 1));
  }
  const model = createModel([...profiles.values()]);
  return lines<Message>('messages.jsonl').map(({ no, citizen, title, text, receivedAt }, index) => {
    // Monday 1970-01-05 in China, the origin of weeks.
    const sinceMonday = (Date.parse(receivedAt) - Date.parse('1970-01-05T00:00:00+08:00')) % week;
    return {
      no,
      citizen,
      title,
      district: /[A-Z]\d*(?:区|县|市)/.exec(`${title}${text}`)?.[0] ?? '',
      kind: model.suggest(title, text, 1)[0]?.code ?? '',
      receivedAt: new Date(begin + (index % weeks) * week + sinceMonday),
    };
  });
}

/** At office hours of the last weeks, with existing places and classes. */
function plant(all: readonly Sheet[], sort: Planted['sort'], size: number, series: number): Planted[] {
  const known = all.filter(({ district, kind }) => district !== '' && kind !== '');
  return Array.from({ length: plantedEach }, (_, index) => {
    const like = known[(index * 97 + series * 31) % known.length] ?? known[0];
    if (!like) throw new Error('no messages');
    const length = (sort === 'burst' ? 10 : 50) * minute;
    const start =
      begin +
      5 * week +
      ((index * 41 + series * 7) % 35) * 24 * 60 * minute +
      (8 + (index % 10)) * 60 * minute;
    const sheets = Array.from({ length: size }, (__, one) => ({
      ...like,
      no: `planted-${sort}-${size}-${index}-${one}`,
      citizen: `planted-${sort}-${size}-${index}-${one}`,
      title: sort === 'burst' ? '小区停水' : '反映情况',
      receivedAt: new Date(start + (one * length) / size),
    }));
    return { sort, size, sheets };
  });
}

async function lived(server: BenchServer, name: string, sheets: readonly Sheet[]) {
  const clock = movableClock(new Date(begin));
  const system = await openSystem({
    clock,
    applicationName: 'bench',
    url: await server.database(name),
    directory: server.directory,
  });
  const thresholds = thresholdsOf(system.policies.at(clock.now()));
  const earlier = new Map<string, string[]>();
  const times: number[] = [];
  try {
    const rising = [...sheets].sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
    for (const { no, title, district, kind, citizen, receivedAt } of rising) {
      clock.moveTo(receivedAt);
      const emergencies = emergenciesIn(title, [], thresholds.burst.emergencies);
      const ofCaller = earlier.get(citizen) ?? [];
      const sheet = {
        no,
        district,
        area: kind,
        class: kind,
        emergencies,
        receivedAt,
        before: undefined,
        ofCaller,
        spot: '',
        atSpot: [],
      };
      const begun = performance.now();
      await system.database.transaction((transaction) =>
        countSheetAndWarn(system, transaction, sheet, thresholds, rising[0]?.receivedAt ?? receivedAt),
      );
      times.push(performance.now() - begun);
      earlier.set(citizen, [no, ...ofCaller]);
    }
    const { rows: warnings } = await system.database.pool.query<{ sort: string; behind: string[] }>(
      `SELECT sort, ARRAY(SELECT no FROM hotline.warning_sheet b WHERE b.warning = w.id) AS behind FROM hotline.warning w`,
    );
    return { warnings, times };
  } finally {
    await system.close();
  }
}
