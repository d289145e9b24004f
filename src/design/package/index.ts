export { checkPackage } from './check.js';
export type { PackageFinding } from './finding.js';
