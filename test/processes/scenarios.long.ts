import { readScenarios } from '../../src/rehearsal/index.js';
import { theShippedStage } from '../support/case-runner.js';
import { isQuick, itIsTheSame } from './second-engine.js';

const scenarios = await readScenarios();
const stage = await theShippedStage();

describe('同样的情景在第二个引擎 bpmn-engine 上得到同样的结果:其余各件', () => {
  for (const scenario of scenarios.filter((one) => !isQuick(one))) itIsTheSame(stage, scenario);
});
