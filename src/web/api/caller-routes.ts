/** Callers' page calls what needs no log-in. */
import { mayCall } from './routes.js';

declare const openRoutesOfBuild: Parameters<typeof mayCall>[0];

mayCall(openRoutesOfBuild);
