import type { ServerEvent } from '../../result/server-event.ts';

/**
 * What the session underneath is doing: a request of the user's as it is (`open`), raising the wall before one, running one inside a
 * wall of its own, or lowering that.
 */
export type Stage = 'open' | 'raising' | 'inside' | 'lowering';

/** Whether an event is told to whoever asked, or belongs to the wall around the request. */
export function isTold(event: ServerEvent, stage: Stage): boolean {
  switch (event.type) {
    case 'lost':
    case 'parameter':
    case 'notification':
      return true;
    case 'ready':
      return stage === 'open' || (stage === 'lowering' && event.status === 'idle');
    case 'error':
      // A cancel that comes while the wall is raised stops the statement; while it is lowered there is nothing left to stop.
      return stage !== 'lowering';
    case 'columns':
    case 'rows':
    case 'complete':
    case 'empty':
    case 'parsed':
    case 'closed':
    case 'suspended':
    case 'notice':
    case 'copyIn':
    case 'copyOut':
    case 'copyData':
      return stage === 'open' || stage === 'inside';
  }
}
