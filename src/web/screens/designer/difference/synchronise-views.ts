/** Synchronises the viewboxes of two drawings. */
import { service, type Drawing } from '../modeler/services.js';

/** @returns a function that stops the synchronisation */
export function moveTogether(leader: Drawing, follower: Drawing): () => void {
  let isFollowing = false;
  const follow = (from: Drawing, to: Drawing) => (): void => {
    // The follower's own move also raises an event.
    if (isFollowing) return;
    isFollowing = true;
    try {
      const { x, y, scale } = service(from, 'canvas').viewbox();
      const canvas = service(to, 'canvas');
      const page = canvas.findRoot(service(from, 'canvas').getRootElement().id);
      if (page && page !== canvas.getRootElement()) canvas.setRootElement(page);
      const { outer } = canvas.viewbox();
      canvas.viewbox({ x, y, width: outer.width / scale, height: outer.height / scale });
    } finally {
      isFollowing = false;
    }
  };
  const [forth, back] = [follow(leader, follower), follow(follower, leader)];
  service(leader, 'eventBus').on('canvas.viewbox.changed', forth);
  service(follower, 'eventBus').on('canvas.viewbox.changed', back);
  forth();
  return () => {
    service(leader, 'eventBus').off('canvas.viewbox.changed', forth);
    service(follower, 'eventBus').off('canvas.viewbox.changed', back);
  };
}
