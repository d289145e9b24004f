import { readScenarios } from '../../src/design/rehearsal/index.js';
import { theShippedStage } from '../support/case-runner.js';
import { isQuick, itIsTheSame } from './second-engine.js';

const scenarios = await readScenarios();
const stage = await theShippedStage();

/** All of them take this engine four minutes, so every third one runs, beside the eight of the short run. */
const some = scenarios.filter((one) => !isQuick(one)).filter((_, index) => index % 3 === 0);

describe('同样的情景在第二个引擎 bpmn-engine 上得到同样的结果：其余的每三件一件', () => {
  for (const scenario of some) itIsTheSame(stage, scenario);
});
