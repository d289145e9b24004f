import type { PublicationKind } from '../model/index.js';

/** The tasks of `processes/assessment.bpmn` that each is for. */
export const stepOf = { public: 'Task_Publish', circular: 'Task_Circulate' } as const satisfies {
  readonly [Kind in PublicationKind]: string;
};
