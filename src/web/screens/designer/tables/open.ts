/** dmn-js with only the table view, in Chinese, restricted to what our tables support. */
import 'dmn-js-shared/assets/css/dmn-js-shared.css';
import 'dmn-js-decision-table/assets/css/dmn-js-decision-table.css';
import 'dmn-js-decision-table/assets/css/dmn-js-decision-table-controls.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import Editor from 'dmn-js-decision-table/lib/Editor';
import { HIT_POLICIES } from 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies';
import Viewer from 'dmn-js-decision-table/lib/Viewer';
import EditingManager from 'dmn-js-shared/lib/base/EditingManager';
import { is } from 'dmn-js-shared/lib/util/ModelUtil';
import { registerAttribute } from '../../../../engine/model/decision/register-attribute.js';
import { translate } from './words.js';

export type Tabular = EditingManager;

/** Other hit policies are refused when the table is read, so they are not offered. */
const supported = new Set(['UNIQUE', 'FIRST', 'COLLECT']);
const offered = HIT_POLICIES.filter(
  ({ value: { hitPolicy = 'UNIQUE', aggregation } }) => supported.has(hitPolicy) && aggregation === undefined,
);
HIT_POLICIES.splice(0, HIT_POLICIES.length, ...offered);

const isTable = (element: { readonly decisionLogic?: unknown }): boolean =>
  is(element, 'dmn:Decision') && is(element.decisionLogic, 'dmn:DecisionTable');

class TableEditor extends EditingManager {
  _getViewProviders() {
    return [{ id: 'decisionTable', constructor: Editor, opens: isTable }];
  }
}

class TableViewer extends EditingManager {
  _getViewProviders() {
    return [{ id: 'decisionTable', constructor: Viewer, opens: isTable }];
  }
}

const chinese = { translate: ['value', translate] };

export function openTable(container: HTMLElement, mayEdit: boolean): Tabular {
  const options = {
    container,
    moddleExtensions: { duty: registerAttribute },
    common: { dataTypes: ['string', 'boolean', 'number', 'integer', 'date', 'dateTime'] },
    decisionTable: { additionalModules: [chinese] },
  };
  return mayEdit ? new TableEditor(options) : new TableViewer(options);
}
