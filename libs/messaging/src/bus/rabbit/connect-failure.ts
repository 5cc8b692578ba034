/** Why a broker could not be reached, or would not have us. */
export interface ConnectFailure {
  readonly sentence: string;
  /** Whether time alone may mend it; else a person must. */
  readonly passes: boolean;
  readonly cause: unknown;
}

interface Known {
  /** Fits the code of an error or its message, from the system, from TLS, or from the broker. */
  readonly sign: RegExp;
  readonly says: string;
  readonly passes: boolean;
}

const known: readonly Known[] = [
  {
    sign: /ECONNREFUSED/,
    says: 'refused the connection: nothing listens there, or a firewall forbids it',
    passes: true,
  },
  { sign: /ENOTFOUND|EAI_AGAIN/, says: 'cannot be found by that name', passes: true },
  { sign: /TIMEDOUT|UNREACH/, says: 'does not answer', passes: true },
  {
    sign: /ECONNRESET|closed abruptly/,
    says: 'closed the connection at once: it is down, or wants amqps:',
    passes: true,
  },
  {
    sign: /SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE|UNABLE_TO_(VERIFY_LEAF|GET_ISSUER)/,
    says: 'shows a certificate that no authority has signed whom we trust: set TANDEM_AMQP_CA_FILE to that of its authority',
    passes: false,
  },
  {
    sign: /ALTNAME_INVALID/,
    says: 'shows a certificate for another name: use one of its names in TANDEM_AMQP_URL',
    passes: false,
  },
  {
    sign: /CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    says: 'shows a certificate that is not valid today: its team must renew it',
    passes: false,
  },
  {
    sign: /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/,
    says: 'speaks no TLS there: use amqp:, or the port of its TLS listener',
    passes: false,
  },
  {
    sign: /ERR_SSL_[\w/]+_ALERT_/,
    says: 'refuses our certificate: an authority that it trusts must have signed TANDEM_AMQP_CERT_FILE',
    passes: false,
  },
  {
    sign: /ACCESS.REFUSED.*EXTERNAL/,
    says: 'knows no user by our certificate: have one made that is called as TANDEM_AMQP_CERT_FILE says',
    passes: false,
  },
  { sign: /ACCESS.REFUSED/, says: 'refuses the user or the password of TANDEM_AMQP_URL', passes: false },
  // The broker says which of the two; the library drops it.
  {
    sign: /got <ConnectionClose/,
    says: 'has no such virtual host, or our user no rights in it: see the path of TANDEM_AMQP_URL',
    passes: false,
  },
];

export function whyNotConnected(cause: unknown, { host }: URL): ConnectFailure {
  const { code, message } = partsOf(cause);
  const found = known.find(({ sign }) => sign.test(`${code} ${message}`));
  const says = found?.says ?? `cannot be talked to (${message})`;
  return { sentence: `The message broker at ${host} ${says}.`, passes: found?.passes ?? true, cause };
}

const partsOf = (cause: unknown) => {
  const { code = '', message = '' } = Object(cause) as { readonly code?: unknown; readonly message?: unknown };
  return { code: String(code), message: String(message) };
};
