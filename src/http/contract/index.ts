/** Parts that the command line uses, too. They load no web server. */
export { newAdministrator } from './people.js';
