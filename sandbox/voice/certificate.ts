/** Makes the certificate of the voice server as it starts: for the loopback address alone, and of nobody's making but its own. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, both as PEM. */
export type Certificate = { readonly certificate: string; readonly key: string };

const DAY = 86_400_000;

/** One value of DER (ITU-T X.690): its tag, its length, its bytes. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), body]);
};

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const integer = (value: Buffer): Buffer => der(0x02, value);
const bits = (value: Buffer): Buffer => der(0x03, Buffer.from([0]), value);
const octets = (value: Buffer): Buffer => der(0x04, value);
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const moment = (ms: number): Buffer => {
  const digits = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
};

/** Object identifiers, encoded: ecdsa-with-SHA256, common name, basic constraints, subject alternative name. */
const OID = {
  signature: Buffer.from('06082a8648ce3d040302', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
  constraints: Buffer.from('0603551d13', 'hex'),
  otherNames: Buffer.from('0603551d11', 'hex'),
} as const;

const TRUE = der(0x01, Buffer.from([0xff]));
const LOOPBACK = sequence(der(0x87, Buffer.from([127, 0, 0, 1])));

const extensions = (): Buffer =>
  der(
    0xa3,
    sequence(
      sequence(OID.constraints, TRUE, octets(sequence(TRUE))),
      sequence(OID.otherNames, octets(LOOPBACK)),
    ),
  );

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** One that holds for a week; its name is its own, because two of one name would not be told apart by who trusts them. */
export const makeCertificate = (): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(OID.signature);
  const commonName = `sandbox voice ${randomBytes(8).toString('hex')}`;
  const name = sequence(der(0x31, sequence(OID.commonName, text(commonName))));
  const now = Date.now();
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(moment(now - DAY), moment(now + 7 * DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(),
  );
  const signature = sign('sha256', body, { key: privateKey, dsaEncoding: 'der' });
  return {
    certificate: pem(sequence(body, algorithm, bits(signature))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
