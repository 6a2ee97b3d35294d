/** Reads the data of a payload, which has a form or ends the line. */
import { type Check, problemsOf } from '../check/schema.ts';
import { GatewayClose } from './close.ts';

/** Data of this form, or the close with which what has another form is answered. */
export const read = <T>(check: Check<T>, data: unknown): T => {
  if (problemsOf(check, data).length > 0) throw new GatewayClose('decode', 'Error while decoding payload.');
  // The check found nothing wrong, so the data has its form.
  return data as T;
};
