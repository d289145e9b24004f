/** From whom a caller's data are kept, whatever else they may see. */
import { recusedUnits } from '../../handlers/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { WorkOrder } from '../../sheet/index.js';

export interface Reader {
  /** Their own unit and those that it is part of. */
  readonly belongsTo: readonly string[];
  /** Whether they work for the hotline or above it: not a unit that handles sheets. */
  readonly seesAll: boolean;
}

export interface Withheld {
  readonly provision: string;
  readonly why: string;
}

/**
 * Art 32: never to the unit complained of, nor to one that has an interest, nor to parts of it. Art 16: not to a unit
 * that handles the sheet where the caller asked for confidentiality. Undefined where neither stands in the way. The
 * person complained of does not see the sheet at all.
 *
 * @param variables the case's: what was registered after the sheet had been opened counts, too
 */
export function withheldFrom(
  reader: Reader,
  sheet: Pick<WorkOrder, 'confidential'>,
  variables: JsonObject,
): Withheld | undefined {
  const recused = new Set(recusedUnits(variables));
  if (reader.belongsTo.some((unit) => recused.has(unit.replaceAll(/\s/g, '')))) {
    return { provision: '第三十二条', why: '本单位被投诉、举报,或者有直接利害关系' };
  }
  if (!reader.seesAll && isConfidential(sheet, variables)) {
    return { provision: '第十六条', why: '来电人要求对联系方式等信息保密' };
  }
  return undefined;
}

export const isConfidential = (sheet: Pick<WorkOrder, 'confidential'>, variables: JsonObject): boolean =>
  sheet.confidential || variables.confidential === true;
