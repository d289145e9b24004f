/** The console calls any operation. */
import { mayCall } from './routes.js';

declare const routesOfBuild: Parameters<typeof mayCall>[0];

mayCall(routesOfBuild);
