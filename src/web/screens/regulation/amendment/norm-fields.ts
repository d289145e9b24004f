/** What the form of a duty holds, and the edit that it makes. */
import type { Edit } from './edit-words.js';

export interface NormFields {
  bearer: string;
  modality: string;
  says: string;
  trigger: string;
  /** Empty, `days`, a word of the law, or `none`. */
  limit: string;
  days: number | '';
  compensatedBy: string;
  opens: string;
  discharged: string;
}

type Set = Extract<Edit, { edit: 'norm' }>['set'];
type NewNorm = Extract<Edit, { edit: 'article' }>['norms'][number];

export const emptyFields = (): NormFields => ({
  ...{ bearer: '', modality: '', says: '', trigger: '', limit: '', days: '', compensatedBy: '' },
  ...{ opens: '', discharged: '' },
});

const act = (deed: string) => ({ deed, facts: {} });

function deadlineOf({ limit, days }: NormFields): NonNullable<Set['deadline']> | null {
  if (limit === '' || limit === 'none') return null;
  return limit === 'days' ? { workingDays: Number(days) } : { standard: limit };
}

/** Only what is filled in. */
export function setOf(fields: NormFields): Set {
  const { bearer, modality, says, trigger, limit, compensatedBy, opens, discharged } = fields;
  return {
    ...(bearer === '' ? {} : { bearers: [bearer] }),
    ...(modality === '' ? {} : { modality: modality as NewNorm['modality'] }),
    ...(says === '' ? {} : { says }),
    ...(trigger === '' ? {} : { trigger }),
    ...(limit === '' ? {} : { deadline: deadlineOf(fields) }),
    ...(compensatedBy === '' ? {} : { compensatedBy: compensatedBy.split(/[\s,、]+/).filter(Boolean) }),
    ...(opens === '' ? {} : { opens: [act(opens)] }),
    ...(discharged === '' ? {} : { discharged: [[act(discharged)]] }),
  };
}

/** @param reason why no element is needed; empty: one is */
export function newNormOf(fields: NormFields, reason: string): NewNorm {
  const { bearer, modality, says, trigger, opens, discharged } = fields;
  return {
    bearers: [bearer],
    modality: (modality || 'shall') as NewNorm['modality'],
    says,
    trigger,
    deadline: deadlineOf(fields),
    exception: null,
    compensatedBy: [],
    duty: {
      opens: [act(opens)],
      discharged: [[act(discharged)]],
      clock: null,
      owedByHolder: bearer === 'handling-unit',
    },
    reason: reason === '' ? null : reason,
  };
}
