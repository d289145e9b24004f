import type { z } from 'zod';
import type { PersonalDataRead } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { Law } from '../../kernel/law.js';
import { purposeNames } from '../contract/choices.js';
import type { read } from '../contract/personal-data.js';

/** @param reason null if erased */
export function readView(one: PersonalDataRead, reason: string | null, law: Law): z.input<typeof read> {
  const purpose = one.purpose as keyof ReturnType<typeof purposeNames>;
  return {
    at: toShanghaiIso(one.at),
    reader: one.reader,
    workOrder: one.workOrder,
    purpose,
    purposeName: purposeNames(law)[purpose],
    fields: one.fields as z.input<typeof read>['fields'],
    reason,
    stream: one.stream,
    seq: one.seq,
  };
}
