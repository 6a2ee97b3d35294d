/** What must outlive the process while it cannot be kept in the database: on this machine's own disk. */
export interface Spool<Value> {
  /** Kept when it returns; what cannot be kept is logged, and goes on without. */
  put(id: string, value: Value): void;
  remove(id: string): void;
  /** What an earlier process has left. */
  left(): readonly Value[];
}
