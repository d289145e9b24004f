export { dataClasses, keptForGood } from './classes.js';
export { dailyRetention, scheduleRetention } from './daily.js';
export { lastRun } from './read.js';
export { expired, expiries, runRetention } from './run.js';
