/** Assignment of sheets within a unit, saved views of worklists, and text templates. */
export {
  assignedTo,
  assigneeOfTask,
  assignmentsOf,
  loadsOf,
  readAssignment,
  teamsOf,
  type Assignee,
  type Assignment,
} from './store/assignment-store.js';
export { assignmentProjector, textTemplateProjector } from './projectors.js';
export { removeView, savedViews, writeView } from './store/view-store.js';
export * from './store/text-template-store.js';
