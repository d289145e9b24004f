/** Who within a unit attends to a sheet. */
export {
  assignedTo,
  assigneeOfTask,
  assignmentsOf,
  readAssignment,
  removeAssignment,
  teamsOf,
  writeAssignment,
  type Assignee,
  type Assignment,
} from './store/assignment-store.js';
