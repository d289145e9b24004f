import {
  endOfPeriod,
  nextPeriod,
  parsePeriod,
  periodOfAct,
  spread,
  startOfPeriod,
  type MeasureKey,
  type Period,
} from '../../measures/assessment/index.js';
import { civilDateOf, civilDateOfDay, dayOfLimit } from '../../kernel/civil-date.js';
import { pathName, type ClassTree } from '../../sheet/classification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { kindName, matterCells, type MatterCell } from '../../measures/warning/index.js';
import { districtMap } from '../../sheet/districts/index.js';
import {
  datasets,
  sharedData,
  type Dataset,
  type Item,
  type SharedRows,
  type sharedDataOperations,
} from '../contract/shared-data.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import type { Sharing } from '../sharing.js';
import { csvOf } from '../views/csv.js';

interface Asked {
  readonly transaction: Transaction;
  readonly tree: ClassTree;
  readonly period: Period;
}

/** One reader per dataset. */
const readers: { readonly [D in Dataset]: (asked: Asked) => Promise<SharedRows[D]> } = {
  requests: async (asked) => {
    const [cells, before] = [await cellsOf(asked, 'area'), await cellsBefore(asked, 'area')];
    return cells.map((cell) => ({
      ...placeOf(asked, cell),
      sheets: cell.sheets,
      sheetsBefore: before(cell).sheets,
    }));
  },
  repeats: async (asked) => {
    const [cells, before] = [await cellsOf(asked, 'area'), await cellsBefore(asked, 'area')];
    return cells
      .filter(({ repeated }) => repeated > 0)
      .map((cell) => ({
        ...cell,
        ...placeOf(asked, cell),
        repeatedBefore: before(cell).repeated,
        repeatedShare: Math.round((10_000 * cell.repeated) / cell.sheets),
      }));
  },
  kinds: async (asked) => {
    const before = ofCity(await cellsOf(monthBefore(asked), 'class'));
    return [...ofCity(await cellsOf(asked, 'class'))].map(([code, { area, ...counts }]) => ({
      period: asked.period,
      class: code,
      className: kindName(asked.tree, code),
      classPath: pathOf(asked.tree, code),
      area,
      areaName: kindName(asked.tree, area),
      ...counts,
      sheetsBefore: before.get(code)?.sheets ?? 0,
    }));
  },
  handling: async (asked) => {
    const places = new Map<string, { district: string; area: string }>();
    const counts = new Map<string, { met: number; of: number }>();
    for (const measure of ['accepted', ...measuresShared] as const) {
      for (const { met, of, district, area } of await spread(
        asked.transaction,
        'live',
        asked.period,
        measure,
      )) {
        places.set(`${district}\n${area}`, { district, area });
        counts.set(`${district}\n${area}\n${measure}`, { met, of });
      }
    }
    return [...places].sort().map(([key, place]) => {
      const at = (measure: MeasureKey) => counts.get(`${key}\n${measure}`) ?? { met: 0, of: 0 };
      const measured = measuresShared.flatMap((measure) => [
        [`${measure}Met`, at(measure).met],
        [`${measure}Of`, at(measure).of],
      ]);
      return {
        ...placeOf(asked, place),
        accepted: at('accepted').of,
        ...(Object.fromEntries(measured) as MeasuredItems),
      };
    });
  },
};

/** In the order of the catalogue. */
const measuresShared = [
  'reception',
  'returned',
  'reply',
  'completion',
  'satisfaction',
  'resolution',
  'rework',
  'supervised',
] as const satisfies readonly MeasureKey[];
type MeasuredItems = { readonly [Name in `${(typeof measuresShared)[number]}${'Met' | 'Of'}`]: number };

const cellsOf = ({ transaction, period }: Asked, level: 'area' | 'class'): Promise<MatterCell[]> =>
  matterCells(transaction, {
    from: civilDateOf(startOfPeriod(period)),
    to: civilDateOfDay(dayOfLimit(endOfPeriod(period))),
    level,
  });

const monthBefore = (asked: Asked): Asked => ({ ...asked, period: nextPeriod(asked.period, -1) });

/** Values of the same district and area in the preceding month. */
async function cellsBefore(
  asked: Asked,
  level: 'area' | 'class',
): Promise<(cell: MatterCell) => Pick<MatterCell, 'sheets' | 'repeated'>> {
  const keyOf = (cell: MatterCell): string => `${cell.district}\n${cell.class}`;
  const known = new Map((await cellsOf(monthBefore(asked), level)).map((cell) => [keyOf(cell), cell]));
  return (cell) => known.get(keyOf(cell)) ?? { sheets: 0, repeated: 0 };
}

/** Classes over all districts. */
function ofCity(
  cells: readonly MatterCell[],
): ReadonlyMap<string, Pick<MatterCell, 'area' | 'sheets' | 'repeated'>> {
  const kinds = new Map<string, Pick<MatterCell, 'area' | 'sheets' | 'repeated'>>();
  for (const { class: code, area, sheets, repeated } of cells) {
    const known = kinds.get(code) ?? { area, sheets: 0, repeated: 0 };
    kinds.set(code, { area, sheets: known.sheets + sheets, repeated: known.repeated + repeated });
  }
  return kinds;
}

function pathOf(tree: ClassTree, code: string): string {
  const placed = tree.find(code);
  return placed ? pathName(placed) : kindName(tree, code);
}

const placeOf = ({ tree, period }: Asked, { district, area }: Pick<MatterCell, 'district' | 'area'>) => ({
  period,
  district,
  area,
  areaName: kindName(tree, area),
});

export function sharedDataHandlers(
  deps: HttpDeps,
  sharing: Sharing,
): Pick<Handlers, keyof typeof sharedDataOperations> {
  const rows = <D extends Dataset>(dataset: D, given: string | undefined): Promise<SharedRows[D]> => {
    const period = given === undefined ? periodOfAct(deps.clock.now()) : parsePeriod(given);
    return sharing.ask(`shared ${dataset} ${period}`, deps.database, async (transaction) =>
      readers[dataset]({ transaction, period, tree: await deps.classTrees.current(transaction) }),
    );
  };
  return {
    readSharedCatalogue: () => ({
      classes: datasets.map((key) => {
        const { items, ...about } = sharedData[key];
        return {
          key,
          ...about,
          items: Object.entries<Item>(items).map(([name, item]) => ({ key: name, ...item })),
        };
      }),
    }),
    readSharedRequests: async ({ query: { period } }) => ({ items: await rows('requests', period) }),
    readSharedRepeats: async ({ query: { period } }) => ({ items: await rows('repeats', period) }),
    readSharedKinds: async ({ query: { period } }) => ({ items: await rows('kinds', period) }),
    readSharedHandling: async ({ query: { period } }) => ({ items: await rows('handling', period) }),
    readSharedCsv: async ({ params: { dataset }, query: { period } }) => {
      const month = period ?? periodOfAct(deps.clock.now());
      const table = await rows(dataset, month);
      return new Reply(200, csvOf(sharedData[dataset].items, table), {
        'Content-Disposition': `attachment; filename="${dataset}-${month}.csv"`,
      });
    },
    readDistrictMap: async (_, transaction) => ({
      ...(await districtMap(transaction)),
      tiles: deps.mapTiles ?? null,
    }),
  };
}
