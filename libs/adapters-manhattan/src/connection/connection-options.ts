import { SuspendingFault, unreachable, type OmsOrganization } from '@tandem/domain';
import type { CallBudgetOptions } from './call-budget.js';

/** How to reach one organization of the OMS (§1, §12). */
export interface ManhattanConnectionOptions {
  readonly organization: OmsOrganization;
  /** Such as `https://<id>.omni.manh.com`. */
  readonly baseUrl: string;
  /** Host of the token endpoint, where it is another one. */
  readonly authUrl?: string | undefined;
  /** Where stock is asked, where it is another host (§6.2). */
  readonly availabilityUrl?: string | undefined;
  readonly grant: 'password' | 'client_credentials' | 'authorization_code';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Of the grant `authorization_code`: what the consent of a person has left. It is used once, so that a restart needs a new one. */
  readonly authorizationCode?: string | undefined;
  readonly redirectUri?: string | undefined;
  /** Renews with the refresh token that the sign-in answers, where it does (§12); else signs in again. */
  readonly useRefreshToken?: boolean | undefined;
  /** `/oauth/token` where absent. */
  readonly tokenPath?: string | undefined;
  /** Name of the header that names the organization; the token's user decides where absent. */
  readonly organizationHeader?: string | undefined;
  /** A header that names a location, such as `SelectedLocation`, for tenants that want one (§1). */
  readonly locationHeader?: { readonly name: string; readonly location: string } | undefined;
  /** Our share of what the tenant may call in an hour; not counted where absent, since no default is known (§12). */
  readonly budget?: CallBudgetOptions | undefined;
  /** Such as `http://proxy.example:3128`. */
  readonly proxyUrl?: string | undefined;
  /** Certificates, in PEM, to trust instead of the well-known ones. */
  readonly certificateAuthority?: string | undefined;
  /** Over request and answer, in milliseconds; 30 000 where absent. */
  readonly timeoutMs?: number | undefined;
}

/** Names what is missing or malformed, never its value. */
export function checkOptions(options: ManhattanConnectionOptions): void {
  const { organization, grant, baseUrl, authUrl, availabilityUrl, proxyUrl, timeoutMs = 1, budget } = options;
  const missing = requiredBy(grant).filter((name) => !options[name]);
  const malformed = Object.entries({ baseUrl, authUrl, availabilityUrl, proxyUrl })
    .filter(([, url]) => url !== undefined && !/^https?:\/\/[^/]/.test(url))
    .map(([name]) => name);
  const faulty = [
    ...missing,
    ...malformed,
    ...(timeoutMs > 0 ? [] : ['timeoutMs']),
    ...(isBudget(budget) ? [] : ['budget']),
  ];
  if (faulty.length === 0) return;
  const sentence = `The connection to the OMS organization ${organization} lacks a valid ${faulty.join(', ')}.`;
  throw new SuspendingFault('oms.misconfigured', sentence, { context: { organization, options: faulty } });
}

function isBudget(budget: CallBudgetOptions | undefined): boolean {
  if (budget === undefined) return true;
  const { perHour, keptForOrders = 0 } = budget;
  return perHour > 0 && keptForOrders >= 0 && keptForOrders <= perHour;
}

function requiredBy(grant: ManhattanConnectionOptions['grant']) {
  switch (grant) {
    case 'password':
      return ['clientId', 'clientSecret', 'username', 'password'] as const;
    case 'client_credentials':
      return ['clientId', 'clientSecret'] as const;
    case 'authorization_code':
      return ['clientId', 'clientSecret', 'authorizationCode', 'redirectUri'] as const;
    default:
      return unreachable(grant);
  }
}
