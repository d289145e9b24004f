/** Names of units as people write them: blanks inside are ignored, in the register as well. */

/** As the register has it. */
export type UnitName = string & { readonly __unitName: unique symbol };

export const unitName = (written: string): UnitName => written.replaceAll(/\s/g, '') as UnitName;

/** The unit's name in a variable or a fact; undefined if it contains none. */
export const unitNamed = (said: unknown): UnitName | undefined =>
  typeof said === 'string' && said.trim() !== '' ? unitName(said) : undefined;

/** Units in one form field, separated by 、, comma or semicolon. */
export const unitsNamed = (field: unknown): readonly UnitName[] =>
  typeof field !== 'string'
    ? []
    : field
        .split(/[、，,；;]/)
        .map(unitName)
        .filter((name) => name !== '');
