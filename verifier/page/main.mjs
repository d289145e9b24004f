/** One script for both: in the page it builds the screen, in a worker it runs the check. */
import { start } from './page.mjs';
import { work } from './worker.mjs';

if (typeof document === 'undefined') work(globalThis);
else start(document.currentScript.textContent);
