import { ok } from '../http/reply.ts';
import type { Route } from '../http/routes.ts';
import { log } from '../log.ts';

const SHOWN_CHARACTERS = 500;

/** Where browsers report what the content security policy stopped: a report is a bug of ours or an attack. */
export function cspReportRoute(count: () => void): Route {
  return {
    method: 'POST',
    path: '/api/v1/csp-reports',
    lane: 'requests',
    takesAnyBody: true,
    handle: ({ text }) => {
      count();
      log(`content security report: ${text.slice(0, SHOWN_CHARACTERS)}`);
      return ok({});
    },
  };
}
