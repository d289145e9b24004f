/** Diagram elements that the facts are read from. A test compares them with `processes/`. */
export const elements = {
  receive: 'Task_Receive',
  returnLimit: 'Timer_ReturnLimit',
  replyLimit: 'Timer_ReplyLimit',
  replied: 'Throw_Replied',
  noFurther: 'End_NoFurther',
  tracked: 'SubProcess_Completion',
  completionLimit: 'Timer_CompletionLimit',
  completed: 'Throw_Completed',
  callBack: 'Task_CallBack',
  reworked: 'Task_CountRound',
  closed: 'End_Closed',
} as const;
