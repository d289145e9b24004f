/** Every scenario run over the interface, as the officer's screen does it. */
import { expect } from 'chai';
import { readScenarios } from '../../src/design/rehearsal/index.js';
import { answered, post, send, useServer } from './serving.js';

interface Listed {
  readonly name: string;
  readonly begin: object;
  readonly steps: readonly { readonly act: object }[];
}

const shipped = (await readScenarios()).map(({ name }) => name);

describe('http rehearsals：每个情景', () => {
  const served = useServer();
  let listed: readonly Listed[] = [];
  let checked = 0;
  before(async () => {
    const { items } = answered('listScenarios', await send(served().url, '/api/scenarios')) as {
      items: readonly Listed[];
    };
    listed = items;
  });

  it('列出的就是随附的', () => {
    expect(listed.map(({ name }) => name)).to.have.members(shipped);
  });

  for (const name of shipped)
    it(`${name} 走得到底，应当发生的都发生了；写明了政策的按那些政策走`, async () => {
      const { begin: given, steps } = listed.find((one) => one.name === name) ?? expect.fail('not listed');
      const acts = steps.map(({ act }) => act);
      const reply = await post(served().url, '/api/rehearsals', { diagrams: [], begin: given, acts });
      const { refused, expectations } = answered('rehearse', reply) as {
        readonly refused: object | null;
        readonly expectations: readonly { readonly unmet: readonly string[] }[];
      };
      expect({ refused, unmet: expectations.flatMap((one) => one.unmet) }).to.deep.equal({
        refused: null,
        unmet: [],
      });
      expect(expectations).to.have.length(acts.filter((act) => 'expect' in act).length);
      checked += expectations.length;
    });

  it('对照了五十处以上', () => {
    expect(checked).to.be.greaterThan(50);
  });
});
