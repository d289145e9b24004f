/** The harmful edits of handling: its checks take longest, so they are a file of their own. */
import { harmful } from './harmful.js';
import { refusesEachOf } from './refusing.js';

describe('条例不许的办理图的改动，一条一条地拒绝', () => {
  refusesEachOf(harmful.filter(({ file }) => file === 'handling.bpmn'));
});
