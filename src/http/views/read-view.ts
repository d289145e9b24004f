import type { Said } from '../contract/operation.js';
import type { PersonalDataRead } from '../../accountability/index.js';
import type { Law } from '../../kernel/law.js';
import { purposeNames } from '../contract/choices.js';
import type { read } from '../contract/personal-data.js';

/** @param reason null if it was erased */
export function readView(one: PersonalDataRead, reason: string | null, law: Law): Said<typeof read> {
  const purpose = one.purpose as keyof ReturnType<typeof purposeNames>;
  return {
    ...one,
    purpose,
    purposeName: purposeNames(law)[purpose],
    fields: one.fields as Said<typeof read>['fields'],
    reason,
  };
}
