/** The record of erasures that is kept outside of the database, where a restored backup does not reach. */
import type { RecordLine } from '../core/erasure.ts';

export interface ErasureRecord {
  /** A line each, in order; nothing for one that cannot be read. Undefined when there is no record yet. */
  all(): Promise<readonly (RecordLine | undefined)[] | undefined>;
  /** On the disk when it resolves; the record is made when there is none. */
  add(lines: readonly RecordLine[]): Promise<void>;
}
