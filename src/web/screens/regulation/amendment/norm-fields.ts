/** Values of the form of a duty, and the edit that results. */
import type { Edit, Regulation } from './edit-words.js';

export type Norm = Regulation['articles'][number]['norms'][number];

export interface NormFields {
  bearer: string;
  modality: string;
  says: string;
  trigger: string;
  /** Empty, a unit, a word of the law, or `none`. */
  limit: string;
  days: number | '';
  compensatedBy: string;
  opens: string;
  discharged: string;
  /** Empty, a clock of the law, or `none`. */
  clock: string;
  /** For a new norm: true if it needs no element, with the reason. */
  withoutElement: boolean;
  reason: string;
}

/** Units of a limit in figures. */
export const limitUnits = {
  working: '个工作日',
  natural: '个自然日',
  months: '个月',
  hours: '小时',
} as const;

type Set = Extract<Edit, { edit: 'norm' }>['set'];
type NewNorm = Extract<Edit, { edit: 'article' }>['norms'][number];

export const emptyFields = (): NormFields => ({
  ...{ bearer: '', modality: '', says: '', trigger: '', limit: '', days: '', compensatedBy: '' },
  ...{ opens: '', discharged: '', clock: '', withoutElement: false, reason: '' },
});

const act = (deed: string) => ({ deed, facts: {} });

function limitOf({ limit, days }: NormFields): NonNullable<Set['limit']> | null {
  const count = Number(days);
  if (limit === '' || limit === 'none') return null;
  if (limit === 'hours' || limit === 'months') return { [limit]: count };
  return limit === 'working' || limit === 'natural' ? { days: count, of: limit } : { word: limit };
}

const clockOf = (clock: string): string | null => (clock === '' || clock === 'none' ? null : clock);

/** Only what is filled in and says something else than now. */
export function setOf(fields: NormFields, now: Norm | undefined): Set {
  const { bearer, modality, says, trigger, limit, compensatedBy, opens, discharged, clock } = fields;
  return {
    ...(bearer === '' ? {} : { bearers: [bearer] }),
    ...(modality === '' ? {} : { modality: modality as NewNorm['modality'] }),
    ...(['', now?.says].includes(says) ? {} : { says }),
    ...(['', now?.trigger].includes(trigger) ? {} : { trigger }),
    ...(limit === '' ? {} : { limit: limitOf(fields) }),
    ...(['', now?.compensatedBy.join(' ')].includes(compensatedBy)
      ? {}
      : { compensatedBy: compensatedBy.split(/[\s,、]+/).filter(Boolean) }),
    ...(opens === '' ? {} : { opens: [act(opens)] }),
    ...(discharged === '' ? {} : { discharged: [[act(discharged)]] }),
    ...(clock === '' ? {} : { clock: clockOf(clock) }),
  };
}

export function newNormOf(fields: NormFields): NewNorm {
  const { bearer, modality, says, trigger, opens, discharged, clock, withoutElement, reason } = fields;
  return {
    bearers: [bearer],
    modality: modality as NewNorm['modality'],
    says,
    trigger,
    limit: limitOf(fields),
    exception: null,
    compensatedBy: [],
    duty: {
      opens: [act(opens)],
      discharged: [[act(discharged)]],
      clock: clockOf(clock),
      owedByHolder: bearer === 'handling-unit',
    },
    reason: withoutElement ? reason : null,
  };
}
