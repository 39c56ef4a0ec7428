import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';

/** On every response. The desk talks plain http to loopback, so nothing here asks for TLS. */
const EVERYWHERE: OutgoingHttpHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), ' +
    'midi=(), payment=(), serial=(), usb=(), clipboard-write=(self), publickey-credentials-get=(self)',
};

/** For answers that are data and never a page. */
export function dataHeaders(): OutgoingHttpHeaders {
  return {
    ...EVERYWHERE,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };
}

/**
 * For pages: scripts run only with this response's nonce.
 *
 * @param isDevelopment the development server evaluates code, which production never may
 */
function pageHeaders(nonce: string, isDevelopment: boolean): OutgoingHttpHeaders {
  return {
    ...EVERYWHERE,
    'content-security-policy': contentSecurityPolicy(nonce, isDevelopment),
  };
}

/** Beside an exit kit; its files are kept and opened elsewhere, so nothing in them can carry a nonce. */
const KEPT_PAGE = '/exit.html';

/**
 * For what is served at this address: the page of the exit kit runs the file beside it and asks whichever node its reader
 * names.
 */
export function headersOf(url: string, nonce: string, isDevelopment: boolean): OutgoingHttpHeaders {
  if (url.split('?')[0] !== KEPT_PAGE) return pageHeaders(nonce, isDevelopment);
  return {
    ...EVERYWHERE,
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      'connect-src http: https:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // The development server injects styles that carry no nonce.
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Server-rendered style attributes have no nonce to carry.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // Without `report-to`: over plain http Chromium knows no endpoint of that name, and because it is named sends nothing
    // to this one either.
    'report-uri /api/v1/csp-reports',
  ].join('; ');
}
