import type { PublicationKind } from '../model/index.js';

/** The corresponding tasks of `processes/assessment.bpmn`. */
export const stepOf = { public: 'Task_Publish', circular: 'Task_Circulate' } as const satisfies {
  readonly [Kind in PublicationKind]: string;
};
