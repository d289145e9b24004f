import type { Output } from '../../api/client.js';
import { callerTitle, districtTitle } from '../../law/page-law.js';

type Warning = Output<'listWarnings'>['items'][number];
export type Sort = Warning['sort'];

export const sortNames = {
  burst: '疑似突发',
  rise: '突增',
  'repeat-place': '集中反映',
  'repeat-spot': '一处集中反映',
  'repeat-caller': `同一${callerTitle()}反复反映`,
} as const satisfies Record<Sort, string>;

export const actNames = {
  acknowledged: '已知悉',
  dismissed: '已排除',
  suggested: '已建议专题研究',
} as const;

export const placeName = (district: string): string => district || `未写明${districtTitle()}`;

/** Converts hundredths of a sheet. */
export const usual = (hundredths: number): string => (hundredths / 100).toFixed(1);

export const countText = ({ observed, expected, sheets }: Warning): string =>
  `触发时 ${observed} 件${expected === null ? '' : `，平常 ${usual(expected)} 件`}，至今 ${sheets} 件`;

/** The district, and the spot if the warning is about one. */
export const whereOf = ({ district, sort, spot }: Pick<Warning, 'district' | 'sort' | 'spot'>): string =>
  `${placeName(district)}${sort === 'repeat-spot' ? ` ${spot ?? '同一处（坐标相近）'} ` : ''}`;
