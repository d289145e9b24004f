/** The caller's data as shown without a stated purpose. */
import { isConfidential, withheldFrom, type CaseView, type Reader } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import type { Law } from '../../kernel/law.js';
import { personalDataOperations } from '../contract/personal-data.js';
import { callerOf, masked, type KeptSheet } from '../../sheet/index.js';

export const readerOf = ({ belongsTo, sight }: Principal): Reader => ({
  belongsTo,
  seesAll: sight.kind === 'all',
});

const nobody = { callerName: null, callerContact: null, callerAddress: null } as const;

/**
 * Masked data; nothing if the caller asked for confidentiality or the law withholds the data from
 * the viewer. Also says whether there is more to reveal.
 *
 * @param law of the case
 */
export function callerView(sheet: KeptSheet, file: CaseView['file'], viewer: Principal, law: Law) {
  const withheld = withheldFrom(readerOf(viewer), sheet, file, law);
  const { name, contact, address } = masked(callerOf(sheet));
  const kept = name !== null || contact !== null || address !== null;
  return {
    ...(withheld || isConfidential(sheet, file.variables)
      ? nobody
      : { callerName: name, callerContact: contact, callerAddress: address }),
    callerWithheld: withheld ? { provision: withheld.provision, why: withheld.why } : null,
    callerErased: sheet.callerErasedAt !== null,
    callerRevealable:
      kept &&
      !withheld &&
      personalDataOperations.revealCaller.access.some((role) => viewer.roles.includes(role)),
  };
}
