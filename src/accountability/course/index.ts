export {
  beginning,
  courseOf,
  step,
  type Course,
  type CourseEntry,
  type DoneDeed,
  type Turn,
} from './course.js';
export { assignedIn, type Holder } from './holding.js';
export type { RunningProcess, Timer } from './limits.js';
export { matches, unitIn, type CourseWords } from './words.js';
