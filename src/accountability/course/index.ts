export {
  beginning,
  courseOf,
  step,
  type Course,
  type CourseEntry,
  type DoneDeed,
  type Turn,
} from './course.js';
export { assignedIn, unitsNamedBy, type Holder } from './holding.js';
export type { Timer } from './limits.js';
export { matches, unitIn, type CourseWords } from './words.js';
