/** What the command line asks for, too. It loads no web server. */
export { newAdministrator } from './people.js';
