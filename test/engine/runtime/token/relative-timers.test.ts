import { expect } from 'chai';
import { definitionOf, parseDiagram } from '../../../../src/engine/model/index.js';
import { bpmn } from '../../../support/model-text.js';
import { Case } from './case.js';

describe('token：以工作日计、以另一计时器为准的计时器', () => {
  it('第二十四条：答复期限五个工作日，黄牌在期限前一个工作日，红牌在期限后', async () => {
    const xml = bpmn(`
      start begin
      user reply
      boundary limit on:reply timer:P5D keep
      boundary yellow on:reply timer:P1D keep
      boundary red on:reply timer:P1D keep
      end done
      begin > reply > done
      limit > done
      yellow > done
      red > done`);
    const days = 'duty:unit="working-days"';
    const withDays = [
      '',
      ' duty:before="limit"',
      ' duty:after="limit" duty:edge="start" duty:policy="redCard"',
    ];
    let at = 0;
    const counted = xml.replace(
      /<timerEventDefinition>/g,
      () => `<timerEventDefinition ${days}${withDays[at++] ?? ''}>`,
    );
    const run = new Case(definitionOf(await parseDiagram(counted)));
    run.start();
    const limit = { kind: 'duration', text: 'P5D', unit: 'working-days', edge: 'end' };
    const specs = new Map(
      [...run.armed.values()].map(({ element, host, spec }) => [element, { host, spec }]),
    );
    expect(specs.get('limit')).to.deep.equal({ host: 'reply', spec: limit });
    expect(specs.get('yellow')?.spec).to.deep.equal({
      ...limit,
      text: 'P1D',
      relative: { direction: 'before', of: 'limit', to: limit },
    });
    expect(specs.get('red')?.spec).to.deep.equal({
      ...limit,
      text: 'P1D',
      edge: 'start',
      policy: 'redCard',
      relative: { direction: 'after', of: 'limit', to: limit },
    });
  });
});
