/** Whether what goes to the database and comes from it can be read on its way, or by somebody who poses as the database. */
import pg from 'pg';

const THIS_MACHINE = /^(localhost|::1|127(\.\d{1,3}){3}|\/.*)$/;

/** True for settings with which node-postgres encrypts, and refuses a certificate that does not fit or that nobody vouches for. */
const isVerified = (ssl: unknown): boolean => {
  if (typeof ssl !== 'object' || ssl === null) return ssl === true;
  const { rejectUnauthorized, checkServerIdentity } = ssl as Readonly<Record<string, unknown>>;
  return rejectUnauthorized !== false && checkServerIdentity === undefined;
};

/**
 * Whether the address leads to this machine, or to another by TLS with its certificate verified. Asks node-postgres what it
 * makes of the address, which is what counts; throws when a file that the address names cannot be read.
 */
export const isSafeInTransit = (url: string): boolean => {
  const { host, ssl } = new pg.Client({ connectionString: url });
  return THIS_MACHINE.test(host) || isVerified(ssl);
};
