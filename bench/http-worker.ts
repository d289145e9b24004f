/** The interface on a database as in `hotline serve`, without rate limits; reports its address to the parent. */
import { createApp, listen } from '#src/http/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';

const [url = '', directory = ''] = process.argv.slice(2);
const system = await openSystem({ clock: systemClock, applicationName: 'bench http', url, directory });
const app = createApp({ ...system, requests: { most: 1_000_000_000, withinSeconds: 1 } });
const server = await listen(app, { host: '127.0.0.1', port: 0 });
process.send?.(server.url);
process.once('disconnect', () => {
  void server
    .close()
    .then(() => system.close())
    .then(() => process.exit());
});
