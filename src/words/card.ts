/** The plain shapes of everything that a person reads or fills in; adapters turn them into a platform's own. */

/** A press of it is a command that somebody else typed for you. */
export interface Action {
  readonly label: string;
  /** Path of the command: `check-in`, `session next`. */
  readonly command: string;
  readonly given?: Readonly<Record<string, string>>;
  readonly style?: 'primary' | 'secondary' | 'danger';
  readonly disabled?: boolean;
}

/** A button that opens an address. */
export interface Link {
  readonly label: string;
  /** `https` only. */
  readonly address: string;
}

export interface CardField {
  readonly name: string;
  readonly value: string;
}

export interface Card {
  readonly title?: string;
  readonly text: string;
  readonly fields?: readonly CardField[];
  /** Rows of at most five. */
  readonly actions?: readonly (readonly Action[])[];
  /** Ways out of Discord, or elsewhere in it: at most five, beneath the actions. */
  readonly links?: readonly Link[];
  /** Accounts for whom it rings when it is posted; empty on a card that rang, and does not call anybody any more. */
  readonly calls?: readonly string[];
  readonly tone?: 'calm' | 'attention';
}

/** A file that goes with a card: a table as CSV, all of something as JSON, or a page as HTML. */
export interface Enclosure {
  /** In small letters, digits and hyphens, ending in `.csv`, `.json` or `.html`. */
  readonly name: string;
  readonly content: string;
}

/** A plain message, said in a room. */
export interface Spoken {
  readonly text: string;
  /** Accounts for whom it rings where the text mentions them; for nobody else. */
  readonly calls?: readonly string[];
  /** Rows of at most five. */
  readonly actions?: readonly (readonly Action[])[];
}

export interface Choice {
  readonly label: string;
  readonly value: string;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
}

export type FormField =
  | (Field & {
      readonly kind: 'text';
      readonly fewest: number;
      readonly most: number;
      readonly long: boolean;
      /** What the person wrote already. */
      readonly written?: string;
    })
  | (Field & {
      readonly kind: 'choice';
      readonly choices: readonly Choice[];
      readonly fewest: number;
      readonly most: number;
    });

/** At most five fields; submitting it invokes the command with what is given and what was filled in. */
export interface Form {
  readonly title: string;
  readonly command: string;
  readonly given: Readonly<Record<string, string>>;
  readonly fields: readonly FormField[];
}
