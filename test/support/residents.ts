/**
 * A trial's people as real people: one per role, with the same names and units. Sample accounts
 * would end with the first person that a test adds.
 */
import { readSamplePeople, roleTitle, type Identity } from '../../src/identity/index.js';

export interface Resident {
  readonly login: string;
  readonly password: string;
}

/** Those who do not exist yet. */
export async function addResidents({ people }: Pick<Identity, 'people'>): Promise<readonly Resident[]> {
  const samples = readSamplePeople();
  const units = new Set((await people.units()).map(({ name }) => name));
  for (const { name, kind, parent } of samples.units)
    if (!units.has(name)) await people.addUnit({ name, kind, parent: parent ?? undefined }, '测试');
  const known = new Set((await people.list()).map(({ login }) => login));
  const added: Resident[] = [];
  for (const { login, role, unit } of samples.people.filter((one) => !known.has(one.login))) {
    const password = `lantern harbor ${login.at(-1)} sieve`;
    await people.add(
      { login, name: `示例${roleTitle(role, { roles: [] })}`, unit, roles: [role], password },
      '测试',
    );
    added.push({ login, password });
  }
  return added;
}
