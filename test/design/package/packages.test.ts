/** Every city shipped under `packages/`: the check finds nothing, and every scenario passes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSamplePeople } from '../../../src/identity/sample-people.js';
import { packageRoot, usePackage } from '../../../src/kernel/package-root.js';
import { checkPackage } from '../../../src/design/package/index.js';
import { packageText, packageJson } from '../../../src/kernel/package-content.js';

const day = '2026-03-02';
const cities = readdirSync(join(packageRoot, 'packages')).filter((name) => !['base', 'plain'].includes(name));

describe('随附的其他城市', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  afterEach(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
  });

  for (const city of cities)
    it(`packages/${city}：核对没有一处可说的，每个情景都成立`, async () => {
      usePackage(join(packageRoot, 'packages', city));
      const { findings, scenarios } = await checkPackage(day);
      expect(findings).to.deep.equal([]);
      expect(scenarios).to.be.greaterThan(20);
    });

  for (const folder of ['.', ...cities.map((city) => join('packages', city))])
    it(`${folder}：示例帐号办得了每个环节：须由别人来办的，也还有一个别人`, () => {
      const root = join(packageRoot, folder);
      usePackage(root);
      const { units, people } = readSamplePeople();
      const { duties } = packageJson('regulation/roles.json') as {
        duties: { duty: string; role: string; unitKinds?: unknown[] }[];
      };
      const kindOf = new Map(units.map(({ name, kind }) => [name, kind]));
      const tasks = readdirSync(join(root, 'processes'))
        .filter((file) => file.endsWith('.bpmn'))
        .map((file) => packageText(`processes/${file}`, root))
        .flatMap((diagram) => diagram.match(/<bpmn:userTask [^>]*>/g) ?? []);
      const whoMay = (task: string): readonly string[] => {
        const held = duties.find(({ duty }) => duty === attribute(task, 'duty:role'));
        return people
          .filter(
            ({ role, unit }) => role === held?.role && held.unitKinds?.includes(kindOf.get(unit)) !== false,
          )
          .map(({ login }) => login);
      };
      const apartFrom = (task: string): readonly string[] => {
        const others = (attribute(task, 'duty:notBy') ?? '').split(' ');
        return tasks.filter((one) => others.includes(attribute(one, 'id') ?? ''));
      };
      const lacking = tasks.filter((task) => {
        const earlier = apartFrom(task).filter((one) =>
          whoMay(one).some((login) => whoMay(task).includes(login)),
        );
        // One person may have done them all, except tasks that exclude each other.
        const apart = earlier.filter((one) => apartFrom(one).some((other) => earlier.includes(other)));
        return whoMay(task).length < (earlier.length > 0 ? 2 + apart.length : 1);
      });
      expect(lacking.map((task) => attribute(task, 'name'))).to.deep.equal([]);
    });
});

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
