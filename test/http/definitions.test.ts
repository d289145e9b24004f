import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { deploy } from '../../src/engine/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { answered, problemIn, send, useServer } from './serving.js';

describe('http definitions', () => {
  const served = useServer();
  const acceptance = () => packageText('processes/acceptance.bpmn', packageRoot);

  it('lists the five processes in force, and the decision tables', async () => {
    const list = answered('listDefinitions', await send(served().url, '/api/definitions')) as {
      items: { key: string; kind: string; name: string; version: number; inForce: boolean }[];
    };
    const keysOf = (kind: string) => list.items.filter((item) => item.kind === kind).map(({ key }) => key);
    expect(keysOf('decision')).to.deep.equal([
      'completion-extension',
      'dispatch',
      'pause-grounds',
      'reply-extension',
      'return-grounds',
      'severity-measures',
      'urging-levels',
    ]);
    expect(keysOf('process')).to.deep.equal([
      'acceptance',
      'accountability',
      'assessment',
      'handling',
      'supervision',
    ]);
    expect(list.items.every((item) => item.inForce && item.version === 1)).to.equal(true);
  });

  it('keeps every version: which is in force, what its elements stand for, its exact source', async () => {
    const { url, system } = served();
    const changed = acceptance().replace('name="受理"', 'name="受理（试行）"');
    await deploy({ ...system, journal: system.trail }, changed);
    const definition = answered('readDefinition', await send(url, '/api/definitions/acceptance')) as {
      version: number;
      name: string;
      versions: { version: number; inForce: boolean }[];
    };
    expect(definition).to.include({ version: 2, name: '受理（试行）' });
    expect(definition.versions.map(({ version, inForce }) => [version, inForce])).to.deep.equal([
      [2, true],
      [1, false],
    ]);
    const first = answered(
      'readDefinitionVersion',
      await send(url, '/api/definitions/acceptance/versions/1'),
    ) as {
      name: string;
      elements: { id: string; name: string; norms: { label: string }[] }[];
    };
    expect(first.name).to.equal('受理');
    const register = first.elements.find((element) => element.id === 'Task_Register');
    expect(register?.norms.map((norm) => norm.label)).to.include('第二十二条第一款');
    const diagram = await send(url, '/api/definitions/acceptance/versions/1/diagram');
    expect(answered('readDiagram', diagram)).to.equal(acceptance());
  });

  it('says that a definition or a version is unknown', async () => {
    const { url } = served();
    for (const path of [
      '/nobody',
      '/acceptance/versions/99',
      '/nobody/versions/1',
      '/acceptance/versions/99/diagram',
    ]) {
      const reply = await send(url, `/api/definitions${path}`);
      expect(problemIn(reply), path).to.include({ status: 404, code: 'definition.not-found' });
    }
    for (const version of ['0', '-1', '1.5', 'x', '99999999999']) {
      const reply = await send(url, `/api/definitions/acceptance/versions/${version}`);
      expect(problemIn(reply), version).to.include({ status: 400, where: 'version' });
    }
  });
});
