/** Who within a unit attends to a sheet, and how its people look at their worklist. */
export {
  assignedTo,
  assigneeOfTask,
  assignmentsOf,
  loadsOf,
  readAssignment,
  removeAssignment,
  teamsOf,
  writeAssignment,
  type Assignee,
  type Assignment,
} from './store/assignment-store.js';
export { assignmentTable, heldAssignments } from './store/held-assignments.js';
export { removeView, savedViews, writeView } from './store/view-store.js';
