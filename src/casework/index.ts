export { changeCalendar } from './change-calendar.js';
export { acceptRequests } from './accept-requests.js';
export { readCase } from './read-case.js';
export type { CaseView } from './read-case.js';
export { completeTask, readTask, taskId } from './tasks.js';
export { deployShipped, shippedProcesses } from './deploy-shipped.js';
export { loadSamples } from './samples.js';
export { sendMessage } from './messages.js';
