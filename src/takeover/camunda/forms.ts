/**
 * The two export forms of Camunda 7's history: JSON of its REST API (`GET
 * /history/process-instance` …), or tables ACT_HI_* as CSV. Both have the same content under
 * different names.
 */

import type { ArchivedKind } from '../../accountability/events/index.js';

/** Field names for the common data of all kinds; the first one present in a record is used. */
interface Names {
  readonly instance: readonly string[];
  readonly id: readonly string[];
  readonly at: readonly string[];
  readonly ended: readonly string[];
  readonly who: readonly string[];
  readonly element: readonly string[];
  readonly name: readonly string[];
}

export const restNames: Names = {
  instance: ['processInstanceId', 'rootProcessInstanceId'],
  id: ['id'],
  at: ['startTime', 'createTime', 'timestamp', 'time', 'evaluationTime'],
  ended: ['endTime'],
  who: ['assignee', 'userId', 'startUserId'],
  element: ['activityId', 'taskDefinitionKey', 'startActivityId'],
  name: ['activityName', 'variableName', 'name', 'operationType', 'incidentType', 'decisionDefinitionKey'],
};

export const tableNames: Names = {
  instance: ['PROC_INST_ID_', 'PROCESS_INSTANCE_ID_', 'ROOT_PROC_INST_ID_'],
  id: ['ID_'],
  at: ['START_TIME_', 'CREATE_TIME_', 'TIMESTAMP_', 'TIME_', 'EVAL_TIME_'],
  ended: ['END_TIME_'],
  who: ['ASSIGNEE_', 'USER_ID_', 'START_USER_ID_'],
  element: ['ACT_ID_', 'TASK_DEF_KEY_', 'ACTIVITY_ID_', 'START_ACT_ID_'],
  name: ['ACT_NAME_', 'NAME_', 'OPERATION_TYPE_', 'INCIDENT_TYPE_', 'DEC_DEF_KEY_'],
};

/** File names in lower case, without page number and extension. */
const kindsByFile: Readonly<Record<string, ArchivedKind>> = {
  'process-instance': 'process',
  act_hi_procinst: 'process',
  'activity-instance': 'activity',
  act_hi_actinst: 'activity',
  task: 'task',
  act_hi_taskinst: 'task',
  'variable-instance': 'variable',
  act_hi_varinst: 'variable',
  detail: 'detail',
  act_hi_detail: 'detail',
  'user-operation': 'operation',
  act_hi_op_log: 'operation',
  incident: 'incident',
  act_hi_incident: 'incident',
  comment: 'comment',
  act_hi_comment: 'comment',
  'identity-link-log': 'link',
  act_hi_identitylink: 'link',
  'decision-instance': 'decision',
  act_hi_decinst: 'decision',
  'job-log': 'job',
  act_hi_job_log: 'job',
};

/** Recognises `task-0002.json`, `task.2.json`, `ACT_HI_TASKINST.csv`. */
export function kindOfFile(name: string): ArchivedKind | undefined {
  const bare = name
    .toLowerCase()
    .replace(/\.(json|csv)$/, '')
    .replace(/[-._]\d+$/, '');
  return Object.hasOwn(kindsByFile, bare) ? kindsByFile[bare] : undefined;
}
