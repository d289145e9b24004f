/** Elements of the shipped diagrams at which duties begin and end. A test compares them with `processes/`. */
export const dutyElements = {
  replyLimit: 'Timer_ReplyLimit',
  replied: 'Throw_Replied',
  noFurther: 'End_NoFurther',
  handle: 'Task_Handle',
  tracked: 'SubProcess_Completion',
  completionLimit: 'Timer_CompletionLimit',
  completed: 'Throw_Completed',
  audit: 'Task_AuditFeedback',
  callBack: 'Task_CallBack',
  reworked: 'Task_CountRound',
  closed: 'End_Closed',
  answered: 'End_Answered',
  supervised: 'Task_IssueOrder',
  resumed: ['Task_ResumeFirst', 'Task_ResumeSecond'],
  notHandled: 'Start_NotHandled',
  clue: 'Start_Clue',
} as const;

/** Duties that last from the opening of a task to its completion. */
export const dutiesOfTasks = [
  { norm: 'J26c', task: 'Task_Register' },
  { norm: 'J26e', task: 'Task_AnswerOnSpot' },
  { norm: 'J26f', task: 'Task_Dispatch' },
  { norm: 'J26g', task: 'Task_TellOriginalChannel' },
  { norm: 'J16', task: 'Task_Receive' },
  { norm: 'J21', task: 'Task_GiveExplanation' },
  { norm: 'J35', task: 'Task_SpecialStudy' },
  { norm: 'J36', task: 'Task_SpecialReport' },
  { norm: 'J40', task: 'Task_Coordinate' },
  { norm: 'J41', task: 'Task_GeneralOffice' },
  { norm: 'J42', task: 'Task_ExecutiveMeeting' },
] as const;

/** The branch of Art 24 ¶1, or Art 25, that the unit chose. */
export const dutyOfBranch: Readonly<Record<string, string>> = {
  'within-limit': 'J28',
  'statutory-limit': 'J29',
  'promised-date': 'J30',
  'not-allowed': 'J31',
  'no-further': 'J34',
};
