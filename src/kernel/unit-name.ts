/** Names of units as people write them: blanks in one do not count, in the register neither. */

/** As the register has it. */
export type UnitName = string & { readonly __unitName: unique symbol };

export const unitName = (written: string): UnitName => written.replaceAll(/\s/g, '') as UnitName;

/** Of a variable or a fact; undefined where it names none. */
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
