/** Somebody known to Hearth. No name is kept: Discord shows it where a person is mentioned. */
export interface Person {
  readonly id: string;
  /** Discord's id of the account. */
  readonly account: string;
}
