/** New names for new things: UUIDs in the order of their making (version 7). */
export interface Ids {
  next(): string;
}
