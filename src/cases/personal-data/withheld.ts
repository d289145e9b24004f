/** To whom a caller's data are never shown. */
import { recusedUnits } from '../../handlers/index.js';
import type { CaseFile } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { WorkOrder } from '../../sheet/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import { unitName } from '../../kernel/unit-name.js';

export interface Reader {
  /** The reader's units and the units these belong to. */
  readonly belongsTo: readonly string[];
  /** True if the reader works for the hotline or above it, not for a handling unit. */
  readonly seesAll: boolean;
}

export interface Withheld {
  /** True if the reader's unit is recused, whatever the caller wishes. */
  readonly recused: boolean;
  readonly provision: string;
  readonly why: string;
}

/**
 * Why the caller's data are withheld; undefined if they are not. They are withheld from the unit
 * complained about or with an interest, and from its sub-units. They are also withheld from
 * handling units if the caller asked for confidentiality, unless the policy of the case allows
 * them. The person complained about does not see the sheet at all.
 *
 * @param file of the case: its variables include later registrations
 * @param law of the case
 */
export function withheldFrom(
  reader: Reader,
  sheet: Pick<WorkOrder, 'confidential'>,
  file: Pick<CaseFile, 'variables'>,
  law: Law,
): Withheld | undefined {
  const { variables } = file;
  const recused = new Set(recusedUnits(variables));
  if (reader.belongsTo.some((unit) => recused.has(unitName(unit)))) {
    const provision = lawOf('recusal', law);
    return { recused: true, provision, why: '本单位被投诉、举报，或者有直接利害关系' };
  }
  if (!reader.seesAll && variables.unitMayContact !== true && isConfidential(sheet, variables)) {
    const provision = lawOf('callers-wishes', law);
    return { recused: false, provision, why: '来电人要求对联系方式等信息保密' };
  }
  return undefined;
}

export const isConfidential = (sheet: Pick<WorkOrder, 'confidential'>, variables: JsonObject): boolean =>
  sheet.confidential || variables.confidential === true;
