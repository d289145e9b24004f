/** Every scenario walked over the interface, as the officer's screen does it. */
import { expect } from 'chai';
import { answered, post, send, useServer } from './serving.js';

describe('http rehearsals:每个情景', () => {
  const served = useServer();

  it('每个情景都走得到底,应当发生的都发生了;写明了政策的按那些政策走', async function () {
    // Alone a minute; beside three other runs on two cores more than two.
    this.timeout(300_000);
    const { items } = answered('listScenarios', await send(served().url, '/api/scenarios')) as {
      items: { name: string; begin: object; steps: { act: object }[] }[];
    };
    let checked = 0;
    for (const { name, begin: given, steps } of items) {
      const acts = steps.map(({ act }) => act);
      const reply = await post(served().url, '/api/rehearsals', { diagrams: [], begin: given, acts });
      const { refused, expectations } = answered('rehearse', reply) as {
        readonly refused: object | null;
        readonly expectations: readonly { readonly unmet: readonly string[] }[];
      };
      const unmet = expectations.flatMap((one) => one.unmet);
      expect({ name, refused, unmet }).to.deep.equal({ name, refused: null, unmet: [] });
      expect(expectations).to.have.length(acts.filter((act) => 'expect' in act).length);
      checked += expectations.length;
    }
    expect(checked).to.be.greaterThan(50);
  });
});
