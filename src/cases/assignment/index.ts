/** Who within a unit attends to a sheet, how its people look at their worklist, what they write again and again. */
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
export { assignmentTable, comparedAssignments } from './store/compared-assignments.js';
export { comparedTextTemplates, textTemplateTables } from './store/compared-templates.js';
export { removeView, savedViews, writeView } from './store/view-store.js';
export {
  lockTemplates,
  removeTemplate,
  textTemplates,
  writeTemplate,
  type TemplateOwner,
  type TextTemplate,
} from './store/text-template-store.js';
