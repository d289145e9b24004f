import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { shippedFiles } from '../../../src/cases/index.js';
import { deploy } from '../../../src/engine/index.js';
import { installShipped, listDrafts } from '../../../src/design/governance/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { useSystem } from '../../support/system.js';
import { workJobs } from '../../support/tried.js';

/** Diagrams and decision tables. */
const all = shippedFiles().length;

describe('随程序附带的流程图', () => {
  const system = useSystem({ shipped: false });
  const handling = packageText('processes/handling.bpmn', packageRoot);
  const bring = () => installShipped({ ...system(), ...system().governance });
  const versions = async () => {
    const { rows } = await system().database.pool.query<{ key: string; version: number }>(
      'SELECT key, max(version)::int AS version FROM hotline.definition GROUP BY key ORDER BY key',
    );
    return Object.fromEntries(rows.map(({ key, version }) => [key, version]));
  };

  it('试用时自己现行；设置过管理员以后，改动的作为草案提交，只提交一次，现行的不变', async () => {
    expect(await bring()).to.deep.equal({ deployed: all, filed: 0 });
    const older = handling.replace('</bpmn:definitions>', '<!-- 从前 --></bpmn:definitions>');
    await deploy({ ...system(), journal: system().trail }, older);
    expect(await bring()).to.deep.equal({ deployed: 1, filed: 0 });
    expect(await versions()).to.include({ handling: 3, acceptance: 1 });

    const other = handling.replace('</bpmn:definitions>', '<!-- 新近 --></bpmn:definitions>');
    await system().identity.setup.setUp({
      login: 'wangwu',
      name: '王五',
      unit: '市热线工作机构',
      password: 'a long enough password',
    });
    expect(await bring()).to.deep.equal({ deployed: 0, filed: 0 });
    await deploy({ ...system(), journal: system().trail }, other);
    expect(await bring(), 'these bytes have been in force before').to.deep.equal({ deployed: 0, filed: 0 });
  });
});

describe('随程序附带的流程图有改动', () => {
  const system = useSystem({ shipped: false });

  const drafts = () =>
    system().database.transaction((transaction) =>
      listDrafts(
        transaction,
        { key: undefined, state: undefined, limit: 10, offset: 0 },
        system().clock.now(),
      ),
    );

  it('由系统试跑、提交，等人批准；再启动不重复', async () => {
    const source = packageText('processes/handling.bpmn', packageRoot);
    const older = source.replace('</bpmn:definitions>', '<!-- 从前 --></bpmn:definitions>');
    await deploy({ ...system(), journal: system().trail }, older);
    await system().identity.setup.setUp({
      login: 'wangwu',
      name: '王五',
      unit: '市热线工作机构',
      password: 'a long enough password',
    });
    const bring = () => installShipped({ ...system(), ...system().governance });
    expect(await bring()).to.deep.equal({ deployed: all - 1, filed: 1 });
    expect(await bring()).to.deep.equal({ deployed: 0, filed: 0 });
    const { drafts: untried } = await drafts();
    expect(untried.map(({ state }) => state)).to.deep.equal(['draft']);
    await workJobs(system());
    const { drafts: tried } = await drafts();
    expect(tried.map(({ key, origin, state }) => [key, origin, state])).to.deep.equal([
      ['handling', 'shipped', 'submitted'],
    ]);
    const { rows } = await system().database.pool.query(
      "SELECT version FROM hotline.definition WHERE key = 'handling'",
    );
    expect(rows).to.deep.equal([{ version: 1 }]);
  });
});
